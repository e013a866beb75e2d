using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Gates.Metrics;

/// <summary>The metrics of recyclable streams and of memory pools of a run.</summary>
internal static class StreamMetrics
{
    private static readonly MetricTable<StreamReport> Streams = new(
        RunReport.CurrentSchema,
        "recyclable memory streams that told of themselves (profile pools, run or full)",
        new Measure<StreamReport>("streams.finalized", MetricUnit.Count, "recyclable streams that were never disposed", one => one.Finalized),
        new Measure<StreamReport>("streams.outstanding", MetricUnit.Count, "recyclable streams alive at the end", one => one.Outstanding),
        new Measure<StreamReport>("streams.made", MetricUnit.Count, "blocks and buffers made because their pools had none", one => one.Pools.Sum(pool => pool.Made)));

    private static readonly MetricTable<MemoryPoolRow> MemoryPools = new(
        RunReport.CurrentSchema,
        "a memory pool of ASP.NET Core 10 or later (profile pools, run or full)",
        new Measure<MemoryPoolRow>("memoryPool.<name>.peakPooledBytes", MetricUnit.Bytes, "most bytes lying unused in the pool of that owner", one => one.PeakPooledBytes),
        new Measure<MemoryPoolRow>("memoryPool.<name>.allocatedBytes", MetricUnit.Bytes, "taken from the GC heap because the pool was empty", one => one.AllocatedBytes));

    public static IEnumerable<MetricDefinition> Definitions => [.. Streams.Definitions, .. MemoryPools.Definitions];

    public static void Read(RunReport report, IDictionary<string, double> into)
    {
        if (report.Streams is { } streams)
            Streams.Read(streams, into);
        foreach ((string name, MemoryPoolRow pool) in MetricNames.Of(report.MemoryPools, static pool => pool.Owner))
            MemoryPools.Read(pool, into, name);
    }
}
