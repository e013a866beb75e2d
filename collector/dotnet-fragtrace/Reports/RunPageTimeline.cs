using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The heap over time, generation upon generation, and what it held in the steady state.</summary>
internal static class RunPageTimeline
{
    private static readonly IReadOnlyList<(Ink Ink, string Label)> Bands =
    [
        (Ink.Series4, "generation 0"),
        (Ink.Series0, "generation 1"),
        (Ink.Series2, "generation 2"),
        (Ink.Series3, "pinned-object heap"),
        (Ink.Used, "large objects, live"),
        (Ink.Free, "large-object heap, free"),
    ];

    public static IEnumerable<PageSection> Of(RunReport report)
    {
        HeapSummary heap = report.Heap;
        if (heap.Gcs == 0)
        {
            yield return new PageSection("GC heap: no GC ran, so nothing of it was measured", "");
            yield break;
        }

        yield return new PageSection(
            "GC heap",
            "Bytes right after each GC. Free: space the large-object heap holds and cannot give to anyone else. "
                + (heap.SteadyStateGcs == 0
                    ? "No full GC ran in the steady state, so there are no means."
                    : $"Means are taken over the {Amounts.Count(heap.SteadyStateGcs)} full GCs of the steady state."),
            new PageTable(
                ["", ">all generations", ">large-object heap"],
                [["peak", Cells.Bytes(heap.PeakHeapBytes), Cells.Bytes(heap.LohPeakBytes)], .. MeansOf(heap)]),
            Draw("Heap composition over time", report.Timeline))
        {
            Evidence = Evidence.Measured,
        };
    }

    private static IReadOnlyList<PageCell>[] MeansOf(HeapSummary heap) => heap.SteadyStateGcs == 0
        ? [["mean", Cells.Nothing, Cells.Nothing], ["live", Cells.Nothing, Cells.Nothing], ["free share, mean of GCs", "", Cells.Nothing]]
        :
        [
            ["mean", Cells.Bytes(heap.MeanHeapBytes), Cells.Bytes(heap.LohMeanBytes)],
            ["live", Cells.Bytes(heap.LiveBytes), Cells.Bytes(heap.LohLiveBytes)],
            ["free share, mean of GCs", "", Cells.Percent(heap.LohFragmentation)],
        ];

    /// <param name="largest">End of the scale, in bytes, for pictures that are held against each other; null for a scale of its own.</param>
    public static Picture? Draw(string title, IReadOnlyList<HeapMoment> timeline, double? largest = null) => timeline.Count == 0
        ? null
        : StackedColumns.Draw(
            title, Bands,
            [.. timeline.OrderBy(moment => moment.TimeMs).Select(moment => new ColumnMoment(moment.TimeMs, Marker(moment), PartsOf(moment)))],
            Amounts.Milliseconds, Amounts.Bytes, largest);

    /// <summary>All generations together, free space included.</summary>
    public static double TotalOf(HeapMoment moment) => PartsOf(moment).Where(double.IsFinite).Sum(bytes => double.Max(bytes, 0));

    private static double[] PartsOf(HeapMoment moment) =>
    [
        moment.Gen0Bytes, moment.Gen1Bytes, moment.Gen2Bytes, moment.PohBytes,
        (double)moment.LohBytes - moment.LohFreeBytes, moment.LohFreeBytes,
    ];

    private static string? Marker(HeapMoment moment) => moment.Generation < 2
        ? null
        : $"full GC {Amounts.Count(moment.Gc)} at {Amounts.Milliseconds(moment.TimeMs)}: {Amounts.Bytes(TotalOf(moment))} in all, "
            + $"large-object heap {Amounts.Bytes(moment.LohBytes)}, {Amounts.Bytes(moment.LohFreeBytes)} of it free";
}
