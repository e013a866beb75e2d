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

        Assert.Equal(2, SteadyState.FullGcs(gcs.Skip(2)).Count);
        Assert.Equal(3, heap.SteadyStateGcs);
        Assert.Equal(((80 / 1_000.0) + (800 / 1_800.0) + (1_000 / 2_000.0)) / 3, heap.LohFragmentation, 12);
    }

    [Fact]
    public void YoungGcs_DoNotCount()
    {
        RecordedGc[] gcs = [.. Runs.FullGcs((1_000, 500)), Runs.Gc(1, 0, 5_000, 0)];

        HeapSummary heap = SteadyState.Summarize(gcs);

        Assert.Equal(1, heap.SteadyStateGcs);
        Assert.Equal(500, heap.LohLiveBytes);
        Assert.Equal(2, heap.Gcs);
    }

    [Fact]
    public void GcWithoutItsEnd_DoesNotCount()
    {
        RecordedGc[] gcs = [.. Runs.FullGcs((1_000, 500)), Runs.Gc(1, 2, 9_000, 0) with { IsComplete = false }];

        Assert.Equal(1, SteadyState.Summarize(gcs).SteadyStateGcs);
    }

    [Fact]
    public void NoGc_IsAllZero() => Assert.Equal(0, SteadyState.Summarize([]).LohFragmentation);
}
