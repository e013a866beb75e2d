using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Heaps;

/// <summary>Layouts over the run: an even choice in bounded room, whose sums are those of the generation.</summary>
public sealed class HeapTracksTests(ITestOutputHelper output)
{
    private const ulong Old = 0x1000_0000;
    private const ulong Large = 0x7f00_0000_0000;
    private const long LargeBytes = 100_000;
    private const ulong Stride = 120_000;

    [Fact]
    public void ManyGcs_KeepAnEvenChoice_WithTheWorstAndTheLast()
    {
        const int Gcs = 5_000;
        const int Full = 5;
        const int Worst = 3_333;
        IReadOnlyList<TrackDraft> loh = Churn(Gcs, Full, Worst).Single(track => track[0].Figures.Generation == 3);
        int[] numbers = [.. loh.Select(draft => draft.GcNumber)];
        int[] even = [.. numbers.Where(number => number % (Full * 16) == 0)];

        Assert.InRange(even.Length, HeapTracks.MaxMoments / 2, HeapTracks.MaxMoments);
        Assert.Equal(Enumerable.Range(0, even.Length).Select(i => i * Full * 16), even);
        Assert.Contains(Worst / Full * Full, numbers);
        Assert.Equal(Gcs - 1, numbers[^1]);
        Assert.InRange(numbers.Length, even.Length, even.Length + 2);
        Assert.Equal(numbers.Order(), numbers);
        Assert.All(loh, HasTheSumsOfItsGeneration);
    }

    [Fact]
    public void SameGcs_GiveTheSameTracks()
    {
        string Drawn() => string.Join('\n', Churn(500, 3, 100).SelectMany(track => track).Select(
            draft => $"{draft.GcNumber} {draft.Figures} {string.Join(' ', draft.Extents.All())}"));

        Assert.Equal(Drawn(), Drawn());
    }

    [Fact]
    public void GcOfAYoungGeneration_IsNoMomentOfWhatItLeavesAlone()
    {
        IReadOnlyList<IReadOnlyList<TrackDraft>> tracks = Churn(40, full: 10, worst: -1);

        Assert.Equal([0, 10, 20, 30, 39], tracks.Single(track => track[0].Figures.Generation == 3).Select(draft => draft.GcNumber));
        Assert.True(tracks.Single(track => track[0].Figures.Generation == 1).Count >= 40);
    }

    [Theory]
    [InlineData(150_000, 32)]
    [InlineData(150_000, 0)]
    [InlineData(300, 32)]
    public void FineHeap_IsKeptInBoundedRoom_WithExactSums(int runs, int coarseBytes)
    {
        HeapState heap = new();
        GenerationExtent region = new(2, Old, (ulong)runs * 128, (ulong)runs * 256);
        SurvivorExtents survivors = new();
        for (ulong i = 0; i < (ulong)runs; i++)
        {
            ulong start = Old + (i * 128);
            survivors.Add(new SurvivorExtent(start, start, i % 1_000 == 0 ? 64UL : 64UL + (ulong)coarseBytes));
        }

        heap.Listed([region]);
        heap.Collected(2, survivors, [region]);
        TrackDraft draft = Drafted(heap).Single(track => track[0].Figures.Generation == 2)[0];
        TrackExtent[] extents = [.. draft.Extents.All()];

        HasTheSumsOfItsGeneration(draft);
        Assert.InRange(extents.Length, 2, HeapTracks.MaxExtents);
        Assert.Equal(runs < 1_000, extents.All(one => one.Use != TrackUse.Cell));
    }

