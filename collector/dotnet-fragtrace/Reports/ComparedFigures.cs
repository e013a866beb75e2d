using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Gates.Metrics;

namespace FragGuard.FragTrace.Reports;

/// <summary>The metrics of a whole heap that two runs are shown by. What was not measured is absent, not 0.</summary>
internal static class ComparedFigures
{
    private static readonly (string Key, string Label)[] Shown =
    [
        ("heap.peakBytes", "heap, most"),
        ("heap.meanBytes", "heap, mean"),
        ("heap.liveBytes", "heap, live"),
        ("loh.peakBytes", "large-object heap, most"),
        ("loh.bytes", "large-object heap, mean"),
        ("loh.freeBytes", "large-object heap, free"),
        ("loh.fragmentation", "large-object heap, free share"),
        ("gc.count", "GCs"),
        ("gc.full", "full GCs"),
        ("gc.pauseMs", "pauses, together"),
        ("gc.maxPauseMs", "pause, longest"),
    ];

    /// <summary>One full GC is enough for a mean here: nothing is judged by it.</summary>
    public static IReadOnlyList<ComparedFigure> Of(HeapSummary before, HeapSummary after)
    {
        IReadOnlyDictionary<string, double> was = RunMetrics.Of(before, leastFullGcs: 1);
        IReadOnlyDictionary<string, double> isNow = RunMetrics.Of(after, leastFullGcs: 1);
        return [.. Shown.Select(one => new ComparedFigure(one.Key, Value(was, one.Key), Value(isNow, one.Key)))];
    }

    /// <summary>For people; a key that is not among the shown ones stays what it is.</summary>
    public static string LabelOf(string key) =>
        Shown.FirstOrDefault(one => string.Equals(one.Key, key, System.StringComparison.Ordinal)).Label ?? key;

    private static double? Value(IReadOnlyDictionary<string, double> metrics, string key) =>
        metrics.TryGetValue(key, out double value) ? value : null;
}
