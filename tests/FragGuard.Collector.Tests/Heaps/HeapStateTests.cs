using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class HeapStateTests(ITestOutputHelper output)
{
    private const ulong Old = 0x1000_0000;
    private const ulong Young = 0x2000_0000;
    private const ulong Large = 0x3000_0000;
    private const ulong RegionBytes = 0x40_0000;

    [Fact]
    public void YoungGc_KeepsTheOldGenerationAndAddsWhatItPromotes()
    {
        HeapState heap = Full([Region(2, Old, 1_000), Region(1, Young, 1_000)], Stay(Old, 400), Stay(Young, 1_000));

        heap.Collected(1, Of(new SurvivorExtent(Young, Old + 600, 300)), [Region(2, Old, 1_000), Region(1, Young, 0)]);

        GenerationFigures old = heap.Figures()[2];
        Assert.Equal(700, old.LiveBytes);
        Assert.Equal(300, old.FreeBytes);
        Assert.Equal(2, old.Holes);
        Assert.Equal(200, old.LargestHoleBytes);
        Assert.Equal(0, heap.Figures()[1].SizeBytes);
    }

    [Fact]
    public void YoungGc_ThatListsNothingOfTheOldGeneration_ChangesNothingInIt()
    {
        HeapState heap = Full([Region(2, Old, 1_000), Region(0, Young, 500)], Stay(Old, 400), Stay(Young, 100));

        heap.Collected(0, Of(), [Region(2, Old, 1_000)]);

        Assert.Equal(400, heap.Figures()[2].LiveBytes);
    }

    [Fact]
    public void RegionThatComesBackUnderAnotherGeneration_HoldsNothingOfBefore()
    {
        HeapState heap = Full([Region(2, Old, 1_000)], Stay(Old, 400));

        heap.Listed([Region(3, Old, 1_000)]);

        Assert.Equal(1_000, heap.Figures()[3].UnknownBytes);
        Assert.Equal(0, heap.Figures()[3].LiveBytes);
    }

    [Fact]
    public void LargeObjects_AreFollowedByAPadThatIsNoHole()
    {
        HeapState heap = Full(
            [Region(3, Large, 400_064)], new SurvivorExtent(Large + 32, Large + 32, 100_000),
            new SurvivorExtent(Large + 200_064, Large + 200_064, 200_000));

        GenerationFigures loh = heap.Figures()[3];
        Assert.Equal(300_000, loh.LiveBytes);
        Assert.Equal(100_064, loh.FreeBytes);
        Assert.Equal(1, loh.Holes);
        Assert.Equal(100_000, loh.LargestHoleBytes);
    }

    [Fact]
    public void LargeObjectBornInAHole_IsLive()
    {
        HeapState heap = Full([Region(3, Large, 400_032)], new SurvivorExtent(Large + 200_032, Large + 200_032, 200_000));

        heap.Born([new LargeObject(1, 0, 0, 0) { Address = Large + 32, Bytes = 90_000 }]);

        Assert.Equal(290_000, heap.Figures()[3].LiveBytes);
        Assert.Equal(110_000 - 32, heap.Figures()[3].LargestHoleBytes);
    }

    [Fact]
    public void LargeObjectsBornAmongOthers_AreThoseThatLiveThere_InWhateverOrder()
    {
        const ulong Next = Large + RegionBytes;
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        GenerationExtent[] regions = [Region(3, Large, 400_000), Region(3, Next, 400_000)];
        SurvivorExtent[] survivors = [.. new[] { Large, Next }.SelectMany(start => Enumerable.Range(0, 20).Select(i => Stay(start + ((ulong)i * 20_000), 500)))];
        LargeObject[] born =
        [
            .. new[] { Large, Next }.SelectMany(start => Enumerable.Range(0, 100).Select(i => new LargeObject(i, 0, 0, 0)
            {
                Address = start + 500 + ((ulong)i * 4_000), Bytes = random.Next(1, 4_000),
            })),
            new(1, 0, 0, 0) { Address = Old, Bytes = 100 },
            new(2, 0, 0, 0) { Address = Large + 399_990, Bytes = 100 },
        ];
        random.Shuffle(born);
        HeapState together = Full(regions, survivors);
        HeapState alone = Full(regions, survivors);

        together.Born(born);
        foreach (LargeObject one in born)
            alone.Born([one]);

        Assert.Equal(alone.Figures(), together.Figures());
        Assert.Equal(
            alone.Regions.SelectMany(region => region.Runs.Span.ToArray()), together.Regions.SelectMany(region => region.Runs.Span.ToArray()));
    }

    [Fact]
    public void GrowthOfLargeObjects_IsUnknown_OfTheOldGeneration_IsNot()
    {
        HeapState heap = Full([Region(2, Old, 1_000), Region(3, Large, 1_000)], Stay(Old, 1_000), Stay(Large + 32, 968));
        GenerationExtent[] grown = [Region(2, Old, 1_500), Region(3, Large, 1_500)];

        heap.Listed([Region(2, Old, 1_000), Region(3, Large, 1_500)]);
        heap.Collected(0, Of(), grown);

        Assert.Equal(500, heap.Figures()[3].UnknownBytes);
        Assert.Equal(0, heap.Figures()[2].UnknownBytes);
        Assert.Equal(500, heap.Figures()[2].FreeBytes);
    }

    [Fact]
    public void BackgroundGc_ThatCutsOffTheEndOfARegion_LeavesNoMoreThanItsSize()
    {
        HeapState heap = Full([Region(2, Old, 1_000)], Stay(Old, 1_000));

        heap.Listed([Region(2, Old, 600)]);

        Assert.Equal(600, heap.Figures()[2].LiveBytes);
        Assert.Equal(600, heap.Figures()[2].SizeBytes);
    }

    [Fact]
    public void WhateverAStreamClaims_EveryByteIsCountedOnce()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        HeapState heap = new();
        for (int round = 0; round < 500; round++)
        {
            GenerationExtent[] regions = [.. Enumerable.Range(0, random.Next(8)).Select(_ => AnyRegion(random))];
            SurvivorExtents survivors = Of([.. Enumerable.Range(0, random.Next(200)).Select(_ => new SurvivorExtent(
                AnyAddress(random), AnyAddress(random), (ulong)random.NextInt64(random.Next(2) == 0 ? 5_000 : long.MaxValue)))]);
            switch (random.Next(3))
            {
                case 0:
                    heap.Listed(regions);
                    break;
                case 1:
                    heap.Collected(random.Next(-1, 4), survivors, regions);
                    break;
                default:
                    heap.CollectedInBackground(survivors, regions);
                    break;
            }

            foreach (GenerationFigures one in heap.Figures())
            {
                Assert.Equal(one.SizeBytes, one.LiveBytes + one.FreeBytes + one.UnknownBytes);
                Assert.True(one.LiveBytes >= 0 && one.FreeBytes >= 0 && one.UnknownBytes >= 0, $"round {round}");
            }
        }
    }

    /// <summary>Several small regions lie in what is one region of the runtime, so that what is listed in one go belongs to several.</summary>
    [Fact]
    public void SurvivorsInWhateverOrderTheyCome_LiveInTheirOwnRegions()
    {
        const int Cells = 4_000;
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            ulong start = Old + (0x40_0000 * (ulong)random.Next(1, 3)) - (8 * (ulong)random.Next(Cells));
            GenerationExtent[] regions = [.. Regions(random, start, Cells)];
            HeapState heap = new();
            heap.Listed(regions);
            bool[] isLive = new bool[Cells];
            int[] regionOf = new int[Cells];
            for (int i = 0; i < regions.Length; i++)
                regionOf.AsSpan((int)((regions[i].Start - start) / 8), (int)(regions[i].UsedBytes / 8)).Fill(i + 1);
            int gcs = random.Next(1, 4);
            for (int gc = 0; gc < gcs; gc++)
            {
                bool isFull = gc == 0 || random.Next(3) == 0;
                if (isFull)
                    Array.Clear(isLive);
                else
                    Clear(isLive, start, regions.Where(static one => one.Generation < 2));
                KeptExtent[] listed = [.. AnyRuns(random, isLive, regionOf).Select(run => new KeptExtent(start + (8 * (ulong)run.At), 8 * (ulong)run.Cells))];
                SurvivorExtents survivors = new();
                survivors.Add<KeptExtent>(listed);
                heap.Collected(isFull ? 2 : 1, survivors, regions);
            }

            foreach (HeapRegion region in heap.Regions)
            {
                int first = (int)((region.Extent.Start - start) / 8);
                bool[] expected = isLive[first..(first + (int)(region.Extent.UsedBytes / 8))];
                bool[] seen = new bool[expected.Length];
                foreach (LiveRun run in region.Runs.Span)
                    seen.AsSpan((int)((run.Start - region.Extent.Start) / 8), (int)(run.Bytes / 8)).Fill(true);
                Assert.Equal(expected, seen);
                Assert.Equal(8 * expected.LongCount(static live => live), region.Figures.LiveBytes);
                Assert.Equal((long)region.Extent.UsedBytes, region.Figures.LiveBytes + region.Figures.FreeBytes);
                Assert.Equal(LongestHole(expected), region.Figures.LargestHoleBytes);
            }
        }
    }

    // Side by side, with room between them: no object is followed by one of another region.
    private static IEnumerable<GenerationExtent> Regions(Random random, ulong start, int cells)
    {
        for (int at = random.Next(10); at < cells;)
        {
            int used = random.Next(1, Math.Min(1_000, cells - at + 1));
            yield return new GenerationExtent(random.Next(3), start + (8 * (ulong)at), 8 * (ulong)used, 8 * (ulong)used);
            at += used + random.Next(1, 50);
        }
    }

    private static void Clear(bool[] isLive, ulong start, IEnumerable<GenerationExtent> regions)
    {
        foreach (GenerationExtent region in regions)
            Array.Clear(isLive, (int)((region.Start - start) / 8), (int)(region.UsedBytes / 8));
    }

    // Runs in free cells of a region, which they fill: in stretches that are in order, the stretches in none.
    private static IEnumerable<(int At, int Cells)> AnyRuns(Random random, bool[] isLive, int[] regionOf)
    {
        for (int stretch = random.Next(12); stretch > 0; stretch--)
        {
            int at = random.Next(isLive.Length);
            for (int run = random.Next(1, 60); run > 0; run--)
            {
                at += random.Next(6);
                int end = at;
                while (end < isLive.Length && !isLive[end] && regionOf[end] > 0 && regionOf[end] == regionOf[at] && end - at < random.Next(1, 8))
                    isLive[end++] = true;
                if (end > at)
                    yield return (at, end - at);
                at = end;
            }
        }
    }

    private static long LongestHole(bool[] isLive)
    {
        int longest = 0;
        int hole = 0;
        foreach (bool live in isLive)
        {
            hole = live ? 0 : hole + 1;
            longest = Math.Max(longest, hole);
        }

        return 8L * longest;
    }

    private static GenerationExtent AnyRegion(Random random) => new(
        random.Next(-1, 6), AnyAddress(random), random.Next(3) == 0 ? ulong.MaxValue : (ulong)random.Next(100_000),
        (ulong)random.NextInt64(random.Next(4) == 0 ? long.MaxValue : 5_000_000));

    private static ulong AnyAddress(Random random) =>
        random.Next(10) == 0 ? (ulong)random.NextInt64() : Old + (ulong)random.Next(0x60_0000);

    private static HeapState Full(GenerationExtent[] regions, params SurvivorExtent[] survivors)
    {
        HeapState heap = new();
        heap.Listed(regions);
        heap.Collected(2, Of(survivors), regions);
        return heap;
    }

    private static GenerationExtent Region(int generation, ulong start, ulong usedBytes) =>
        new(generation, start, usedBytes, RegionBytes);

    private static SurvivorExtent Stay(ulong start, ulong bytes) => new(start, start, bytes);

    private static SurvivorExtents Of(params SurvivorExtent[] extents)
    {
        SurvivorExtents survivors = new();
        survivors.Add<SurvivorExtent>(extents);
        return survivors;
    }
}
