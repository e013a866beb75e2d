using System;
using System.Globalization;
using System.Linq;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>Lines of kernel files that begin with "Node 0, zone   Normal", followed by words.</summary>
internal static class ZoneLine
{
    private static readonly char[] Blanks = [' ', '\t', ','];

    /// <exception cref="FormatException">The line begins otherwise.</exception>
    public static (int Node, string Zone, string[] Words) Split(string line)
    {
        string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4
            || !string.Equals(words[0], "Node", StringComparison.Ordinal)
            || !string.Equals(words[2], "zone", StringComparison.Ordinal))
        {
            throw new FormatException($"Not a line of a zone: {line}");
        }

        return (int.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture), words[3], words.Skip(4).ToArray());
    }
}
