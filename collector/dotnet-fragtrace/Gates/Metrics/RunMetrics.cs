using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Gates.Metrics;

/// <summary>The metrics of a recorded run.</summary>
internal static class RunMetrics
{
    private const string Steady = "mean right after the full GCs of the steady state";

    private static readonly string NeedsSteadyState =
        $"{SteadyState.LeastFullGcs} or more full GCs in the steady state (any profile)";

    private static readonly MetricTable<HeapSummary> Means = new(
        RunReport.CurrentSchema,
        NeedsSteadyState,
        new Measure<HeapSummary>("heap.meanBytes", MetricUnit.Bytes, $"all generations, free space included, {Steady}", heap => heap.MeanHeapBytes).Headline(),
        new Measure<HeapSummary>("heap.liveBytes", MetricUnit.Bytes, $"all generations without free space, {Steady}", heap => heap.LiveBytes),
        new Measure<HeapSummary>(
            "heap.freeBytes", MetricUnit.Bytes, $"free space of all generations, {Steady}", heap => Math.Max(0, heap.MeanHeapBytes - heap.LiveBytes)),
        new Measure<HeapSummary>(
            "heap.fragmentation", MetricUnit.Ratio, "heap.freeBytes / heap.meanBytes", heap => Ratio(heap.MeanHeapBytes - heap.LiveBytes, heap.MeanHeapBytes)));

    private static readonly MetricTable<HeapSummary> Totals = new(
        RunReport.CurrentSchema,
        "GCs (any profile)",
        new Measure<HeapSummary>("heap.peakBytes", MetricUnit.Bytes, "most bytes of all generations after a GC, free space included", heap => heap.PeakHeapBytes).Headline(),
        new Measure<HeapSummary>("loh.peakBytes", MetricUnit.Bytes, "most bytes of the large-object heap after a GC, free space included", heap => heap.LohPeakBytes).OfLargeObjects(),
        new Measure<HeapSummary>("gc.count", MetricUnit.Count, "GCs", heap => heap.Gcs),
        new Measure<HeapSummary>("gc.full", MetricUnit.Count, "GCs of generation 2", heap => heap.FullGcs),
        new Measure<HeapSummary>("gc.pauseMs", MetricUnit.Milliseconds, "all GC pauses together", heap => heap.TotalPauseMs),
        new Measure<HeapSummary>("gc.maxPauseMs", MetricUnit.Milliseconds, "longest GC pause", heap => heap.MaxPauseMs));

    public static IEnumerable<MetricDefinition> Definitions =>
    [
        .. Totals.Definitions, .. Means.Definitions, .. GenerationMetrics.Definitions, .. PoolMetrics.Definitions, .. StreamMetrics.Definitions,
    ];

    public static void Read(RunReport report, IDictionary<string, double> into)
    {
        Read(report.Heap, SteadyState.LeastFullGcs, into);
        HeapPicture? worst = report.HeapDetail?.Moments.FirstOrDefault(static one => one.Moment is "worst");
        foreach (GenerationRow generation in worst?.Generations ?? [])
            GenerationMetrics.ReadHoles(generation, into);
        PoolMetrics.Read(report.Pools, into);
        StreamMetrics.Read(report, into);
    }

    /// <summary>The metrics of a whole heap by key.</summary>
    /// <param name="leastFullGcs">Full GCs of the steady state below which no mean is told.</param>
    public static IReadOnlyDictionary<string, double> Of(HeapSummary heap, int leastFullGcs)
    {
        Dictionary<string, double> metrics = new(StringComparer.Ordinal);
        Read(heap, leastFullGcs, metrics);
        return metrics;
    }

    private static void Read(HeapSummary heap, int leastFullGcs, IDictionary<string, double> into)
    {
        if (heap.Gcs > 0)
            Totals.Read(heap, into);
        if (heap.SteadyStateGcs < leastFullGcs)
            return;
        Means.Read(heap, into);
        foreach (GenerationSummary generation in GenerationsOf(heap))
            GenerationMetrics.ReadMeans(generation, into);
    }

    /// <summary>Results of older tools tell only of the large-object heap.</summary>
    private static IReadOnlyList<GenerationSummary> GenerationsOf(HeapSummary heap) => heap.Generations.Count > 0
        ? heap.Generations
        : [new GenerationSummary("loh", heap.LohMeanBytes, Math.Max(0, heap.LohMeanBytes - heap.LohLiveBytes), heap.LohFragmentation)];

    private static double Ratio(double part, double whole) => whole <= 0 ? 0 : Math.Max(0, part) / whole;
}
