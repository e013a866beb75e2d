using System;
using System.Globalization;
using System.Linq;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>Lines of kernel files that begin with "Node 0, zone   Normal", followed by words.</summary>
internal static class ZoneLine
{
    /// <summary>More pages than a machine can address: 2^56 bytes in pages of 4 KiB.</summary>
    internal const long MostPages = 1L << 44;

    private static readonly char[] Blanks = [' ', '\t', ','];

    /// <exception cref="FormatException">The line begins otherwise.</exception>
    public static (int Node, string Zone, string[] Words) Split(string line)
    {
        string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4
            || !string.Equals(words[0], "Node", StringComparison.Ordinal)
            || !string.Equals(words[2], "zone", StringComparison.Ordinal))
        {
            throw new FormatException($"Not a line of a zone: {Cut(line)}");
        }

        return int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int node)
            ? (node, words[3], words.Skip(4).ToArray())
            : throw new FormatException($"Not a number of a node: {Cut(words[1])}");
    }

    /// <summary>Number of blocks of an order.</summary>
    /// <exception cref="FormatException">No number, or more than fit into any machine.</exception>
    public static long Blocks(string word, int order) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long blocks) && blocks <= MostPages >> order
            ? blocks
            : throw new FormatException($"Not a number of blocks: {Cut(word)}");

    private static string Cut(string text) => text.Length <= 60 ? text : text.Substring(0, 60) + "…";
}
