using System.Linq;

namespace FragGuard.FragTrace.Commands;

/// <summary>What a program that failed said last.</summary>
internal static class LastWords
{
    private const int MostCharacters = 200;

    /// <summary>The last line that is not indented, as the frames of a stack trace are; null when there is none.</summary>
    public static string? Of(string output)
    {
        string? line = output.Split('\n').Select(one => one.TrimEnd())
            .LastOrDefault(one => one.Length > 0 && !char.IsWhiteSpace(one[0]));
        return line is { Length: > MostCharacters } ? line[..MostCharacters] + "…" : line;
    }
}
