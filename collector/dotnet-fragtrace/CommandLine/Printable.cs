using System.Globalization;
using System.Text;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>Text from a trace made fit for a terminal: names there are hostile until shown otherwise.</summary>
public static class Printable
{
    /// <summary>The text with every character that moves the cursor, turns the line or is no character replaced by �.</summary>
    public static string Line(string text)
    {
        StringBuilder? line = null;
        int taken = 0;
        int length;
        for (int i = 0; i < text.Length; i += length)
        {
            length = char.IsSurrogatePair(text, i) ? 2 : 1;
            if (IsPrintable(char.GetUnicodeCategory(text, i)))
                continue;
            line ??= new StringBuilder(text.Length);
            line.Append(text, taken, i - taken).Append('\uFFFD');
            taken = i + length;
        }

        return line?.Append(text, taken, text.Length - taken).ToString() ?? text;
    }

    // A surrogate is the category of half a pair.
    private static bool IsPrintable(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate);
}
