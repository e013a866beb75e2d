using System.Collections.Generic;

namespace FragGuard.FragTrace.Pictures;

/// <summary>The ground under rows of cells: it frames them, and shows in the gaps between them.</summary>
internal static class CellFrame
{
    /// <summary>Adds it for <paramref name="count"/> cells whose first one is at (x, y); a last row that is shorter has a shorter frame.</summary>
    public static void Draw(List<PictureShape> shapes, double x, double y, double cellWidth, double cellHeight, int columns, int count)
    {
        int fullRows = count / columns;
        int rest = count - fullRows * columns;
        if (fullRows > 0)
            shapes.Add(new PictureBox(x - 1, y - 1, columns * cellWidth + 2, fullRows * cellHeight + 2, Ink.Grid));
        if (rest > 0)
            shapes.Add(new PictureBox(x - 1, y + fullRows * cellHeight - 1, rest * cellWidth + 2, cellHeight + 2, Ink.Grid));
    }
}
