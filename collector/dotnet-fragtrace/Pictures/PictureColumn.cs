using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Pictures;

/// <summary>All pictures of a page one below the other, each under its heading: what a picture file holds.</summary>
internal static class PictureColumn
{
    private const double Margin = 20;

    /// <exception cref="FragTraceException">The page has no picture.</exception>
    public static Picture Of(ReportPage page)
    {
        PageSection[] drawn = [.. page.Sections.Where(section => section.Picture is not null)];
        if (drawn.Length == 0)
            throw new FragTraceException($"There is nothing to draw: {page.Title}", ExitCode.Session);
        double width = drawn.Max(section => section.Picture!.Width) + 2 * Margin;
        List<PictureShape> shapes = [new PictureText(Margin, 30, Printable.Line(page.Title), Size: 16)];
        double y = 46;
        foreach (string fact in page.Facts)
            shapes.Add(new PictureText(Margin, y += 16, Printable.Line(fact), Ink: Ink.FaintText));
        foreach (PageSection section in drawn)
        {
            y += 34;
            shapes.Add(new PictureText(Margin, y, Printable.Line(section.Heading), Size: 13));
            y += 10;
            foreach (PictureShape shape in section.Picture!.Shapes)
                shapes.Add(Moved(shape, Margin, y));
            y += section.Picture.Height;
        }

        return new Picture(page.Title, width, y + Margin, shapes);
    }

    private static PictureShape Moved(PictureShape shape, double right, double down) => shape switch
    {
        PictureBox box => box with { X = box.X + right, Y = box.Y + down },
        PictureText text => text with { X = text.X + right, Y = text.Y + down },
        PictureCells cells => cells with { X = cells.X + right, Y = cells.Y + down },
        PictureLine line => line with { Points = [.. line.Points.Select(point => (point.X + right, point.Y + down))] },
        _ => throw new NotSupportedException($"There is no place for a {shape.GetType().Name}."),
    };
}
