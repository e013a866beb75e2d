using System.Globalization;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Where the bytes of the heap were at its worst moment: rows of cells from the lowest address to the highest.</summary>
internal static class HeapMapSection
{
    private const int CellWidth = 8;
    private const int CellHeight = 11;
    private const int Left = 66;

    public static Markup Legend { get; } = new(
        """<p class="legend"><span><i class="key used"></i>used</span><span><i class="key q2"></i>partly used</span><span><i class="key free"></i>free</span><span><i class="key unknown"></i>unknown</span><span><i class="key released"></i>released</span><span><i class="key metadata"></i>allocator’s own</span><span><i class="key hole"></i>largest hole</span></p>""");

    public static void Write(HtmlOutput html, HeapMap? map)
    {
        if (map is null)
            return;
        HeapMapCells cells = HeapMapCells.From(map.Extents);
        if (cells.Cells.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>{map.Title} {(map.Measured ? Markup.Measured : Markup.Simulated)}</h2>
            <p class="lead">{Lead(map, cells)}</p>
            <div class="card">
            {Legend}

            """);
        WriteMap(html, cells);
        html.Write($"</div>\n</section>\n");
    }

    private static string Lead(HeapMap map, HeapMapCells cells)
    {
        string holes = cells.LargestHole is { } hole
            ? $"{Amounts.Count(cells.Holes)} holes; the largest has {Amounts.Bytes(hole.Bytes)}, "
                + "and nothing larger fits without growing the heap."
            : "No hole.";
        string moment = double.IsFinite(map.TimeMs) ? " at " + Amounts.Milliseconds(map.TimeMs) : "";
        return $"{Amounts.Bytes(map.Bytes)}{moment}, "
            + $"{Amounts.Bytes(cells.CellBytes)} in a cell. {holes}";
    }

    public static void WriteMap(HtmlOutput html, HeapMapCells map)
    {
        int width = Left + HeapMapCells.Columns * CellWidth;
        int height = map.Rows * CellHeight;
        html.Write($"""
            <div class="scroll"><svg class="map" viewBox="0 0 {width} {height}" role="img" aria-label="Map of the heap">

            """);
        int labelEvery = map.Rows > 12 ? 4 : 1;
        for (int row = 0; row < map.Rows; row++)
        {
            if (row % labelEvery == 0)
                WriteLabel(html, map, row);
            WriteRow(html, map, row);
        }

        html.Write($"</svg></div>\n");
    }

    private static void WriteLabel(HtmlOutput html, HeapMapCells map, int row)
    {
        double offset = (double)row * HeapMapCells.Columns * map.CellBytes;
        html.Write($"""
            <text class="tick" x="{Left - 8}" y="{row * CellHeight + 9}" text-anchor="end">{Amounts.Bytes(offset)}</text>

            """);
    }

    private static void WriteRow(HtmlOutput html, HeapMapCells map, int row)
    {
        int first = row * HeapMapCells.Columns;
        int end = System.Math.Min(first + HeapMapCells.Columns, map.Cells.Count);
        for (int start = first, next; start < end; start = next)
        {
            HeapMapCell cell = map.Cells[start];
            for (next = start + 1; next < end && IsSame(cell, map.Cells[next]); next++)
            {
            }

            bool isHole = cell.IsWhole && ReferenceEquals(cell.Main, map.LargestHole);
            html.Write($"""
                <rect class="{new Markup(cell.Class)}{new Markup(isHole ? " hole" : "")}" x="{Left + (start - first) * CellWidth}" y="{row * CellHeight}" width="{(next - start) * CellWidth - 1}" height="{CellHeight - 1}"><title>{Tip(cell)}</title></rect>

                """);
        }
    }

    private static bool IsSame(HeapMapCell left, HeapMapCell right) =>
        left.IsWhole && right.IsWhole && ReferenceEquals(left.Main, right.Main);

    private static string Tip(HeapMapCell cell)
    {
        if (cell.Main is not { } main)
            return "";
        string site = main.Site is { } name ? ", " + Short(name) : "";
        if (cell.IsWhole)
            return $"{Amounts.Bytes(main.Bytes)} {main.Use} at {Address(main.Start)}{site}";
        return $"{Amounts.Bytes(cell.UsedBytes)} used, {Amounts.Bytes(cell.FreeBytes)} free in "
            + $"{Amounts.Count(cell.Extents)} extents near {Address(main.Start)}{site}";
    }

    private static string Address(long start) => "0x" + start.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>A name stands in thousands of cells, so its start has to do.</summary>
    private static string Short(string name) => name.Length > 40 ? name[..40] + "…" : name;
}
