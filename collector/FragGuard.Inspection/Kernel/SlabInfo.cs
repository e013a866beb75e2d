using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>Reads /proc/slabinfo, version 2.0 and 2.1 (slabinfo(5)).</summary>
public static class SlabInfo
{
    private const int MostCaches = 1 << 14;
    private const int WordsBeforeTunables = 6;
    private const long MostObjects = 1L << 32;
    private const long MostObjectBytes = 1L << 22;
    private const long MostSlabPages = 1L << 10;

    /// <summary>Of all caches: <see cref="KernelNumber.Most"/> bytes in the largest pages.</summary>
    private const long MostPages = KernelNumber.Most / PageSize.Largest;

    /// <exception cref="FormatException">A line is not one of /proc/slabinfo, or all have more pages than any machine.</exception>
    public static IReadOnlyList<SlabCache> Read(IEnumerable<string> lines)
    {
        List<SlabCache> caches = [];
        long pages = 0;
        foreach (string line in lines)
        {
            if (line.Length == 0 || line[0] == '#' || IsHeading(line))
                continue;
            if (caches.Count == MostCaches)
                throw new FormatException($"More than {MostCaches} slab caches.");
            SlabCache cache = ReadLine(line);
            pages += cache.Pages;
            if (pages > MostPages)
                throw new FormatException($"More pages than any machine has: {KernelWords.Cut(line)}");
            caches.Add(cache);
        }

        return caches;
    }

    internal static bool IsHeading(string line) => line.StartsWith("slabinfo - version: ", StringComparison.Ordinal);

    internal static bool IsLine(string line) => line.Contains(" : tunables ", StringComparison.Ordinal);

    private static SlabCache ReadLine(string line)
    {
        string[] words = KernelWords.Of(line);
        int slabs = Array.IndexOf(words, "slabdata");
        if (words.Length < WordsBeforeTunables || !KernelWords.IsName(words[0]) || slabs < WordsBeforeTunables || slabs + 2 >= words.Length)
            throw new FormatException($"Not a line of a slab cache: {KernelWords.Cut(line)}");
        long[] numbers = [.. words[1..WordsBeforeTunables].Select((word, field) => KernelNumber.Parse(word, MostOf(field)))];
        return new SlabCache(
            words[0], numbers[0], numbers[1], numbers[2], numbers[3], numbers[4],
            KernelNumber.Parse(words[slabs + 1], MostObjects), KernelNumber.Parse(words[slabs + 2], MostObjects));
    }

    private static long MostOf(int field) => field switch
    {
        2 => MostObjectBytes,
        4 => MostSlabPages,
        _ => MostObjects,
    };
}
