using System;
using System.Globalization;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Allocators;

/// <summary>
/// What any allocator can have from the kernel: the program's break and unnamed private mappings, as the kernel counts them
/// (<c>/proc/pid/smaps</c>). Stacks of further threads and what a runtime maps are among them.
/// </summary>
/// <param name="BreakBytes">Length of <c>[heap]</c>.</param>
/// <param name="BreakResidentBytes">The part of it in memory.</param>
/// <param name="MappedBytes">Length of unnamed private writable mappings.</param>
/// <param name="MappedResidentBytes">The part of them in memory.</param>
/// <param name="LazyFreeBytes">In memory, but given up: the kernel takes it when it needs some (MADV_FREE).</param>
/// <param name="HugePageBytes">In memory as huge pages, of which a part cannot be given back alone without splitting them.</param>
public sealed record PrivateMemory(
    long BreakBytes, long BreakResidentBytes, long MappedBytes, long MappedResidentBytes, long LazyFreeBytes, long HugePageBytes)
{
    /// <summary>Null when the kernel does not tell.</summary>
    public static PrivateMemory? Of(InspectedProcess process) =>
        process.TryReadText("smaps") is { Length: > 0 } text ? Parse(text) : null;

    internal static PrivateMemory Parse(string text)
    {
        PrivateMemory sum = new(0, 0, 0, 0, 0, 0);
        bool isBreak = false;
        bool counts = false;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (MemoryMappings.TryParse(line) is { } mapping)
            {
                isBreak = mapping.Path is "[heap]";
                counts = isBreak || mapping is { IsAnonymous: true, IsShared: false, IsWritable: true };
                if (isBreak)
                    sum = sum with { BreakBytes = sum.BreakBytes + (long)mapping.Bytes };
                else if (counts)
                    sum = sum with { MappedBytes = sum.MappedBytes + (long)mapping.Bytes };
                continue;
            }

            if (!counts)
                continue;
            if (TryField(line, "Rss:", out long resident))
            {
                sum = isBreak
                    ? sum with { BreakResidentBytes = sum.BreakResidentBytes + resident }
                    : sum with { MappedResidentBytes = sum.MappedResidentBytes + resident };
            }
            else if (TryField(line, "LazyFree:", out long lazy))
            {
                sum = sum with { LazyFreeBytes = sum.LazyFreeBytes + lazy };
            }
            else if (TryField(line, "AnonHugePages:", out long huge))
            {
                sum = sum with { HugePageBytes = sum.HugePageBytes + huge };
            }
        }

        return sum;
    }

    private static bool TryField(ReadOnlySpan<char> line, string name, out long bytes)
    {
        bytes = 0;
        if (!line.StartsWith(name, StringComparison.Ordinal) || !line.EndsWith(" kB", StringComparison.Ordinal))
            return false;
        bool isNumber = long.TryParse(line[name.Length..^3].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes);
        bytes = Math.Clamp(kilobytes, 0, long.MaxValue / 1024) * 1024;
        return isNumber;
    }
}
