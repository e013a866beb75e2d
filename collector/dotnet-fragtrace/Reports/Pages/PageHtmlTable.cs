using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Reports.Html;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>A table that the script lets a reader sort and filter.</summary>
internal static class PageHtmlTable
{
    private const int MostRows = 2_000;

    /// <summary>Longer tables scroll under their headings.</summary>
    private const int LongRows = 24;

    /// <param name="name">What the table is called for a reader who does not see what stands above it.</param>
    public static void Write(HtmlOutput html, PageTable table, string name)
    {
        int[] columns = TableColumns.ThatTell(table.Headings.Count, i => table.Rows.Select(row => row[i].Text));
        bool[] isRight = [.. table.Headings.Select(heading => heading.StartsWith('>'))];
        html.Write($"<div class=\"card\"><div class=\"scroll{new Markup(table.Rows.Count > LongRows ? " long" : "")}\"><table class=\"data\">\n<caption>{name}</caption>\n<thead><tr>");
        foreach (int i in columns)
            html.Write($"<th scope=\"col\"{Markup.ClassIf(isRight[i], "right")}>{(isRight[i] ? table.Headings[i][1..] : table.Headings[i])}</th>");
        html.Write($"</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<PageCell> row in table.Rows.Take(MostRows))
        {
            html.Write($"<tr>");
            foreach (int i in columns)
                html.Write($"<td{Markup.ClassIf(isRight[i], "right")}{Markup.ClassIf(!isRight[i] && row[i].IsPart, "part")}{Value(row[i])}>{row[i].Text}</td>");
            html.Write($"</tr>\n");
        }

        html.Write($"</tbody></table></div></div>\n");
        if (table.Rows.Count > MostRows)
            html.Write($"<p class=\"rest\">{Amounts.Count(table.Rows.Count - MostRows)} more rows are in the JSON form.</p>\n");
    }

    private static Markup Value(PageCell cell) => new(cell.Value is { } value && double.IsFinite(value)
        ? string.Create(CultureInfo.InvariantCulture, $" data-v=\"{value:R}\"")
        : "");
}
