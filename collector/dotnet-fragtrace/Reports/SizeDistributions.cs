using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FragGuard.Simulation.Heap;

namespace FragGuard.FragTrace.Reports;

/// <summary>Used and free extents of a layout by powers of two.</summary>
internal static class SizeDistributions
{
    public static IReadOnlyList<SizeBucket> Of(HeapLayout layout) => layout.Extents
        .Where(extent => extent.Extent.Bytes > 0 && extent.Use is ExtentUse.Used or ExtentUse.Free)
        .GroupBy(extent => BitOperations.Log2((ulong)extent.Extent.Bytes))
        .OrderBy(group => group.Key)
        .Select(group => new SizeBucket(
            1L << group.Key,
            1L << (group.Key + 1),
            group.LongCount(IsUsed),
            group.Where(IsUsed).Sum(extent => extent.Extent.Bytes),
            group.LongCount(extent => !IsUsed(extent)),
            group.Where(extent => !IsUsed(extent)).Sum(extent => extent.Extent.Bytes)))
        .ToArray();

    private static bool IsUsed(LayoutExtent extent) => extent.Use == ExtentUse.Used;
}
