using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>A heap snapshot as a page.</summary>
internal static class HeapPage
{
    private const string Lead =
        "From the lowest address to the highest. An object needs a hole at least as large as itself.";

    /// <param name="maps">One for each generation that has a hole.</param>
    public static ReportPage Of(HeapReport report, IReadOnlyList<HeapMap> maps) => new(
        "heap snapshot",
        $"{Amounts.Bytes(report.FreeBytes)} of holes between {Bound(report)}{Amounts.Count(report.Objects)} objects with {Amounts.Bytes(report.LiveBytes)} live",
        [.. Facts(report)],
        [
            .. HeapPageGenerations.Of(report),
            .. maps.SelectMany(Map),
            .. HeapPageHoles.Of(report),
            .. HeapPageCaches.Of(report),
        ],
        [.. HeapReportHonesty.Facts(report)]);

    private static IEnumerable<string> Facts(HeapReport report)
    {
        yield return RunWords.Command(report.Target.Command);
        yield return $"process {report.Target.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        if (report.Target.Runtime.Length > 0)
            yield return report.Target.Runtime;
        yield return $"after GC {Amounts.Count(report.Gc)}, which held it still for {Amounts.Milliseconds(report.PauseMs)}";
    }

    private static string Bound(HeapReport report) => report.Quality.Exact ? "" : "at least ";

    private static IEnumerable<PageSection> Map(HeapMap map)
    {
        MapDraft draft = new(map.Title);
        draft.Add(map.TimeMs, "now", holes => $"{Amounts.Bytes(map.Bytes)}. {holes.InWords()}", map.Extents);
        if (draft.Finish() is { } drawn)
        {
            yield return new PageSection($"Map: {map.Title}", Lead)
            {
                Map = drawn, Evidence = map.Measured ? Evidence.Measured : Evidence.Simulated,
            };
        }
    }
}
