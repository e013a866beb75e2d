using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>What holds for the layout of every model after every event.</summary>
internal static class LayoutAssert
{
    /// <summary>No extents overlap; the layout has the bytes that the counters count, all of them and no others.</summary>
    public static void Agrees(IAllocatorModel model, string when) => Agrees(model.Layout(), model.Counters, when);

    /// <summary>Both promises about one layout.</summary>
    public static void Holds(IAllocatorModel model, string when)
    {
        HeapLayout layout = model.Layout();
        Agrees(layout, model.Counters, when);
        MetricsAreWithinBounds(layout, model.Counters, when);
    }

    /// <summary>Bytes are never negative, shares are from 0 to 1, and what is committed holds what is live.</summary>
    public static void MetricsAreWithinBounds(IAllocatorModel model, string when) =>
        MetricsAreWithinBounds(model.Layout(), model.Counters, when);

    /// <summary>One pass, and no text before it is needed: it runs after every step of every sequence.</summary>
    private static void Agrees(HeapLayout layout, in HeapCounters counters, string when)
    {
        long used = 0;
        long free = 0;
        long metadata = 0;
        long requested = 0;
        long end = long.MinValue;
        foreach (LayoutExtent extent in layout.Extents)
        {
            if (extent.Extent.Start < end)
                Assert.Fail($"{when}: {extent} overlaps the one before it, or is not in address order");
            if (extent.Extent.Bytes < 0)
                Assert.Fail($"{when}: {extent} has a negative length");
            if (extent.Use != ExtentUse.Used && extent.RequestedBytes != 0)
                Assert.Fail($"{when}: {extent} holds nothing");
            end = extent.Extent.End;
            requested += extent.RequestedBytes;
            if (extent.Use == ExtentUse.Used)
                used += extent.Extent.Bytes;
            else if (extent.Use == ExtentUse.Free)
                free += extent.Extent.Bytes;
            else if (extent.Use == ExtentUse.Metadata)
                metadata += extent.Extent.Bytes;
        }

        AssertSame(counters.GrantedBytes, used, "used", when);
        AssertSame(counters.FreeBytes, free, "free", when);
        AssertSame(counters.CommittedBytes, used + free + metadata, "used, free and metadata", when);
        AssertSame(counters.LiveRequestedBytes, requested, "requested", when);
        Assert.Equal(counters, layout.Counters);
        Assert.True(counters.FreePageBytes <= counters.FreeBytes, $"{when}: {counters}");
        Assert.True(counters.ResidentBytes <= counters.CommittedBytes, $"{when}: {counters}");
    }

    private static void MetricsAreWithinBounds(HeapLayout layout, in HeapCounters counters, string when)
    {
        FragmentationMetrics metrics = FragmentationMetrics.From(layout);
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

    private static void AssertSame(long counted, long drawn, string what, string when) =>
        Assert.True(counted == drawn, $"{when}: {what} bytes are {counted} in the counters and {drawn} in the layout");
}
