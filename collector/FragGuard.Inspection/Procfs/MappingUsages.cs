using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// Reads <c>/proc/pid/smaps</c> line by line: the file of a process with many mappings is large. The kernel writes some
/// mappings at a time, so the whole is of one moment only while the process stands still.
/// </summary>
public static class MappingUsages
{
    private const long Kilobyte = 1024;

    /// <summary>More than any machine has; a sum of some such amounts is still a number.</summary>
    private const long MostBytes = 1L << 53;

    /// <summary>The kernel allows 65,530 unless told otherwise; behind this many nothing more is read.</summary>
    private const int MostMappings = 1 << 20;

    /// <summary>Null when the file of the process cannot be read, as after its end.</summary>
    public static IReadOnlyList<MappingUsage>? TryRead(int processId)
    {
        try
        {
            using StreamReader text = new(FormattableString.Invariant($"/proc/{processId}/smaps"));
            return Parse(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All mappings in address order; lines of another form are left out.</summary>
    public static IReadOnlyList<MappingUsage> Parse(TextReader text)
    {
        List<MappingUsage> usages = [];
        foreach (string line in FedLines.Of(text))
        {
            if (IsAmount(line))
            {
                if (usages.Count > 0)
                    usages[^1] = With(usages[^1], line);
            }
            else if (MemoryMappings.TryParse(line) is { } mapping)
            {
                if (usages.Count == MostMappings)
                    break;
                usages.Add(new MappingUsage(mapping, 0));
            }
        }

        return usages;
    }

    // Amounts start with an upper-case letter, the head line of a mapping with a hexadecimal digit in lower case.
    private static bool IsAmount(string line) => line.Length > 0 && char.IsAsciiLetterUpper(line[0]);

    private static MappingUsage With(MappingUsage usage, ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon < 0 || !line.EndsWith(" kB", StringComparison.Ordinal)
            || !long.TryParse(line[(colon + 1)..^3], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out long kilobytes)
            || kilobytes > MostBytes / Kilobyte)
        {
            return usage;
        }

        long bytes = kilobytes * Kilobyte;
        return line[..colon] switch
        {
            "Rss" => usage with { ResidentBytes = bytes },
            "Pss" => usage with { ProportionalBytes = bytes },
            "Anonymous" => usage with { AnonymousBytes = bytes },
            "Private_Clean" or "Private_Dirty" => usage with { PrivateBytes = Sum(usage.PrivateBytes, bytes) },
            "LazyFree" => usage with { LazyFreeBytes = bytes },
            "AnonHugePages" => usage with { HugePageBytes = bytes },
            "Swap" => usage with { SwappedBytes = bytes },
            "Shared_Hugetlb" or "Private_Hugetlb" => usage with { HugeTlbBytes = Sum(usage.HugeTlbBytes, bytes) },
            _ => usage,
        };
    }

    private static long Sum(long bytes, long more) => Math.Min(MostBytes, bytes + more);
}
