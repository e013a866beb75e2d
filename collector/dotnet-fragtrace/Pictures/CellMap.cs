using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.Pictures;

/// <summary>A zone or heap as rows of cells from the lowest address to the highest, with the offsets at their left.</summary>
internal static class CellMap
{
    public const int Columns = 128;

    private const double Left = 74;
    private const double Cell = 7;
    private const double CellHeight = 9;
    private const double SmallCellHeight = 4;

    /// <summary>From this many rows on they are drawn lower.</summary>
    private const int ManyRows = 160;

    /// <param name="title">What is shown.</param>
    /// <param name="cells">One ink for each cell, such as an OS page or a zone page.</param>
    /// <param name="tips">Runs of cells with their description, by first cell, in order.</param>
    /// <param name="keys">What the inks mean.</param>
    /// <param name="labelOf">The label of the row that starts with this cell, such as its offset in bytes.</param>
    public static Picture Draw(
        string title, IReadOnlyList<Ink> cells, IReadOnlyList<(int FirstCell, string Tip)> tips,
        IReadOnlyList<(Ink Ink, string Label)> keys, Func<int, string> labelOf)
    {
        const double Width = Left + Columns * Cell + 4;
        List<PictureShape> shapes = [];
        double top = 4 + Legend.Draw(shapes, keys, 4, 4, Width - 8);
        int rows = (cells.Count + Columns - 1) / Columns;
        double height = rows > ManyRows ? SmallCellHeight : CellHeight;
        int labelEvery = Math.Max(1, (int)Math.Ceiling(18 / height));
        for (int row = 0; row < rows; row += labelEvery)
            shapes.Add(new PictureText(Left - 6, top + row * height + 8, labelOf(row * Columns), TextAnchor.End, Ink: Ink.FaintText));
        CellFrame.Draw(shapes, Left, top, Cell, height, Columns, cells.Count);
        shapes.Add(new PictureCells(Left, top, Columns, Cell, height, cells, tips));
        return new Picture(title, Width, top + rows * height + 6, shapes);
    }
}
