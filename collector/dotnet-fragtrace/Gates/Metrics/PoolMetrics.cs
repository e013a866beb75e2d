using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Gates.Metrics;

/// <summary>The metrics of all array pools of a run together.</summary>
internal static class PoolMetrics
{
    private static readonly MetricTable<IReadOnlyList<PoolRow>> Counts = new(
        RunReport.CurrentSchema,
        "an array pool that was used (profile pools, run or full)",
        new Measure<IReadOnlyList<PoolRow>>("pools.misses", MetricUnit.Count, "arrays made because a pool had none to hand out", pools => pools.Sum(pool => pool.Allocated)).Headline(),
        new Measure<IReadOnlyList<PoolRow>>("pools.drops", MetricUnit.Count, "returned arrays that a pool gave to the GC", pools => pools.Sum(pool => pool.Dropped)),
        new Measure<IReadOnlyList<PoolRow>>("pools.trims", MetricUnit.Count, "arrays that pools gave to the GC by themselves", pools => pools.Sum(pool => pool.Trimmed)));

    private static readonly MetricTable<IReadOnlyList<PoolRow>> Rents = new(
        RunReport.CurrentSchema,
        "every rent of array pools (profile run or full)",
        new Measure<IReadOnlyList<PoolRow>>("pools.rents", MetricUnit.Count, "arrays rented", pools => pools.Sum(pool => pool.Rented)),
        new Measure<IReadOnlyList<PoolRow>>("pools.outstanding", MetricUnit.Count, "arrays rented and not returned when the recording ended", pools => pools.Sum(pool => pool.Outstanding)).Headline(),
        new Measure<IReadOnlyList<PoolRow>>(
            "pools.outstandingBytes", MetricUnit.Bytes, "elements of those arrays whose element size is known", pools => pools.Sum(pool => pool.OutstandingBytes)),
        new Measure<IReadOnlyList<PoolRow>>("pools.hitRatio", MetricUnit.Ratio, "share of the rents that a pool had an array for", HitRatio).SmallerIsWorse());

    public static IEnumerable<MetricDefinition> Definitions => [.. Counts.Definitions, .. Rents.Definitions];

    public static void Read(IReadOnlyList<PoolRow> pools, IDictionary<string, double> into)
    {
        if (pools.Count == 0)
            return;
        Counts.Read(pools, into);
        PoolRow[] rented = [.. pools.Where(static pool => pool.Rented is not null)];
        if (rented.Length > 0)
            Rents.Read(rented, into);
    }

    private static double? HitRatio(IReadOnlyList<PoolRow> pools)
    {
        double rents = pools.Sum(static pool => pool.Rented ?? 0);
        return rents <= 0 ? null : Math.Clamp(pools.Sum(static pool => (pool.HitRatio ?? 0) * (pool.Rented ?? 0)) / rents, 0, 1);
    }
}
