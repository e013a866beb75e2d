using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Findings;

public sealed class SteadyStateTests
{
    [Fact]
    public void FillingUp_IsLeftOut()
    {
        RecordedGc[] gcs = Runs.FullGcs((100, 50), (1_000, 80), (1_800, 800), (2_000, 1_000));

        HeapSummary heap = SteadyState.Summarize(gcs);

        Assert.Equal(2, heap.SteadyStateGcs);
        Assert.Equal(((800 / 1_800.0) + (1_000 / 2_000.0)) / 2, heap.LohFragmentation, 12);
    }

    [Theory]
    [InlineData(8_940, 1)]
    [InlineData(8_950, 2)]
    public void FillingUpWithSmallObjects_IsLeftOut(long second, int steadyStateGcs)
    {
        RecordedGc[] gcs = [.. new[] { 2_000, second, 10_000, 9_500 }
            .Select((bytes, i) => Runs.Gc(i, 2, 1_000, 500) with { Gen2 = new GenerationMeasure(bytes, bytes + 50, 0, 50, 0) })];

        HeapSummary heap = SteadyState.Summarize(gcs);

        Assert.Equal(steadyStateGcs, heap.SteadyStateGcs);
    }

    /// <summary>What is allocated while a background GC runs counts as living: the next GC is the first to see it die.</summary>
    [Theory]
    [InlineData(GcKind.Background, GcKind.Blocking, 1)]
    [InlineData(GcKind.Background, GcKind.Background, 1)]
    [InlineData(GcKind.Blocking, GcKind.Background, 2)]
    public void GcAfterABackgroundGcThatSawTheHeapFill_IsLeftOutToo(GcKind first, GcKind second, int steadyStateGcs)
    {
        RecordedGc[] gcs = Runs.FullGcs((1_000, 0), (1_000, 0), (1_000, 400));
        gcs[0] = gcs[0] with { Kind = first };
        gcs[1] = gcs[1] with { Kind = second };

        Assert.Equal(steadyStateGcs, SteadyState.Summarize(gcs).SteadyStateGcs);
    }

    [Fact]
    public void OnlyTheBackgroundGcThatSawTheHeapFill_IsNoSteadyState() =>
        Assert.Equal(0, SteadyState.Summarize([Runs.FullGcs((1_000, 500))[0] with { Kind = GcKind.Background }]).SteadyStateGcs);

    [Fact]
    public void LargeObjectsGoneBeforeTheHeapIsFull_LeaveNoSteadyState()
    {
        RecordedGc[] gcs = [Runs.Gc(0, 2, 5_000, 0), Runs.Gc(1, 2, 0, 0) with { Gen2 = new GenerationMeasure(50_000, 50_000, 0, 0, 0) }];

        Assert.Equal(0, SteadyState.Summarize(gcs).SteadyStateGcs);
    }

    [Fact]
    public void YoungGcs_DoNotCount()
    {
        RecordedGc[] gcs = [.. Runs.FullGcs((600, 100), (1_000, 500)), Runs.Gc(2, 0, 5_000, 0)];

        HeapSummary heap = SteadyState.Summarize(gcs);

        Assert.Equal(1, heap.SteadyStateGcs);
        Assert.Equal(500, heap.LohLiveBytes);
        Assert.Equal(3, heap.Gcs);
    }

    [Fact]
    public void GcWithoutItsEnd_DoesNotCount()
    {
        RecordedGc[] gcs = [.. Runs.FullGcs((600, 100), (1_000, 500)), Runs.Gc(2, 2, 9_000, 0) with { IsComplete = false }];

        Assert.Equal(1, SteadyState.Summarize(gcs).SteadyStateGcs);
    }

    [Fact]
    public void OnlyTheGcThatSawTheHeapFill_IsNoSteadyState() =>
        Assert.Equal(0, SteadyState.Summarize(Runs.FullGcs((1_000, 500))).SteadyStateGcs);

    [Fact]
    public void WhatAGcFreed_IsNoPartOfThePeak()
    {
        HeapSummary heap = SteadyState.Summarize([Peaking(before: 9_000, after: 1_000), Peaking(before: 0, after: 4_000)]);

        Assert.Equal((4_000, 4_000), (heap.PeakHeapBytes, heap.LohPeakBytes));
    }

    [Fact]
    public void WhatAGcLeft_IsThePeak()
    {
        HeapSummary heap = SteadyState.Summarize([Peaking(before: 9_000, after: 9_000), Peaking(before: 0, after: 4_000)]);

        Assert.Equal((9_000, 9_000), (heap.PeakHeapBytes, heap.LohPeakBytes));
    }

    [Fact]
    public void NoGc_IsAllZero() => Assert.Equal(0, SteadyState.Summarize([]).LohFragmentation);

    private static RecordedGc Peaking(long before, long after) =>
        Runs.Gc(0, 0, 0, 0) with { Loh = new GenerationMeasure(before, after, 0, 0, 0) };
}
