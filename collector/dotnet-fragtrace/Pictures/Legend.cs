using System.Collections.Generic;

namespace FragGuard.FragTrace.Pictures;

/// <summary>What the inks of a picture mean: keys with their labels, in as many lines as they need.</summary>
internal static class Legend
{
    private const double LineHeight = 18;
    private const double KeySize = 11;
    private const double LetterWidth = 6.4;

    /// <summary>Adds the keys from (x, y) on, at most <paramref name="width"/> wide, and returns the height they take.</summary>
    public static double Draw(List<PictureShape> shapes, IReadOnlyList<(Ink Ink, string Label)> keys, double x, double y, double width)
    {
        double atX = x;
        double atY = y;
        foreach ((Ink ink, string label) in keys)
        {
            double needed = KeySize + 6 + label.Length * LetterWidth + 14;
            if (atX > x && atX + needed > x + width)
            {
                atX = x;
                atY += LineHeight;
            }

            // A frame, so that what is white shows on white paper.
            shapes.Add(new PictureBox(atX - 1, atY - 1, KeySize + 2, KeySize + 2, Ink.Grid));
            shapes.Add(new PictureBox(atX, atY, KeySize, KeySize, ink));
            shapes.Add(new PictureText(atX + KeySize + 6, atY + 10, label, Ink: Ink.FaintText));
            atX += needed;
        }

        return keys.Count == 0 ? 0 : atY - y + LineHeight + 6;
    }
}
