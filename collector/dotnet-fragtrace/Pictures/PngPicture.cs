using System;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Pictures;

/// <summary>A picture as a PNG image on white paper.</summary>
internal static class PngPicture
{
    /// <summary>Two pixels a unit, for dense screens and print.</summary>
    private const double FineScale = 2;

    private const long MostPixels = 100_000_000;

    private static readonly int[] Colours = [.. Palette.Inks.Select(Palette.Light)];

    /// <exception cref="FragTraceException">The picture has more than a hundred million pixels.</exception>
    public static void Write(Picture picture, Stream output)
    {
        double scale = Area(picture, FineScale) <= MostPixels ? FineScale : 1;
        if (Area(picture, scale) > MostPixels)
            throw new FragTraceException("The picture is too large for an image; ask for html or svg.", ExitCode.Arguments);
        Raster raster = new((int)Math.Ceiling(picture.Width * scale), (int)Math.Ceiling(picture.Height * scale), scale);
        foreach (PictureShape shape in picture.Shapes)
            raster.Draw(shape);
        PngFile.Write(raster.Width, raster.Height, raster.Pixels, Colours, output);
    }

    /// <summary>Cells as an image of one pixel each, as a data URI.</summary>
    public static string DataUri(PictureCells cells)
    {
        int rows = (cells.Cells.Count + cells.Columns - 1) / cells.Columns;
        byte[] pixels = new byte[cells.Columns * rows];
        for (int i = 0; i < cells.Cells.Count; i++)
            pixels[i] = (byte)cells.Cells[i];
        using MemoryStream image = new();
        PngFile.Write(cells.Columns, rows, pixels, Colours, image);
        return "data:image/png;base64," + Convert.ToBase64String(image.GetBuffer(), 0, (int)image.Length);
    }

    private static double Area(Picture picture, double scale) =>
        Math.Ceiling(picture.Width * scale) * Math.Ceiling(picture.Height * scale);
}
