using System.Collections.Generic;
using System.Globalization;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>A run as a page: the verdicts first, then the heap over time and in space, then who made it so, then what would help.</summary>
internal static class RunPage
{
    public static ReportPage Of(RunReport report) => new(
        "fragmentation report",
        RunWords.Title(report),
        [.. Facts(report)],
        [
            RunPageFindings.Of(report),
            .. PredictionSections.Of(report.Findings, report.Predictions),
            .. RunPageTimeline.Of(report),
            .. RunPageMaps.Of(report),
            .. RunPageSizes.Of(report),
            .. RunPageHolders.Of(report),
            .. RunPageGenerations.Of(report.HeapDetail),
            .. RunPageObjects.Of(report.HeapDetail),
            .. RunPageAllocations.Of(report.Allocations),
            .. RunPageCaches.Of(report.Caches),
            .. RunPagePools.Of(report),
            .. RunPageModel.Of(report),
        ],
        [.. Honesty.Facts(report)]);

    private static IEnumerable<string> Facts(RunReport report)
    {
        RunTarget target = report.Target;
        yield return RunWords.Command(target.Command);
        if (target.Project is { } project)
            yield return project;
        yield return $"process {target.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        if (target.Runtime.Length > 0)
            yield return target.Runtime;
        yield return $"watched for {Amounts.Milliseconds(target.DurationMs)}";
        if (target.ExitCode is { } code)
            yield return $"exit code {Amounts.Count(code)}";
        if (report.Heap.Gcs > 0)
        {
            yield return $"{Amounts.Gcs(report.Heap.Gcs)}, {Amounts.Count(report.Heap.FullGcs)} full; pauses "
                + $"{Amounts.Milliseconds(report.Heap.TotalPauseMs)} in all, {Amounts.Milliseconds(report.Heap.MaxPauseMs)} at most";
        }
    }
}
