using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;

namespace FragGuard.Simulation.Tests.Metrics;

/// <summary>The numbers of a layout, worked out by hand from the definitions.</summary>
public sealed class FragmentationMetricsTests
{
    /// <summary>Pages of 4 096 bytes: a header, one shared by a block and a gap, and a gap that ends beside a block.</summary>
    private static readonly HeapLayout Layout = new(
        new HeapCounters(
            LiveRequestedBytes: 1_500, GrantedBytes: 2_000, CommittedBytes: 81_920, ResidentBytes: 40_960,
            FreeBytes: 75_824, FreePageBytes: 0),
        [
            new(new(0, 4_096), ExtentUse.Metadata),
            new(new(4_096, 1_000), ExtentUse.Used, 800),
            new(new(5_096, 3_096), ExtentUse.Free),
            new(new(8_192, 72_728), ExtentUse.Free),
            new(new(80_920, 1_000), ExtentUse.Used, 700),
        ]);

    private static readonly FragmentationMetrics Metrics = FragmentationMetrics.From(Layout);

    [Fact]
    public void Ratios_FollowTheDefinitions()
    {
        Assert.Equal((75_824, 72_728), (Metrics.FreeBytes, Metrics.LargestFreeBytes));
        Assert.Equal(500.0 / 2_000, Metrics.Internal);
        Assert.Equal(1 - (72_728.0 / 75_824), Metrics.External);
        Assert.Equal((81_920.0 - 1_500) / 1_500, Metrics.OverheadNow);
        Assert.Equal(40_960.0 / 1_500, Metrics.ResidentRatio);
        Assert.Equal(
            [(4_096, 1 - (17 * 4_096.0 / 75_824)), (65_536, 1 - (65_536.0 / 75_824)), (1_048_576, 1.0)], Metrics.Unusable);
    }

    [Fact]
    public void FreeBytesBesideALiveOneInItsPage_AreTrapped() =>
        Assert.Equal((3_096.0 + 3_096) / 75_824, Metrics.Trapped);

    [Fact]
    public void NothingAtAll_IsZeroThroughout()
    {
        FragmentationMetrics empty = FragmentationMetrics.From(new HeapLayout(default, []));

        Assert.Equal(
            (0, 0, 0, 0, 0), (empty.Internal, empty.External, empty.OverheadNow, empty.Trapped, empty.ResidentRatio));
        Assert.All(empty.Unusable, size => Assert.Equal(0, size.Ratio));
    }
}
