using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Allocators;

namespace FragGuard.FragTrace.Reports;

/// <summary>The sentences of the arenas' page.</summary>
internal static class ArenaWords
{
    public static string Title(ArenaReport report)
    {
        string others = Others(report);
        if (others.Length > 0)
            return $"The process uses {others}, not glibc's malloc; its mappings hold {PrivateResident(report)} in memory.";
        if (report.Resident is not { } resident)
        {
            return report.Allocators.Any(each => each.Name is LoadedAllocators.Musl)
                ? $"The process uses musl's malloc, which has no arenas; its mappings hold {PrivateResident(report)} in memory."
                : $"No arenas of glibc's malloc; an allocator linked into the program cannot be named. Its mappings hold {PrivateResident(report)} in memory.";
        }

        return $"{Amounts.Bytes(resident.FreeBytes)} of {Amounts.Bytes(resident.ResidentBytes)} in malloc's heaps are free: "
            + $"{Amounts.Bytes(resident.TrappedBytes)} trapped by fragmentation, {Amounts.Bytes(resident.UnreleasedBytes)} merely not given back.";
    }

    public static IEnumerable<string> Facts(ArenaReport report)
    {
        yield return FormattableString.Invariant($"Process {report.Target.ProcessId} ({report.Target.Name}): {report.Target.Program}");
        string loaded = string.Join(", ", report.Allocators.Select(each => $"{each.Name} ({each.File})"));
        yield return "Allocators loaded: " + (loaded.Length > 0 ? loaded : "none by name; one may be linked into the program");
        if (report.Totals is { } totals)
        {
            int heaps = report.Arenas.Sum(arena => arena.Heaps.Count);
            string limit = report.Prediction?.ArenaMax is > 0 and { } most ? $" of at most {Amounts.Count(most)}" : "";
            yield return $"{Counted(report.Arenas.Count, "arena")}{limit} with {Counted(heaps, "heap")}, {Amounts.Bytes(totals.SystemBytes)} from the system; "
                + $"glibc {report.Quality.Versions} by the form of its records";
        }

        if (Others(report).Length > 0 && report.Totals is not null)
            yield return "glibc's arenas below serve only what was allocated before the other allocator, or past it.";
    }

    /// <summary>Arenas have no names: the main one, and the others by their place in the ring.</summary>
    public static string Name(int index, bool isMain) => isMain ? "main" : index.ToString(CultureInfo.InvariantCulture);

    public static string Address(long address) => "0x" + address.ToString("x", CultureInfo.InvariantCulture);

    private static string Others(ArenaReport report) => string.Join(" and ", report.Allocators
        .Where(each => each.Name is not (LoadedAllocators.Glibc or LoadedAllocators.Musl)).Select(each => each.Name).Distinct(StringComparer.Ordinal));

    private static string PrivateResident(ArenaReport report) => report.Private is { } memory
        ? Amounts.Bytes(memory.BreakResidentBytes + memory.MappedResidentBytes)
        : "an unknown amount";

    private static string Counted(int count, string noun) => $"{Amounts.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
