using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Allocators;

/// <summary>
/// Names the allocators a process has loaded as libraries. One that is linked into the program has no name to be seen.
/// </summary>
public static class LoadedAllocators
{
    public const string Glibc = "glibc";
    public const string Musl = "musl";

    /// <summary>Start of a file name, and whose it is.</summary>
    private static readonly (string Start, string Name)[] Names =
    [
        ("ld-musl-", Musl),
        ("libc.musl-", Musl),
        ("libc.so", Glibc),
        ("libc-2.", Glibc),
        ("libhoard", "Hoard"),
        ("libjemalloc", "jemalloc"),
        ("libmimalloc", "mimalloc"),
        ("libsnmalloc", "snmalloc"),
        ("libtcmalloc", "tcmalloc"),
    ];

    /// <summary>In the order of their names; one that replaces glibc's does so although glibc is there as well.</summary>
    public static IReadOnlyList<NamedAllocator> In(IReadOnlyList<MemoryMapping> mappings)
    {
        List<NamedAllocator> named = [];
        foreach (string file in mappings.Where(mapping => mapping.Inode != 0).Select(mapping => mapping.FileName).Distinct(StringComparer.Ordinal))
        {
            string? name = Names.FirstOrDefault(each => file.StartsWith(each.Start, StringComparison.Ordinal)).Name;
            if (name is not null)
                named.Add(new NamedAllocator(name, file));
        }

        // musl has its C library in the loader's file; a program of its own may still be called libc.so there.
        bool isMusl = named.Any(each => each.Name is Musl);
        return [.. named.Where(each => !(isMusl && each.Name is Glibc)).OrderBy(each => each.Name, StringComparer.Ordinal)];
    }
}
