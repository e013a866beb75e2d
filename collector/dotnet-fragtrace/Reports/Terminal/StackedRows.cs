using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>A table whose columns do not fit side by side: of each row the first cell, and below it the others with their headings.</summary>
internal static class StackedRows
{
    private const int Indent = 2;

    public static void Write(
        TextCanvas canvas, bool[] isRight, string[] names, IEnumerable<(string[] Cells, Style? Style)> rows)
    {
        foreach ((string[] cells, Style? style) in rows)
        {
            // A first column without a heading may hold a mark only: then the name is in the second.
            bool isMark = names.Length > 1 && names[0].Length == 0 && !isRight[1];
            string first = isRight[0] && names[0].Length > 0 ? $"{names[0]} {cells[0]}" : cells[0];
            string title = (isMark ? $"{cells[1]} {first}" : first).Trim();
            canvas.Line(title.Length == 0 ? "-" : title, style ?? new Style(decoration: Decoration.Bold), hang: Indent);
            canvas.Flow(
                from i in Enumerable.Range(isMark ? 2 : 1, cells.Length - (isMark ? 2 : 1))
                where !TableColumns.IsNothing(cells[i])
                select names[i].Length == 0 ? cells[i] : $"{names[i]}: {cells[i]}",
                Indent);
        }
    }
}
