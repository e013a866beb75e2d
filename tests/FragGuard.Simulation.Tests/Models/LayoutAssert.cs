using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>What holds for the layout of every model after every event.</summary>
internal static class LayoutAssert
{
    /// <summary>No extents overlap; the layout has the bytes that the counters count, all of them and no others.</summary>
    public static void Agrees(IAllocatorModel model, string when)
    {
        HeapLayout layout = model.Layout();
        HeapCounters counters = model.Counters;
        for (int i = 1; i < layout.Extents.Count; i++)
        {
            Assert.False(
                layout.Extents[i].Extent.Overlaps(layout.Extents[i - 1].Extent), $"{when}: extents {i - 1} and {i} overlap");
        }

        AssertSame(counters.GrantedBytes, Sum(layout, ExtentUse.Used), "used", when);
        AssertSame(counters.FreeBytes, Sum(layout, ExtentUse.Free), "free", when);
        AssertSame(
            counters.CommittedBytes,
            Sum(layout, ExtentUse.Used) + Sum(layout, ExtentUse.Free) + Sum(layout, ExtentUse.Metadata),
            "used, free and metadata",
            when);
        AssertSame(
            counters.LiveRequestedBytes, layout.Extents.Sum(extent => extent.RequestedBytes), "requested", when);
        Assert.Equal(counters, layout.Counters);
        foreach (LayoutExtent extent in layout.Extents)
        {
            Assert.True(extent.Extent.Bytes >= 0, $"{when}: {extent} has a negative length");
            Assert.True(extent.Use == ExtentUse.Used || extent.RequestedBytes == 0, $"{when}: {extent} holds nothing");
        }

        Assert.True(counters.FreePageBytes <= counters.FreeBytes, $"{when}: {counters}");
        Assert.True(counters.ResidentBytes <= counters.CommittedBytes, $"{when}: {counters}");
    }

    /// <summary>Bytes are never negative, shares are from 0 to 1, and what is committed holds what is live.</summary>
    public static void MetricsAreWithinBounds(IAllocatorModel model, string when)
    {
        HeapCounters counters = model.Counters;
        FragmentationMetrics metrics = FragmentationMetrics.From(model.Layout());
        long[] bytes =
        [
            counters.LiveRequestedBytes, counters.GrantedBytes, counters.CommittedBytes, counters.ResidentBytes,
            counters.FreeBytes, counters.FreePageBytes, metrics.LargestFreeBytes,
        ];
        Assert.True(bytes.All(count => count >= 0), $"{when}: {counters}");
        Assert.True(counters.LiveRequestedBytes <= counters.GrantedBytes, $"{when}: more asked for than granted: {counters}");
        Assert.True(
            counters.GrantedBytes + counters.FreeBytes <= counters.CommittedBytes,
            $"{when}: more in use and free than committed: {counters}");
        Assert.True(metrics.LargestFreeBytes <= metrics.FreeBytes, $"{when}: {metrics}");
        double[] shares =
            [metrics.Internal, metrics.External, metrics.Trapped, .. metrics.Unusable.Select(size => size.Ratio)];
        Assert.True(shares.All(share => share is >= 0 and <= 1), $"{when}: {metrics}");
        Assert.True(metrics.OverheadNow >= 0 && metrics.ResidentRatio >= 0, $"{when}: {metrics}");
    }

    private static long Sum(HeapLayout layout, ExtentUse use) =>
        layout.Extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);

    private static void AssertSame(long counted, long drawn, string what, string when) =>
        Assert.True(counted == drawn, $"{when}: {what} bytes are {counted} in the counters and {drawn} in the layout");
}
