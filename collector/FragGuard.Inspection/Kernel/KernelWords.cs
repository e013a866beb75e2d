using System;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>Lines of the kernel's texts as words between blanks.</summary>
internal static class KernelWords
{
    private const int LongestShown = 60;

    public static string[] Of(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A text of a foreign file, short enough for one line.</summary>
    public static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestShown && text.All(letter => letter is > ' ' and < '\u007f');
}
