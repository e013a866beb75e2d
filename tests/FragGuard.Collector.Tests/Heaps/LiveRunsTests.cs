using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class LiveRunsTests(ITestOutputHelper output)
{
    private const ulong Start = 0x7000_0000;
    private const int RegionBytes = 4_000;

    [Fact]
    public void RunsAddedInAnyBatches_CoverWhatTheyCoverOneByOne()
    {
        Random random = Seeded();
        for (int round = 0; round < 200; round++)
        {
            LiveRuns runs = new();
            bool[] isLive = new bool[RegionBytes];
            for (int batch = random.Next(1, 6); batch > 0; batch--)
            {
                LiveRun[] added = Some(random, random.Next(40));
                runs.Merge(added);
                foreach (LiveRun run in added)
                    isLive.AsSpan((int)(run.Start - Start), (int)run.Bytes).Fill(true);
            }

            Assert.Equal(Stretches(isLive), runs.Span.ToArray());
            HasItsSums(runs);
        }
    }

    [Fact]
    public void SumsOfRuns_AreRightAfterEveryChange()
    {
        Random random = Seeded();
        for (int round = 0; round < 200; round++)
        {
            LiveRuns runs = new();
            for (int batch = random.Next(1, 8); batch > 0; batch--)
            {
                runs.Merge(Some(random, random.Next(20)), Start + (ulong)random.Next(1, 2 * RegionBytes));
                if (random.Next(3) > 0)
                    HasItsSums(runs);
                if (random.Next(4) == 0)
                    runs = runs.Coarsened((ulong)random.Next(200));
                if (random.Next(8) == 0)
                    runs.Clear();
            }

            HasItsSums(runs);
        }
    }

    private static void HasItsSums(LiveRuns runs)
    {
        LiveRun[] all = runs.Span.ToArray();
        Assert.Equal(all.Sum(static run => (long)run.Bytes), (long)runs.Bytes);
        Assert.Equal(all.Sum(static run => (long)run.InnerFreeBytes), (long)runs.InnerFreeBytes);
        Assert.Equal(
            all.Zip(all.Skip(1), static (one, next) => next.Start - one.End).DefaultIfEmpty().Max(), runs.LargestGapBytes);
    }

    [Fact]
    public void RunsThatGoOnBehindTheEnd_AreLeftOut()
    {
        LiveRuns runs = new();

        Assert.True(runs.Merge([new LiveRun(Start, 10), new LiveRun(Start + 20, 11)], Start + 30));
        Assert.Equal([new LiveRun(Start, 10)], runs.Span.ToArray());
        Assert.False(runs.Merge([new LiveRun(Start + 15, 16)], Start + 30));
        Assert.True(runs.Merge([new LiveRun(Start + 20, 10)], Start + 30));
        Assert.Equal(2, runs.Count);
    }

    [Fact]
    public void SequencesThatCross_AndThoseThatDoNot_ComeInOneOrder()
    {
        Random random = Seeded();
        for (int round = 0; round < 200; round++)
        {
            RunSequences sequences = new();
            List<ulong> starts = [];
            for (int sequence = random.Next(1, 30); sequence > 0; sequence--)
            {
                ulong at = Start + ((ulong)random.Next(8) << 22);
                for (int i = random.Next(1, 20); i > 0; i--)
                {
                    at += (ulong)random.Next(2, 1 << 20);
                    starts.Add(at);
                    sequences.Add(at, 1);
                }
            }

            Assert.Equal(starts.Order(), sequences.InOrder().ToArray().Select(static run => run.Start));
        }
    }

    [Fact]
    public void SequencesInOrder_HoldEveryRunOnce_WithTheirSums()
    {
        Random random = Seeded();
        for (int round = 0; round < 200; round++)
        {
            RunSequences sequences = new();
            List<LiveRun> all = [];
            for (int sequence = random.Next(1, 30); sequence > 0; sequence--)
            {
                ulong at = Start + ((ulong)random.Next(60) << 18);
                KeptExtent[] listed =
                [
                    .. Enumerable.Range(0, random.Next(1, 20))
                        .Select(_ => new KeptExtent(at += (ulong)random.Next(2, 1 << 14), (ulong)random.Next(1, 3))),
                ];
                sequences.Add(listed[0].Start, listed[0].Bytes);
                foreach (KeptExtent one in listed[(1 + sequences.AddAhead<KeptExtent>(listed.AsSpan(1), 0, ulong.MaxValue, 1_000))..])
                {
                    if (!sequences.TryExtend(one.Start, one.Bytes))
                        sequences.Add(one.Start, one.Bytes);
                }

                all.AddRange(listed.Select(static one => new LiveRun(one.Start, one.Bytes)));
            }

            List<LiveRun> seen = [];
            int apart = 0;
            for (int i = 0, count = sequences.Order(); i < count; i++)
            {
                RunSequence one = sequences.Sequence(i);
                seen.AddRange(one.Runs);
                LiveRun[] runs = one.Runs.ToArray();
                if (!one.IsApart)
                    continue;

                apart++;
                Assert.Equal(runs.Sum(static run => (long)run.Bytes), (long)one.Bytes);
                Assert.Equal(
                    runs.Zip(runs.Skip(1), static (run, next) => checked(next.Start - run.End)).DefaultIfEmpty().Max(), one.LargestGapBytes);
            }

            Assert.True(apart > 0 || round > 0);
            Assert.Equal(seen.Select(static run => run.Start).Order(), seen.Select(static run => run.Start));
            Assert.Equal(Bytes(all), Bytes(seen));
        }

        static IEnumerable<ulong> Bytes(IEnumerable<LiveRun> runs) =>
            runs.SelectMany(static run => Enumerable.Range(0, (int)run.Bytes).Select(i => run.Start + (ulong)i)).Order();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ExtentsOfOneEvent_AreTheSameAsOneByOne(bool isInOrder)
    {
        Random random = Seeded();
        SurvivorExtent[] moved = [.. Enumerable.Range(0, 2_000).Select(_ => Any(random))];
        if (isInOrder)
            moved = [.. moved.OrderBy(static one => one.NewStart).ThenBy(static one => one.OldStart)];
        KeptExtent[] kept = [.. moved.Select(static one => new KeptExtent(one.OldStart, one.Bytes))];
        SurvivorExtents together = Watching(moved);
        SurvivorExtents single = Watching(moved);

        together.Add(moved);
        together.Add(kept);
        foreach (SurvivorExtent one in moved)
            single.Add(one);
        foreach (KeptExtent one in kept)
            single.Add(new SurvivorExtent(one.Start, one.Start, one.Bytes));

        Assert.NotEmpty(single.Large);
        Assert.Equal(single.Large, together.Large);
        Assert.Equal(single.Runs().ToArray(), together.Runs().ToArray());
        Assert.All(moved, one => Assert.Equal(single.Followed.Find(one.OldStart), together.Followed.Find(one.OldStart)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void FiguresOfARegion_AreThoseOfItsHoles(int generation)
    {
        Random random = Seeded();
        for (int round = 0; round < 200; round++)
        {
            GenerationExtent extent = new(generation, Start, RegionBytes, RegionBytes);
            HeapRegion region = new(extent) { KnownEnd = Start + (ulong)random.Next(1, 2 * RegionBytes) };
            region.Runs.Merge(Some(random, random.Next(40)));
            region.Measure();

            int holes = 0;
            long largest = 0;
            foreach (RegionHoles.Hole hole in new RegionHoles(region.Draft()))
            {
                holes++;
                largest = Math.Max(largest, (long)hole.Bytes);
            }

            Assert.Equal(holes, region.Figures.Holes);
            Assert.Equal(largest, region.Figures.LargestHoleBytes);
            Assert.Equal(RegionBytes, region.Figures.LiveBytes + region.Figures.FreeBytes + region.Figures.UnknownBytes);
            Assert.Equal(region.Runs.Span.ToArray().Sum(static run => (long)run.Bytes), region.Figures.LiveBytes);
        }
    }

    private Random Seeded()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static SurvivorExtents Watching(SurvivorExtent[] extents)
    {
        SurvivorExtents survivors = new();
        survivors.Watch(
            new FollowedAddresses([.. extents.Where(static (_, i) => i % 3 == 0).Select(static one => one.OldStart)]),
            [new GenerationExtent(3, Start + 0x10_0000, 0x10_0000, 0x10_0000), new GenerationExtent(3, Start + 0x40_0000, 0, 100)]);
        return survivors;
    }

    private static SurvivorExtent Any(Random random) => new(
        Start + (8 * (ulong)random.Next(0x10_0000)), Start + (8 * (ulong)random.Next(0x10_0000)), 8 * (ulong)random.Next(50));

    private static LiveRun[] Some(Random random, int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(_ => random.Next(RegionBytes))
            .Order()
            .Select(at => new LiveRun(Start + (ulong)at, (ulong)random.Next(1, Math.Min(100, RegionBytes - at) + 1))),
    ];

    private static IEnumerable<LiveRun> Stretches(bool[] isLive)
    {
        for (int at = 0; at < isLive.Length; at++)
        {
            int start = at;
            while (at < isLive.Length && isLive[at])
                at++;
            if (at > start)
                yield return new LiveRun(Start + (ulong)start, (ulong)(at - start));
        }
    }
}
