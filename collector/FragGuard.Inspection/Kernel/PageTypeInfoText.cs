using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>Reads /proc/pagetypeinfo (kernel documentation, filesystems/proc). A count the kernel capped reads ">100000".</summary>
public static class PageTypeInfoText
{
    internal const string OrderKey = "Page block order:";

    private const int MostRows = 1 << 15;
    private const int MostOrders = 16;
    private const string BlocksKey = "Number of blocks type";
    private const string CountsKey = "Free pages count per migrate type at order";

    /// <exception cref="FormatException">A line is not one of /proc/pagetypeinfo.</exception>
    public static PageTypeInfo Read(IEnumerable<string> lines)
    {
        int order = -1;
        List<FreeBlocksOfType> free = [];
        List<PageBlocksOfType> blocks = [];
        string[] types = [];
        foreach (string line in lines)
        {
            if (free.Count + blocks.Count > MostRows)
                throw new FormatException($"More than {MostRows} zones and migrate types.");
            if (line.StartsWith(OrderKey, StringComparison.Ordinal))
                order = (int)KernelNumber.Parse(line[OrderKey.Length..].Trim(), MostOrders);
            else if (line.StartsWith(BlocksKey, StringComparison.Ordinal))
                types = KernelWords.Of(line[BlocksKey.Length..]);
            else if (line.StartsWith("Node", StringComparison.Ordinal))
                AddRow(line, types, free, blocks);
            else if (!IsKnown(line))
                throw new FormatException($"Not a line of pagetypeinfo: {KernelWords.Cut(line)}");
        }

        return new PageTypeInfo(order, free, blocks);
    }

    private static bool IsKnown(string line) => line.Length == 0
        || line.StartsWith("Pages per block:", StringComparison.Ordinal)
        || line.StartsWith(CountsKey, StringComparison.Ordinal)
        || line.StartsWith("Number of mixed blocks", StringComparison.Ordinal);

    /// <summary>"Node 0, zone Normal, type Movable 1 2 3", or without a type the page blocks of all types.</summary>
    private static void AddRow(string line, string[] types, List<FreeBlocksOfType> free, List<PageBlocksOfType> blocks)
    {
        string[] words = line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || !string.Equals(words[2], "zone", StringComparison.Ordinal) || !KernelWords.IsName(words[3]))
            throw new FormatException($"Not a line of a zone: {KernelWords.Cut(line)}");
        int node = (int)KernelNumber.Parse(words[1], int.MaxValue);
        if (words.Length > 5 && string.Equals(words[4], "type", StringComparison.Ordinal) && KernelWords.IsName(words[5]))
        {
            string[] counts = words[6..];
            if (counts.Length > MostOrders)
                throw new FormatException($"More than {MostOrders} orders: {KernelWords.Cut(line)}");
            free.Add(new FreeBlocksOfType(
                node, words[3], words[5], [.. counts.Select(Blocks)], counts.Any(count => count[0] == '>')));
            return;
        }

        string[] numbers = words[4..];
        if (numbers.Length != types.Length)
            throw new FormatException($"Not as many numbers as migrate types: {KernelWords.Cut(line)}");
        blocks.AddRange(numbers.Zip(types, (number, type) => new PageBlocksOfType(
            node, words[3], KernelWords.IsName(type) ? type : "?", KernelNumber.Parse(number, 1L << 40))));
    }

    private static long Blocks(string word, int order) => KernelNumber.Parse(word.TrimStart('>'), 1L << (44 - order));
}
