using System;
using System.Linq;
using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sentences on a run as a whole.</summary>
internal static class RunWords
{
    private const int MostCommandLength = 240;

    /// <summary>How much is held, how much of it is free space, and what became of the findings.</summary>
    public static string Title(RunReport report) => $"{Heap(report.Heap)}{Findings(report)}";

    /// <summary>A command line as a page shows it: of a long one, what it begins with.</summary>
    public static string Command(string command) => command.Length switch
    {
        0 => "a program whose name was not recorded",
        <= MostCommandLength => command,
        _ => $"{command.AsSpan(0, MostCommandLength)}… ({Amounts.Count(command.Length)} characters in all)",
    };

    /// <summary>What is known of the runtime and the machine, such as <c>.NET 10.0.12 Linux x64</c>.</summary>
    public static string Runtime(RecordedTarget target) => string.Join(
        ' ', ((string[])[".NET", target.RuntimeVersion, target.OperatingSystem, target.Architecture]).Where(part => part.Length > 0));

    private static string Heap(HeapSummary heap)
    {
        if (heap.Gcs == 0)
            return "No GC ran, so nothing of the heap was measured";
        if (heap.SteadyStateGcs == 0)
            return $"The GC heap held {Amounts.Bytes(heap.PeakHeapBytes)} at most after a GC; too few full GCs ran to tell what of it is free";
        string held = $"The GC heap holds {Amounts.Bytes(heap.MeanHeapBytes)} for {Amounts.Bytes(heap.LiveBytes)} live";
        return heap.LohMeanBytes <= 0
            ? $"{held}; it has no large objects"
            : $"{held}; on average {Amounts.Percent(heap.LohFragmentation)} of its large-object heap is free space that no other generation can use";
    }

    private static string Findings(RunReport report)
    {
        if (report.Findings.Count > 0)
            return $"; findings: {Verdicts.Summary(report.Findings)}";
        return report.Target.Project is null ? "" : "; the build has no findings";
    }
}
