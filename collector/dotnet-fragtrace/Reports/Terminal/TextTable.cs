using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>
/// A table of texts; a column whose heading starts with &gt; is flush right. Where its columns do not fit side by side, texts
/// wrap; where that would leave them too narrow to read, the frame goes; where that is not enough, each row becomes lines
/// of its own.
/// </summary>
internal sealed class TextTable(params string[] headings)
{
    /// <summary>Columns that a name needs at least to be read, where it is longer.</summary>
    private const int FewestForNames = 24;

    /// <summary>Columns that sentences need at least.</summary>
    private const int FewestForSentences = 36;
    private const int LengthOfSentences = 120;

    /// <summary>Columns between two columns without a frame.</summary>
    private const int GapColumns = 2;

    private readonly List<(string[] Cells, Style? Style)> _rows = [];

    /// <summary>Rows shown of a framed table, and of one whose rows are lines of their own; the rest is counted.</summary>
    public (int Framed, int Stacked) MostRows { get; init; } = (int.MaxValue, int.MaxValue);

    public void Add(params string[] cells) => _rows.Add((cells, null));

    public void AddStyled(Style style, params string[] cells) => _rows.Add((cells, style));

    public void WriteTo(TextCanvas canvas)
    {
        int[] columns = TableColumns.ThatTell(headings.Length, i => _rows.Select(row => row.Cells[i]));
        bool[] isRight = [.. columns.Select(i => headings[i].StartsWith('>'))];
        string[] names = [.. columns.Select(i => canvas.Shown(headings[i].TrimStart('>')))];
        List<(string[] Cells, Style? Style)> rows =
            [.. _rows.Take(MostRows.Framed).Select(row => (columns.Select(i => canvas.Shown(row.Cells[i])).ToArray(), row.Style))];
        int count = columns.Length;
        if (Widths(canvas.Columns - 3 * count - 1, isRight, names, rows) is { } framed)
            WriteTable(canvas, isRight, names, rows, framed, canvas.IsUnicode ? TableBorder.Rounded : TableBorder.Ascii2);
        else if (Widths(canvas.Columns - GapColumns * (count - 1), isRight, names, rows) is { } bare)
            WriteTable(canvas, isRight, names, rows, bare, TableBorder.None);
        else
            StackedRows.Write(canvas, isRight, names, rows = [.. rows.Take(MostRows.Stacked)]);
        WriteRest(canvas, rows.Count);
    }

    private void WriteRest(TextCanvas canvas, int shown)
    {
        if (_rows.Count > shown)
            canvas.Line($"… and {Amounts.Count(_rows.Count - shown)} more; --json has all of them.");
    }

    /// <summary>Columns of each column, at most so many in all; null where they do not fit.</summary>
    private static int[]? Widths(int most, bool[] isRight, string[] names, List<(string[] Cells, Style? Style)> rows)
    {
        int count = names.Length;
        var widths = new int[count];
        var fewest = new int[count];
        for (int i = 0; i < count; i++)
        {
            int widest = rows.Select(row => TextWrap.Width(row.Cells[i])).DefaultIfEmpty().Max();
            int word = names[i].Split(' ').Max(TextWrap.Width);
            widths[i] = Math.Max(widest, TextWrap.Width(names[i]));
            int enough = widest > LengthOfSentences ? FewestForSentences : FewestForNames;
            fewest[i] = Math.Max(word, isRight[i] ? widest : Math.Min(widest, enough));
        }

        if (fewest.Sum() > most)
            return null;

        // The widest of those that can shrink gives first; sums are small, so one column at a time will do.
        for (int excess = widths.Sum() - most; excess > 0; excess--)
        {
            int widestIndex = Enumerable.Range(0, count).Where(i => widths[i] > fewest[i]).MaxBy(i => widths[i]);
            widths[widestIndex]--;
        }

        return widths;
    }

    private static void WriteTable(
        TextCanvas canvas, bool[] isRight, string[] names, List<(string[] Cells, Style? Style)> rows, int[] widths, TableBorder border)
    {
        Table table = new() { Border = border, UseSafeBorder = true };
        for (int i = 0; i < names.Length; i++)
        {
            TableColumn column = new(Cell(names[i], widths[i], null))
            {
                Alignment = isRight[i] ? Justify.Right : Justify.Left,
                NoWrap = true,
                Width = widths[i],
            };
            if (border == TableBorder.None)
                column.Padding = new Padding(0, 0, i < names.Length - 1 ? GapColumns : 0, 0);
            table.AddColumn(column);
        }

        foreach ((string[] cells, Style? style) in rows)
            table.AddRow(cells.Select((cell, i) => Cell(cell, widths[i], style)));
        canvas.Write(table);
    }

    private static Text Cell(string text, int width, Style? style) => new(string.Join('\n', TextWrap.Lines(text, Math.Max(width, 2))), style);
}
