using System.Collections.Generic;

namespace FragGuard.FragTrace.Pictures;

/// <summary>One thing in a picture.</summary>
internal abstract record PictureShape;

/// <summary>A filled rectangle.</summary>
/// <param name="Tip">What a reader sees who points at it; null when there is nothing to say.</param>
internal sealed record PictureBox(double X, double Y, double Width, double Height, Ink Ink, string? Tip = null) : PictureShape;

/// <summary>Connected straight lines.</summary>
internal sealed record PictureLine(IReadOnlyList<(double X, double Y)> Points, Ink Ink, double Thickness = 1.5) : PictureShape;

/// <summary>One line of text.</summary>
/// <param name="X">Its left edge, middle or right edge, as <paramref name="Anchor"/> says.</param>
/// <param name="Y">Its baseline.</param>
internal sealed record PictureText(double X, double Y, string Text, TextAnchor Anchor = TextAnchor.Start, double Size = 11, Ink Ink = Ink.Text) : PictureShape;

/// <summary>
/// Many equal cells, row by row: a memory map. A writer may draw it as one image, so that a hundred thousand pages stay small.
/// </summary>
/// <param name="Columns">Cells in a row; the last row may be shorter.</param>
/// <param name="CellWidth">Units of one cell, its gap included.</param>
/// <param name="Cells">One ink for each cell, from the lowest address to the highest.</param>
/// <param name="Tips">Runs of cells with their description, by first cell, in order; a run ends where the next one starts.</param>
internal sealed record PictureCells(
    double X, double Y, int Columns, double CellWidth, double CellHeight, IReadOnlyList<Ink> Cells,
    IReadOnlyList<(int FirstCell, string Tip)> Tips) : PictureShape;

/// <summary>Which end of a text its coordinate is.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
