using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Metrics;

/// <summary>
/// The numbers of one layout. L requested live, A granted, C committed, R resident bytes; f the free extents usable in
/// place, F their sum, M the largest. Ratios are 0..1 unless said otherwise; 0/0 is 0.
/// </summary>
public sealed record FragmentationMetrics
{
    public long LiveRequestedBytes { get; private set; }

    public long GrantedBytes { get; private set; }

    public long CommittedBytes { get; private set; }

    public long ResidentBytes { get; private set; }

    /// <summary>F.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>M.</summary>
    public long LargestFreeBytes { get; private set; }

    /// <summary>(A − L) / A.</summary>
    public double Internal { get; private set; }

    /// <summary>1 − M / F.</summary>
    public double External { get; private set; }

    /// <summary>1 − Σ⌊f/s⌋·s / F, for one OS page, 64 KiB and 1 MiB.</summary>
    public IReadOnlyList<(long Bytes, double Ratio)> Unusable { get; private set; } = [];

    /// <summary>(C − L) / L; may exceed 1.</summary>
    public double OverheadNow { get; private set; }

    /// <summary>Share of F inside OS pages that also hold live bytes.</summary>
    public double Trapped { get; private set; }

    /// <summary>R / L; may exceed 1.</summary>
    public double ResidentRatio { get; private set; }

    public static FragmentationMetrics From(HeapLayout layout)
    {
        HeapCounters counters = layout.Counters;
        long[] free = FreeRuns(layout).ToArray();
        long freeBytes = free.Sum();
        long largest = free.Length == 0 ? 0 : free.Max();
        return new FragmentationMetrics
        {
            LiveRequestedBytes = counters.LiveRequestedBytes,
            GrantedBytes = counters.GrantedBytes,
            CommittedBytes = counters.CommittedBytes,
            ResidentBytes = counters.ResidentBytes,
            FreeBytes = freeBytes,
            LargestFreeBytes = largest,
            Internal = Ratio(counters.GrantedBytes - counters.LiveRequestedBytes, counters.GrantedBytes),
            External = freeBytes == 0 ? 0 : 1 - Ratio(largest, freeBytes),
            Unusable = new[] { layout.OsPageBytes, 64L << 10, 1L << 20 }
                .Select(bytes => (bytes, UnusableRatio(free, freeBytes, bytes))).ToArray(),
            OverheadNow = Ratio(counters.CommittedBytes - counters.LiveRequestedBytes, counters.LiveRequestedBytes),
            Trapped = Ratio(TrappedBytes(layout), freeBytes),
            ResidentRatio = Ratio(counters.ResidentBytes, counters.LiveRequestedBytes),
        };
    }

    internal static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    /// <summary>Bytes of each free extent, as the allocator keeps them: neighbours it did not merge stay apart.</summary>
    private static IEnumerable<long> FreeRuns(HeapLayout layout) =>
        layout.Extents.Where(extent => extent.Use == ExtentUse.Free).Select(extent => extent.Extent.Bytes);

    private static double UnusableRatio(long[] free, long freeBytes, long bytes) =>
        freeBytes == 0 ? 0 : 1 - Ratio(free.Sum(extent => extent / bytes * bytes), freeBytes);

    /// <summary>Free bytes that share an OS page with a live byte. One pass: only a free extent's two edge pages can be shared.</summary>
    private static long TrappedBytes(HeapLayout layout)
    {
        HashSet<long> livePages = new();
        foreach (LayoutExtent extent in layout.Extents)
        {
            if (extent.Use != ExtentUse.Used || extent.Extent.Bytes == 0)
                continue;
            livePages.Add(extent.Extent.Start / layout.OsPageBytes);
            livePages.Add((extent.Extent.End - 1) / layout.OsPageBytes);
        }

        long trapped = 0;
        foreach (LayoutExtent extent in layout.Extents)
        {
            if (extent.Use != ExtentUse.Free || extent.Extent.Bytes == 0)
                continue;
            long first = extent.Extent.Start / layout.OsPageBytes;
            long last = (extent.Extent.End - 1) / layout.OsPageBytes;
            if (livePages.Contains(first))
                trapped += System.Math.Min(extent.Extent.End, (first + 1) * layout.OsPageBytes) - extent.Extent.Start;
            if (last != first && livePages.Contains(last))
                trapped += extent.Extent.End - (last * layout.OsPageBytes);
        }

        return trapped;
    }
}
