using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The heap over time, generation upon generation, with the free part of the large-object heap hatched.</summary>
internal static class TimelineSection
{
    private const double Width = 1080;
    private const double Height = 306;
    private const double Left = 74;
    private const double Bottom = 50;
    private const double Top = 8;
    private const double PlotWidth = Width - Left - 12;
    private const double PlotHeight = Height - Bottom - Top;
    private const int MostMarkers = 240;

    private static readonly IReadOnlyList<TimelineBand> Bands =
    [
        new("gen0", "generation 0", moment => moment.Gen0Bytes),
        new("gen1", "generation 1", moment => moment.Gen1Bytes),
        new("gen2", "generation 2", moment => moment.Gen2Bytes),
        new("poh", "pinned-object heap", moment => moment.PohBytes),
        new("loh", "large objects, live", moment => moment.LohBytes - moment.LohFreeBytes),
        new("lohfree", "large-object heap, free", moment => moment.LohFreeBytes),
    ];

    public static void Write(HtmlOutput html, IReadOnlyList<HeapMoment> timeline)
    {
        if (timeline.Count == 0)
            return;
        HeapMoment[] moments = Thinned(timeline);
        Axis bytes = Axis.OfBytes(moments.Max(Total));
        Axis time = Axis.OfTime(moments.Max(moment => moment.TimeMs));
        html.Write($"""
            <section>
            <h2>Heap over time {Markup.Measured}</h2>
            <p class="lead">Bytes right after each GC. Hatched: space the large-object heap holds and cannot give to anyone else.</p>
            <div class="card">
            <p class="legend">
            """);
        foreach (TimelineBand band in Bands)
            html.Write($"<span><i class=\"key {new Markup(band.Class)}\"></i>{band.Name}</span>");
        html.Write($"<span><i class=\"key gc\"></i>full GC</span></p>\n");
        html.Write($"""
            <div class="scroll"><svg class="timeline" viewBox="0 0 {Width} {Height}" role="img" aria-label="Heap composition over time">
            <defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="hatchback"/><rect width="3" height="7" class="hatchline"/></pattern></defs>

            """);
        WriteGrid(html, bytes, time);
        WriteBands(html, moments, bytes, time);
        WriteMarkers(html, timeline, time);
        html.Write($"</svg></div>\n</div>\n</section>\n");
    }

    private static double Total(HeapMoment moment) => Bands.Sum(band => Math.Max(band.BytesOf(moment), 0.0));

    /// <summary>At most <see cref="TimelineBand.MostMoments"/> moments in time order; of each group the fullest one stays.</summary>
    private static HeapMoment[] Thinned(IReadOnlyList<HeapMoment> timeline)
    {
        HeapMoment[] ordered = [.. timeline.OrderBy(moment => moment.TimeMs)];
        int group = (ordered.Length + TimelineBand.MostMoments - 1) / TimelineBand.MostMoments;
        return group <= 1 ? ordered : [.. ordered.Chunk(group).Select(chunk => chunk.MaxBy(Total)!)];
    }

    private static void WriteGrid(HtmlOutput html, Axis bytes, Axis time)
    {
        foreach (double mark in bytes.Marks())
        {
            double y = Top + PlotHeight - bytes.Place(mark, PlotHeight);
            html.Write($"""
                <line class="grid" x1="{Left}" x2="{Left + PlotWidth}" y1="{y}" y2="{y}"/><text class="tick" x="{Left - 8}" y="{y + 4}" text-anchor="end">{Amounts.Bytes(mark)}</text>

                """);
        }

        foreach (double mark in time.Marks())
        {
            double x = Left + time.Place(mark, PlotWidth);
            html.Write($"""
                <text class="tick" x="{x}" y="{Height - Bottom + 30}" text-anchor="middle">{(mark == 0 ? "0" : Amounts.Milliseconds(mark))}</text>

                """);
        }

        html.Write($"""
            <text class="tick" x="{Left + PlotWidth}" y="{Height - 5}" text-anchor="end">time since the recording started</text>

            """);
    }

    private static void WriteBands(HtmlOutput html, HeapMoment[] moments, Axis bytes, Axis time)
    {
        double[] floor = new double[moments.Length];
        foreach (TimelineBand band in Bands)
        {
            double[] ceiling = [.. moments.Select((moment, i) => floor[i] + Math.Max(band.BytesOf(moment), 0.0))];
            html.Write($"<polygon class=\"{new Markup(band.Class)}\" points=\"");
            for (int i = 0; i < moments.Length; i++)
                WritePoint(html, time, moments[i].TimeMs, bytes, ceiling[i]);
            for (int i = moments.Length - 1; i >= 0; i--)
                WritePoint(html, time, moments[i].TimeMs, bytes, floor[i]);
            html.Write($"\"><title>{band.Name}</title></polygon>\n");
            floor = ceiling;
        }
    }

    private static void WritePoint(HtmlOutput html, Axis time, double timeMs, Axis bytes, double value) =>
        html.Write($"{Left + time.Place(timeMs, PlotWidth)},{Top + PlotHeight - bytes.Place(value, PlotHeight)} ");

    private static void WriteMarkers(HtmlOutput html, IReadOnlyList<HeapMoment> timeline, Axis time)
    {
        HeapMoment[] full = [.. timeline.Where(moment => moment.Generation >= 2)];
        int stride = Math.Max((full.Length + MostMarkers - 1) / MostMarkers, 1);
        double y = Height - Bottom + 3;
        for (int i = 0; i < full.Length; i += stride)
        {
            double x = Left + time.Place(full[i].TimeMs, PlotWidth);
            html.Write($"""
                <path class="gc" d="M{x} {y}l3.5 7h-7z"><title>{Marker(full[i])}</title></path>

                """);
        }
    }

    private static string Marker(HeapMoment moment) =>
        $"GC {Amounts.Count(moment.Gc)} of generation {Amounts.Count(moment.Generation)} at "
            + $"{Amounts.Milliseconds(moment.TimeMs)}: {Amounts.Bytes(Total(moment))} in all, large-object heap "
            + $"{Amounts.Bytes(moment.LohBytes)}, {Amounts.Bytes(moment.LohFreeBytes)} of it free";
}
