using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The heap generation by generation: tables and maps of its worst moment and of the end.</summary>
internal static class HeapDetailSection
{
    private const int MostRows = 50;
    private const int RowsOfAMap = 6;

    public static void Write(HtmlOutput html, HeapDetail? detail)
    {
        if (detail is null)
            return;

        foreach (HeapPicture picture in detail.Moments)
            WritePicture(html, picture);
        WriteNeighbours(html, detail.Neighbours);
        WritePins(html, detail.Pins);
        WriteLifetimes(html, detail.Lifetimes);
        WriteMissing(html, detail);
    }

    private static void WritePicture(HtmlOutput html, HeapPicture picture)
    {
        html.Write($"""
            <section>
            <h2>{HeapPictures.Title(picture)} {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th></th><th class="right">Size</th><th class="right">Live</th><th class="right">Free</th><th class="right">Unknown</th><th class="right">Regions</th><th class="right">Holes</th><th class="right">Largest hole</th><th class="right">Largest that fits</th></tr></thead>
            <tbody>

            """);
        foreach (GenerationRow row in picture.Generations)
        {
            html.Write($"""
                <tr><td>{row.Name}</td><td class="right">{Amounts.Bytes(row.Bytes)}</td><td class="right">{Amounts.Bytes(row.LiveBytes)}</td><td class="right">{Amounts.Bytes(row.FreeBytes)}</td><td class="right">{Bytes(row.UnknownBytes)}</td><td class="right">{Count(row.Regions)}</td><td class="right">{Count(row.Holes)}</td><td class="right">{Bytes(row.LargestHoleBytes)}</td><td class="right">{Bytes(row.LargestFitBytes)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n");
        WriteMaps(html, picture);
        html.Write($"</section>\n");
    }

    private static void WriteMaps(HtmlOutput html, HeapPicture picture)
    {
        GenerationRow[] drawn = [.. picture.Generations.Where(static row => row.Map.Count > 0)];
        if (drawn.Length == 0)
            return;

        html.Write($"""
            <div class="card">
            {HeapMapSection.Legend}

            """);
        foreach (GenerationRow row in drawn)
        {
            HeapMapCells cells = HeapMapCells.From(row.Map, RowsOfAMap);
            html.Write($"""
                <h3>{row.Name}: {Amounts.Bytes(row.Bytes)}, {Amounts.Bytes(cells.CellBytes)} in a cell</h3>

                """);
            HeapMapSection.WriteMap(html, cells);
        }

        html.Write($"</div>\n");
    }

    private static void WriteNeighbours(HtmlOutput html, IReadOnlyList<NeighbourRow> rows)
    {
        if (rows.Count == 0)
            return;

        html.Write($"""
            <section>
            <h2>Beside the holes of the worst moment</h2>
            <p class="lead">Objects right before or behind a hole, estimated from sampled objects. Each side of a hole has half of its bytes.</p>
            <div class="card scroll"><table>
            <thead><tr><th>Type and site</th><th>Where</th><th class="right">Seen beside</th><th class="right">Hole bytes</th><th class="right">95 % interval</th></tr></thead>
            <tbody>

            """);
        foreach (NeighbourRow row in rows.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{row.Site ?? "unknown"}</td><td>{row.Generation}</td><td class="right">{Amounts.Count(row.Sides)} sides</td><td class="right">{Amounts.Bytes(row.HoleBytes)}</td><td class="right">{HeapPictures.Interval(row)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static void WritePins(HtmlOutput html, IReadOnlyList<PinRow> rows)
    {
        if (rows.Count == 0)
            return;

        html.Write($"""
            <section>
            <h2>Pinned objects and the holes they hold open {Markup.Measured}</h2>
            <p class="lead">Free bytes right beside pinned objects of generations 0 to 2 after the GCs that found them.</p>
            <div class="card scroll"><table>
            <thead><tr><th>Type</th><th>Site</th><th class="right">Pins</th><th class="right">GCs</th><th class="right">Holes, mean</th><th class="right">Holes, most</th></tr></thead>
            <tbody>

            """);
        foreach (PinRow row in rows.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{row.Type}</td><td>{row.Site ?? "unknown"}</td><td class="right">{Amounts.Count(row.Pins)}</td><td class="right">{Amounts.Count(row.Gcs)}</td><td class="right">{Amounts.Bytes(row.MeanHoleBytes)}</td><td class="right">{Amounts.Bytes(row.MostHoleBytes)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static void WriteLifetimes(HtmlOutput html, IReadOnlyList<LifetimeRow> rows)
    {
        if (rows.Count == 0)
            return;

        html.Write($"""
            <section>
            <h2>Lifetimes</h2>
            <p class="lead">Where the allocated bytes of each site died, estimated from sampled objects; a lifetime ends with the GC that found the object dead.</p>
            <div class="card scroll"><table>
            <thead><tr><th>Type and site</th><th class="right">Per second</th><th class="right">±</th><th class="right">Gen0</th><th class="right">Gen1</th><th class="right">Gen2</th><th class="right">LOH, POH</th><th class="right">Alive</th><th class="right">Median</th></tr></thead>
            <tbody>

            """);
        foreach (LifetimeRow row in rows.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{row.Site ?? "unknown"}</td><td class="right">{Amounts.Bytes(row.BytesPerSecond)}</td><td class="right">{HeapPictures.Error(row)}</td><td class="right">{Amounts.Percent(row.DiedGen0)}</td><td class="right">{Amounts.Percent(row.DiedGen1)}</td><td class="right">{Amounts.Percent(row.DiedGen2)}</td><td class="right">{Amounts.Percent(row.DiedLoh + row.DiedPoh)}</td><td class="right">{Amounts.Percent(row.LiveShare)}</td><td class="right">{HeapPictures.Median(row)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static void WriteMissing(HtmlOutput html, HeapDetail detail)
    {
        if (detail.Missing.Count == 0 || detail.Moments.Count == 0)
            return;

        html.Write($"<section>\n<h2>Not in this recording</h2>\n<ul>\n");
        foreach (string fact in detail.Missing)
            html.Write($"<li>{fact}</li>\n");
        html.Write($"</ul>\n</section>\n");
    }

    private static string Bytes(long? bytes) => bytes is { } known ? Amounts.Bytes(known) : "–";

    private static string Count(long? count) => count is { } known ? Amounts.Count(known) : "–";
}
