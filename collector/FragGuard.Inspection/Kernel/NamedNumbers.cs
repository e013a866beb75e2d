using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>Reads texts that give one number for each name: /proc/meminfo in kilobytes, /proc/vmstat in events or pages.</summary>
public static class NamedNumbers
{
    /// <summary>So few that the sum of all is below 2^63.</summary>
    private const int MostNames = 1000;

    /// <summary>Of /proc/vmstat: events or pages.</summary>
    /// <exception cref="FormatException">A line is not of that form.</exception>
    public static IReadOnlyDictionary<string, long> Read(IEnumerable<string> lines) => Read(lines, KernelNumber.Most);

    /// <summary>Of /proc/meminfo: kilobytes, and a few plain counts.</summary>
    /// <exception cref="FormatException">A line is not of that form.</exception>
    public static IReadOnlyDictionary<string, long> ReadKilobytes(IEnumerable<string> lines) => Read(lines, KernelNumber.Most / 1024);

    private static ReadOnlyDictionary<string, long> Read(IEnumerable<string> lines, long most)
    {
        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            if (line.Length == 0)
                continue;
            if (numbers.Count == MostNames)
                throw new FormatException($"More than {MostNames} names.");
            if (!TrySplit(line, out string name, out string number))
                throw new FormatException($"Not a name and a number: {KernelWords.Cut(line)}");
            // A counter that is read while it is below zero shows as 2^64 less: not known, but no damage.
            if (KernelNumber.TryParse(number, out long value) && value <= most)
                numbers[name] = value;
            else if (!number.All(char.IsAsciiDigit) && number[0] != '-')
                throw new FormatException($"Not a number: {KernelWords.Cut(line)}");
        }

        return new ReadOnlyDictionary<string, long>(numbers);
    }

    internal static bool IsMemoryLine(string line) =>
        TrySplit(line, out _, out string number) && line.Contains(": ", StringComparison.Ordinal) && KernelNumber.TryParse(number, out _);

    internal static bool IsCounterLine(string line)
    {
        string[] words = KernelWords.Of(line);
        return words.Length == 2 && !words[0].EndsWith(':') && words[0].Contains('_', StringComparison.Ordinal)
            && KernelWords.IsName(words[0]) && KernelNumber.TryParse(words[1], out _);
    }

    private static bool TrySplit(string line, out string name, out string number)
    {
        string[] words = KernelWords.Of(line);
        bool isLine = words.Length is 2 or 3 && KernelWords.IsName(words[0])
            && (words.Length == 2 || string.Equals(words[2], "kB", StringComparison.Ordinal));
        (name, number) = isLine ? (words[0].TrimEnd(':'), words[1]) : ("", "");
        return isLine;
    }
}
