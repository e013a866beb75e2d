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

    /// <summary>Units of one letter of the title and of a fact.</summary>
    private const double TitleLetter = 9;
    private const double FactLetter = 6;

    /// <exception cref="FragTraceException">The page has no picture.</exception>
    public static Picture Of(ReportPage page)
    {
        PageSection[] drawn = [.. page.Sections.Where(section => section.Picture is not null)];
        if (drawn.Length == 0)
            throw new FragTraceException($"There is nothing to draw: {page.Title}", ExitCode.Session);
        double width = drawn.Max(section => section.Picture!.Width) + 2 * Margin;
        List<PictureShape> shapes = [];
        double y = 8;
        foreach (string line in Lines(page.Title, (int)((width - 2 * Margin) / TitleLetter)))
            shapes.Add(new PictureText(Margin, y += 22, line, Size: 16));
        y += 6;
        foreach (string line in page.Facts.SelectMany(fact => Lines(fact, (int)((width - 2 * Margin) / FactLetter))))
            shapes.Add(new PictureText(Margin, y += 16, line, Ink: Ink.FaintText));
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

    /// <summary>The text in lines of at most so many letters, cut between words where it can be.</summary>
    private static IEnumerable<string> Lines(string text, int letters)
    {
        string rest = Printable.Line(text);
        while (rest.Length > letters)
        {
            int space = rest.LastIndexOf(' ', letters);
            int end = space > 0 ? space : letters;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }

        yield return rest;
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
