using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>Which allocators a process has, by the names of its libraries. One that is linked into the program is not seen.</summary>
internal static class Allocators
{
    private static readonly (string Library, string Name)[] Others =
    [
        ("libjemalloc", "jemalloc"), ("libtcmalloc", "tcmalloc"), ("libmimalloc", "mimalloc"), ("ld-musl", "musl"), ("libscudo", "scudo"),
    ];

    public static bool HasGlibc(IEnumerable<MemoryMapping> mappings) => mappings.Any(static one => one.IsExecutable
        && (one.FileName is "libc.so.6" || one.FileName.StartsWith("libc-2.", StringComparison.Ordinal)));

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<string> OthersOf(IEnumerable<MemoryMapping> mappings)
    {
        HashSet<string> files = [.. mappings.Where(static one => one.IsExecutable).Select(static one => one.FileName)];
        return
        [
            .. Others.Where(other => files.Any(file => file.StartsWith(other.Library, StringComparison.Ordinal)))
                .Select(static other => other.Name).Order(StringComparer.Ordinal),
        ];
    }
}
