using System;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Memory that a process shares and may write to, whatever is behind it: unnamed (<c>/dev/zero (deleted)</c>), System V,
/// memfd or a file. Neighbouring mappings of one object count as one.
/// </summary>
/// <param name="End">Address behind it.</param>
/// <param name="FirstEnd">Address behind its first mapping.</param>
/// <param name="Inode">Number of the object behind it, by which two processes know that they share it.</param>
/// <param name="Offset">Offset of <paramref name="Start"/> in that object, in bytes.</param>
/// <param name="IsUnnamed">The object is memory and nothing else: no file and no device.</param>
internal readonly record struct SharedMemory(ulong Start, ulong End, ulong FirstEnd, ulong Inode, ulong Offset, bool IsUnnamed)
{
    private const string Deleted = " (deleted)";

    public static IReadOnlyList<SharedMemory> Of(IReadOnlyList<MemoryMapping> mappings)
    {
        List<SharedMemory> shared = [];
        MemoryMapping? before = null;
        foreach (MemoryMapping mapping in mappings)
        {
            if (!mapping.IsShared || !mapping.IsReadable || !mapping.IsWritable)
                continue;
            bool goesOn = before is not null && before.End == mapping.Start && before.Inode == mapping.Inode
                && before.Offset + before.Bytes == mapping.Offset;
            if (goesOn)
                shared[^1] = shared[^1] with { End = mapping.End };
            else
                shared.Add(new SharedMemory(mapping.Start, mapping.End, mapping.End, mapping.Inode, mapping.Offset, IsMemory(mapping.Path)));
            before = mapping;
        }

        return shared;
    }

    private static bool IsMemory(string path) => path is "/dev/zero" + Deleted
        || (path.EndsWith(Deleted, StringComparison.Ordinal)
            && (path.StartsWith("/memfd:", StringComparison.Ordinal) || path.StartsWith("/SYSV", StringComparison.Ordinal)));
}