    [Fact]
    public void FineHeapWithLargeRunsAndHoles_KeepsTheseApart()
    {
        const int LargeGap = 300_000;
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        List<SurvivorExtent> runs = [];
        List<long> large = [];
        List<long> holes = [];
        ulong at = Old;
        for (int i = 0; i < 20_000; i++)
        {
            int gap = random.Next(200) == 0 ? random.Next(LargeGap, 2 * LargeGap) : random.Next(1, 100);
            int bytes = random.Next(200) == 0 ? random.Next(LargeGap, 2 * LargeGap) : random.Next(1, 100);
            runs.Add(new SurvivorExtent(at + (ulong)gap, at + (ulong)gap, (ulong)bytes));
            at += (ulong)(gap + bytes);
            if (gap >= LargeGap)
                holes.Add(gap);
            if (bytes >= LargeGap)
                large.Add(bytes);
        }

        GenerationExtent region = new(2, Old, at + LargeGap - Old, at + LargeGap - Old);
        HeapState heap = new();
        SurvivorExtents survivors = new();
        survivors.Add<SurvivorExtent>(runs.ToArray());
        heap.Listed([region]);
        heap.Collected(2, survivors, [region]);
        TrackDraft draft = Drafted(heap).Single(track => track[0].Figures.Generation == 2)[0];
        TrackExtent[] extents = [.. draft.Extents.All()];

        Assert.True(3 * (long)region.UsedBytes / HeapTracks.MaxExtents < LargeGap);
        HasTheSumsOfItsGeneration(draft);
        Assert.Equal(large, extents.Where(one => one.Use == TrackUse.Used && one.Bytes >= LargeGap).Select(one => one.Bytes));
        Assert.Equal([.. holes, LargeGap], extents.Where(one => one.Use == TrackUse.Free && one.Bytes >= LargeGap).Select(one => one.Bytes));
    }

    [Fact]
    public void LargeBlocks_KeepSizeSiteAndAge_AndThoseBornSinceAreKnown()
    {
        AllocationSources sources = new();
        LargeObjectLog objects = new(sources);
        HeapState heap = new();
        HeapWatch watch = Watch(heap, objects, out HeapMoments moments);
        GenerationExtent region = new(GenerationExtent.LargeObjects, Large, 1_000_000, 32 << 20);
        objects.Ticked(1, Large + 32, LargeBytes + 8, LargeBytes, "System.Byte[]", stack: 0);
        watch.Started(1, 1, 2, GcKind.Blocking, 10);
        watch.Listed(1, region);
        watch.Surviving(1)!.Add(new SurvivorExtent(Large + 32, Large + 32, (ulong)LargeBytes));
        watch.Listed(1, region);
        watch.Stopped(1, 1, timeMs: 11);

        TrackExtent[] extents = [.. moments.BuildTracks().Single(track => track[0].Figures.Generation == 3)[0].Extents.All()];
        TrackExtent block = Assert.Single(extents, one => one.Use == TrackUse.Used);
        Assert.Equal((LargeBytes, 10), (block.Bytes, block.AgeMs));
        Assert.Equal(new ObjectSource(0, IsLarge: true), ObjectSource.Unpack(block.Site));
        Assert.Contains(extents, one => one is { Use: TrackUse.Pad, Bytes: 32 });
        Assert.Contains(extents, one => one.Use == TrackUse.Free && one.Bytes == 1_000_000 - 32 - LargeBytes);
    }

    [Fact]
    public void BlocksOfATrack_AreListedWithTheirSite_EachTime()
    {
        AllocationSources sources = new();
        LargeObjectLog objects = new(sources);
        SampledObjects samples = new(new AllocationSources());
        HeapState heap = new();
        HeapMoments moments = new(heap, samples, objects);
        GenerationExtent region = new(GenerationExtent.LargeObjects, Large, 1_000_000, 32 << 20);
        objects.Ticked(1, Large + 32, LargeBytes + 8, LargeBytes, "System.Byte[]", stack: 0);
        heap.Listed([region]);
        moments.Collected(1, 2, GcKind.Blocking, 10, heap.Figures());
        using SiteResolver resolver = new(new StackTable(), new MethodMap(), new SymbolFolders([]));
        sources.Resolve(resolver);

        HeapHistory history = new HeapHistoryBuilder(moments, samples, new PinLog(), sources).Build(resolver);
        IEnumerable<TrackExtent> extents = history.Tracks.Single(track => track.Generation == 3).Moments[0].Extents;
        TrackExtent block = Assert.Single(extents, one => one.Use == TrackUse.Used);
        Assert.Equal("System.Byte[]", history.Sites[block.Site].Type);
        Assert.Equal(extents, extents.ToArray());
    }

