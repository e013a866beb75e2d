using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Pictures;

/// <summary>A cell map in SVG: runs of equal cells as rectangles, or one small image where there are very many.</summary>
internal static class SvgCells
{
    public static void Write(HtmlOutput svg, PictureCells cells, int mostRuns)
    {
        List<(int First, int End)> runs = Runs(cells, mostRuns);
        if (runs.Count > mostRuns)
            WriteImage(svg, cells);
        else
            WriteRuns(svg, cells, runs);
    }

    /// <summary>Half-open runs of one ink, one row and one tip; one more than <paramref name="mostRuns"/> at most.</summary>
    private static List<(int First, int End)> Runs(PictureCells cells, int mostRuns)
    {
        List<(int First, int End)> runs = [];
        int tip = 0;
        for (int start = 0, next; start < cells.Cells.Count && runs.Count <= mostRuns; start = next)
        {
            while (tip < cells.Tips.Count && cells.Tips[tip].FirstCell <= start)
                tip++;
            int end = Math.Min((start / cells.Columns + 1) * cells.Columns, cells.Cells.Count);
            if (tip < cells.Tips.Count)
                end = Math.Min(end, cells.Tips[tip].FirstCell);
            for (next = start + 1; next < end && cells.Cells[next] == cells.Cells[start]; next++)
            {
            }

            runs.Add((start, next));
        }

        return runs;
    }

    private static void WriteRuns(HtmlOutput svg, PictureCells cells, List<(int First, int End)> runs)
    {
        double gapX = cells.CellWidth >= 4 ? 1 : 0;
        double gapY = cells.CellHeight >= 4 ? 1 : 0;
        int tip = -1;
        foreach ((int first, int end) in runs)
        {
            while (tip + 1 < cells.Tips.Count && cells.Tips[tip + 1].FirstCell <= first)
                tip++;
            Ink ink = cells.Cells[first];
            if (ink == Ink.None)
                continue;
            int row = first / cells.Columns;
            svg.Write($"<rect class=\"{SvgPicture.Class(ink)}\" x=\"{cells.X + (first - row * cells.Columns) * cells.CellWidth}\" y=\"{cells.Y + row * cells.CellHeight}\" width=\"{(end - first) * cells.CellWidth - gapX}\" height=\"{cells.CellHeight - gapY}\">");
            SvgPicture.WriteTip(svg, tip < 0 ? null : cells.Tips[tip].Tip);
            svg.Write($"</rect>\n");
        }
    }

    private static void WriteImage(HtmlOutput svg, PictureCells cells)
    {
        int rows = (cells.Cells.Count + cells.Columns - 1) / cells.Columns;
        svg.Write($"<image class=\"cells\" x=\"{cells.X}\" y=\"{cells.Y}\" width=\"{cells.Columns * cells.CellWidth}\" height=\"{rows * cells.CellHeight}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" data-columns=\"{cells.Columns}\" data-rows=\"{rows}\" href=\"{new Markup(PngPicture.DataUri(cells))}\" data-tips=\"{new Markup(Tips(cells))}\"/>\n");
    }

    /// <summary>Alternating first cells and texts, as JSON inside an attribute.</summary>
    private static string Tips(PictureCells cells)
    {
        JsonArray flat = [];
        foreach ((int first, string tip) in cells.Tips)
        {
            flat.Add((JsonNode)first);
            flat.Add((JsonNode)tip);
        }

        return System.Net.WebUtility.HtmlEncode(flat.ToJsonString());
    }
}
