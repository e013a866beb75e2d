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
        for (int i = 0; i < text.Length; i++)
        {
            if (IsPrintable(text, i))
                continue;
            line ??= new StringBuilder(text);
            line[i] = '\uFFFD';
        }

        return line?.ToString() ?? text;
    }

    private static bool IsPrintable(string text, int index) => char.GetUnicodeCategory(text, index) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Surrogate => index > 0 && char.IsSurrogatePair(text[index - 1], text[index]),
        _ => true,
    };
}