    [Fact]
    public void PackedExtents_ComeBack()
    {
        TrackExtent[] extents =
        [
            new(TrackUse.Used, 24, 24), new(TrackUse.Used, 1L << 40, 1L << 40, 70_000, 0), new(TrackUse.Free, 127, 0),
            new(TrackUse.Pad, 32, 0), new(TrackUse.Unknown, 128, 128), new(TrackUse.Cell, 65_536, 0), new(TrackUse.Cell, 65_536, 40_000),
            new(TrackUse.Used, 8, 8, 0, 123_456_789),
        ];
        PackedExtents packed = new();
        foreach (TrackExtent one in extents)
            packed.Add(one);
        packed.Trim();

        Assert.Equal(extents, packed.All());
        Assert.Equal(extents, packed.All());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void MergedExtents_KeepEveryByte_AndWhatIsLargeEnough(long cellBytes)
    {
        TrackExtent[] extents =
            [.. Enumerable.Range(1, 400).Select(i => new TrackExtent(i % 2 == 0 ? TrackUse.Free : TrackUse.Used, i, i % 2 == 0 ? 0 : i))];
        List<TrackExtent> merged = [];
        ExtentMerger merger = new(cellBytes, merged.Add);
        foreach (TrackExtent one in extents)
            merger.Add(one);
        merger.Complete();

        Assert.Equal(extents.Sum(one => one.Bytes), merged.Sum(one => one.Bytes));
        Assert.Equal(extents.Sum(one => one.UsedBytes), merged.Sum(one => one.UsedBytes));
        Assert.All(extents.Where(one => one.Bytes >= cellBytes), one => Assert.Contains(one, merged));
        Assert.True(cellBytes == 0 || merged.Count <= (3 * extents.Sum(one => one.Bytes) / cellBytes) + 1);
    }

    private static void HasTheSumsOfItsGeneration(TrackDraft draft)
    {
        GenerationFigures figures = draft.Figures;
        TrackExtent[] extents = [.. draft.Extents.All()];
        Assert.Equal(figures.SizeBytes, extents.Sum(one => one.Bytes));
        Assert.Equal(figures.LiveBytes + figures.UnknownBytes, extents.Sum(one => one.UsedBytes));
        Assert.All(extents, one => Assert.InRange(one.UsedBytes, 0, one.Bytes));
    }

    /// <summary>Every so many GCs one is full; large objects come and go, and there are most holes at the worst.</summary>
    private static IReadOnlyList<IReadOnlyList<TrackDraft>> Churn(int gcs, int full, int worst)
    {
        HeapState heap = new();
        HeapMoments moments = new(heap, new SampledObjects(new AllocationSources()), new LargeObjectLog(new AllocationSources()));
        GenerationExtent large = new(GenerationExtent.LargeObjects, Large, 100 * Stride, 200 * Stride);
        GenerationExtent young = new(1, Old, 4_000, 8_000);
        for (int i = 0; i < gcs; i++)
        {
            int collected = i % full == 0 ? 2 : 0;
            SurvivorExtents survivors = new();
            survivors.Add(new SurvivorExtent(Old, Old, 1_000));
            int step = i / full == worst / full ? 10 : 1 + (i / full % 3);
            for (ulong block = 0; collected == 2 && block < 100; block += (ulong)step)
                survivors.Add(new SurvivorExtent(Large + (block * Stride), Large + (block * Stride), (ulong)LargeBytes));
            heap.Listed([young, large]);
            heap.Collected(collected, survivors, [young, large]);
            moments.Collected(i, collected, GcKind.Blocking, i, heap.Figures());
        }

        return moments.BuildTracks();
    }

    private static IReadOnlyList<IReadOnlyList<TrackDraft>> Drafted(HeapState heap)
    {
        HeapMoments moments = new(heap, new SampledObjects(new AllocationSources()), new LargeObjectLog(new AllocationSources()));
        moments.Collected(1, 2, GcKind.Blocking, 0, heap.Figures());
        return moments.BuildTracks();
    }

    private static HeapWatch Watch(HeapState heap, LargeObjectLog objects, out HeapMoments moments)
    {
        SampledObjects samples = new(new AllocationSources());
        moments = new HeapMoments(heap, samples, objects);
        return new HeapWatch(heap, objects, samples, new PinLog(), moments, new GcLog());
    }
}
