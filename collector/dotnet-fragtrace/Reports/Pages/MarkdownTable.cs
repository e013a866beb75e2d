using System.Collections.Generic;
using System.Linq;
using System.Text;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>A table in GitHub-flavoured Markdown: its first rows, and the next ones folded away.</summary>
internal static class MarkdownTable
{
    private const int ShownRows = 10;

    /// <summary>Rows in all; more are only in the JSON form.</summary>
    private const int MostRows = 60;

    /// <summary>Blanks that stay.</summary>
    private const string PartMark = "&nbsp;&nbsp;";

    /// <param name="hasRest">Whether there is room for more than the first rows.</param>
    public static string Of(PageTable table, bool hasRest)
    {
        StringBuilder text = new();
        Append(text, table, table.Rows.Take(ShownRows));
        int folded = hasRest ? int.Min(table.Rows.Count, MostRows) - ShownRows : 0;
        if (folded > 0)
        {
            text.Append("\n<details><summary>").Append(Amounts.Count(folded)).Append(folded == 1 ? " more row" : " more rows").Append("</summary>\n\n");
            Append(text, table, table.Rows.Skip(ShownRows).Take(folded));
            text.Append("\n</details>\n");
        }

        int left = table.Rows.Count - ShownRows - int.Max(folded, 0);
        if (left > 0)
            text.Append('\n').Append(Amounts.Count(left)).Append(left == 1 ? " more row is" : " more rows are").Append(" in the JSON form.\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, PageTable table, IEnumerable<IReadOnlyList<PageCell>> rows)
    {
        int[] columns = TableColumns.ThatTell(table.Headings.Count, i => table.Rows.Select(row => row[i].Text));
        Row(text, columns.Select(i => MarkdownText.Of(table.Headings[i].TrimStart('>'))));
        Row(text, columns.Select(i => table.Headings[i].StartsWith('>') ? "---:" : "---"));
        foreach (IReadOnlyList<PageCell> row in rows)
            Row(text, columns.Select(i => (row[i].IsPart ? PartMark : "") + MarkdownText.Of(row[i].Text)));
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
