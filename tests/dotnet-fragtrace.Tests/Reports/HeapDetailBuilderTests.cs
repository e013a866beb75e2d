using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Tests.Findings;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class HeapDetailBuilderTests
{
    private const string Survivors = "GCHeapSurvivalAndMovement";
    private const string Samples = "AllocationSampling";
    private const string Pins = "What pins block";

    [Fact]
    public void RecordingOfGcsAlone_ShowsTheRuntimesMeasures_AndSaysWhatIsMissing()
    {
        HeapDetail detail = HeapDetailBuilder.Build(Runs.Empty with { Collections = Runs.FullGcs((1_000, 900), (2_000, 100)) });

        Assert.Equal("worst last", string.Join(' ', detail.Moments.Select(one => one.Moment)));
        GenerationRow loh = detail.Moments[0].Generations.Single(row => string.Equals(row.Name, "loh", StringComparison.Ordinal));
        Assert.Equal((1_000, 100, 900), (loh.Bytes, loh.LiveBytes, loh.FreeBytes));
        Assert.Null(loh.Holes);
        Assert.Null(loh.LargestFitBytes);
        Assert.Empty(loh.Map);
        Assert.Contains(detail.Missing, fact => fact.Contains(Survivors, StringComparison.Ordinal));
        Assert.Contains(detail.Missing, fact => fact.Contains(Samples, StringComparison.Ordinal));
        Assert.Contains(detail.Missing, fact => fact.Contains(Pins, StringComparison.Ordinal));
    }

    [Fact]
    public void RecordingWithoutGcs_SaysSoAndNothingElse()
    {
        HeapDetail detail = HeapDetailBuilder.Build(Runs.Empty);

        Assert.Empty(detail.Moments);
        Assert.Contains("no GC ran", Assert.Single(detail.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void RecordingOfEverything_MissesNothing()
    {
        HeapDetail detail = HeapDetailBuilder.Build(Run(SampleKind.Drawn));

        Assert.Empty(detail.Missing);
        Assert.Equal("worst", Assert.Single(detail.Moments).Moment);
    }

    [Fact]
    public void DrawnAllocations_CostTheReplayOfLargeObjects()
    {
        RecordedRun run = Run(SampleKind.Drawn);
        HeapDetail detail = HeapDetailBuilder.Build(run with { LargeObjects = run.LargeObjects with { Births = 0 } });

        Assert.Contains("replay of large objects", Assert.Single(detail.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void LargeObjectsKnownBySizeOnly_MissWhoAllocatedThem()
    {
        RecordedRun run = Run(SampleKind.Ticks);
        HeapDetail detail = HeapDetailBuilder.Build(
            run with { LargeObjects = run.LargeObjects with { InferredBirths = 200, InferredBirthBytes = 200 * 90_024 } });

        Assert.StartsWith(
            "Who allocated 200 large objects of 17.2 MiB: ", Assert.Single(detail.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void DrawnNeighbours_HaveAnInterval_WithinWhatTheGenerationHas()
    {
        NeighbourRow row = Assert.Single(HeapDetailBuilder.Build(Run(SampleKind.Drawn)).Neighbours);

        Assert.Equal("System.Byte[] Cache.Store", row.Site);
        Assert.InRange(row.LowHoleBytes!.Value, 60, row.HoleBytes);
        Assert.InRange(row.HighHoleBytes!.Value, row.HoleBytes, 400);
    }

    [Fact]
    public void TickedNeighbours_HaveNoInterval()
    {
        HeapDetail detail = HeapDetailBuilder.Build(Run(SampleKind.Ticks));

        Assert.Null(Assert.Single(detail.Neighbours).LowHoleBytes);
        Assert.Null(Assert.Single(detail.Lifetimes).HighBytes);
    }

    [Fact]
    public void BytesPerSecond_AreOfTheRecordedTime()
    {
        LifetimeRow row = Assert.Single(HeapDetailBuilder.Build(Run(SampleKind.Drawn) with { DurationMs = 2_000 }).Lifetimes);

        Assert.Equal(500_000, row.BytesPerSecond);
        Assert.Equal(1, row.DiedGen0 + row.DiedGen1 + row.DiedGen2 + row.DiedLoh + row.DiedPoh + row.LiveShare
            + row.UnjudgedShare + row.UnknownShare, 9);
    }

    [Fact]
    public void MapOfAFineHeap_IsBounded_AndKeepsEveryByteAndUse()
    {
        LayoutExtent[] fine =
        [
            .. Enumerable.Range(0, 50_000).Select(i => new LayoutExtent(
                new Extent(i * 48L, 48), i % 3 == 0 ? ExtentUse.Free : ExtentUse.Used)),
        ];
        GenerationLayout layout = Layout(fine) with { Unknown = [fine[1].Extent] };
        IReadOnlyList<MapExtent> map = MapExtents.Of(layout, static _ => null);

        Assert.InRange(map.Count, 2, MapExtents.Most);
        Assert.Equal(50_000 * 48L, map.Sum(one => one.Bytes));
        Assert.Equal(fine.Where(one => one.Use == ExtentUse.Free).Sum(one => one.Extent.Bytes), Sum(map, "free"));
        Assert.Equal(48, Sum(map, "unknown"));
        Assert.All(map.Zip(map.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Bytes <= pair.Second.Start));
    }

    [Fact]
    public void MapOfACoarseHeap_IsDrawnExtentByExtent()
    {
        LayoutExtent[] coarse =
            [new(new Extent(0, 60), ExtentUse.Used, 60, 0), new(new Extent(60, 40), ExtentUse.Free)];
        IReadOnlyList<MapExtent> map = MapExtents.Of(Layout(coarse), static site => site == 0 ? "here" : null);

        Assert.Equal([new MapExtent(0, 60, "used", "here"), new MapExtent(60, 40, "free", null)], map);
    }

    private static long Sum(IReadOnlyList<MapExtent> map, string use) =>
        map.Where(one => string.Equals(one.Use, use, StringComparison.Ordinal)).Sum(one => one.Bytes);

    private static RecordedRun Run(SampleKind samples) => Runs.Empty with
    {
        Collections = Runs.FullGcs((1_000, 400)),
        LargeObjects = Runs.Empty.LargeObjects with { Births = 1 },
        Heap = new HeapHistory
        {
            Sites = [new AllocationSite("Cache.Store", Type: "System.Byte[]")],
            Samples = samples,
            Snapshots =
            [
                new HeapSnapshot(HeapMomentKind.Worst, 1, 2, GcKind.Blocking, 5, [Layout([])]),
                new HeapSnapshot(HeapMomentKind.Last, 1, 2, GcKind.Blocking, 5, [Layout([])]),
            ],
            Lifetimes = [new ObjectLifetime(0, 10, 1_000_000, SampleError.Of(10), 100, [0.5, 0.2, 0.1, 0, 0], 0.1, 0.05, 0.05, 3, 2)],
            HasPins = true,
        },
    };

    private static GenerationLayout Layout(LayoutExtent[] extents) => new()
    {
        Figures = new GenerationFigures(2, 1, 1_000, 600, 400, 0, 3, 200),
        Layout = new HeapLayout(default, extents),
        Unknown = [],
        Regions = [],
        HoleSizes = [new HoleBucket(128, 3, 400)],
        LargestFitBytes = 200,
        Neighbours = [new HoleNeighbour(0, 5, 60, 20, 150)],
        UnknownSides = 1,
        EdgeSides = 0,
    };
}
