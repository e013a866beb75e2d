using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// Reads <c>/proc/pid/maps</c> and the head lines of <c>/proc/pid/smaps</c> (proc_pid_maps(5)). A line ends with a line feed, which is the
/// one character of a name that the kernel escapes there; all others that end lines elsewhere may stand in a name.
/// </summary>
public static class MemoryMappings
{
    /// <summary>All mappings in address order; lines of another form are left out.</summary>
    public static IReadOnlyList<MemoryMapping> Parse(string text)
    {
        List<MemoryMapping> mappings = [];
        foreach (Range line in text.AsSpan().Split('\n'))
        {
            if (TryParse(text.AsSpan(line)) is { } mapping)
                mappings.Add(mapping);
        }

        return mappings;
    }

    /// <summary>Null when the line is none of a mapping.</summary>
    internal static MemoryMapping? TryParse(ReadOnlySpan<char> line)
    {
        Span<Range> fields = stackalloc Range[6];
        int count = SplitFields(line, fields);
        if (count < 5)
            return null;

        ReadOnlySpan<char> range = line[fields[0]];
        int dash = range.IndexOf('-');
        ReadOnlySpan<char> permissions = line[fields[1]];
        if (dash < 0 || permissions.Length != 4
            || !TryHex(range[..dash], out ulong start) || !TryHex(range[(dash + 1)..], out ulong end) || end <= start
            || !TryHex(line[fields[2]], out ulong offset)
            || !ulong.TryParse(line[fields[4]], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
        {
            return null;
        }

        string path = count == 6 ? line[fields[5]].ToString() : "";
        return new MemoryMapping(start, end, permissions.ToString(), offset, inode, path);
    }

    /// <summary>Five fields without spaces, and the rest of the line, which may have some.</summary>
    private static int SplitFields(ReadOnlySpan<char> line, Span<Range> fields)
    {
        int count = 0;
        int at = 0;
        while (count < fields.Length)
        {
            while (at < line.Length && line[at] == ' ')
                at++;
            if (at == line.Length)
                break;
            int length = count == fields.Length - 1 ? -1 : line[at..].IndexOf(' ');
            int end = length < 0 ? line.Length : at + length;
            fields[count++] = at..end;
            at = end;
        }

        return count;
    }

    private static bool TryHex(ReadOnlySpan<char> text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
