using System.Collections.Generic;
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
        MappingUsages.TryRead(process.ProcessId) is { Count: > 0 } usages ? Sum(usages) : null;

    internal static PrivateMemory Sum(IEnumerable<MappingUsage> usages)
    {
        PrivateMemory sum = new(0, 0, 0, 0, 0, 0);
        foreach (MappingUsage usage in usages)
        {
            long bytes = (long)usage.Mapping.Bytes;
            bool isBreak = usage.Mapping.Path is "[heap]";
            if (isBreak)
            {
                sum = sum with
                {
                    BreakBytes = sum.BreakBytes + bytes, BreakResidentBytes = sum.BreakResidentBytes + usage.ResidentBytes,
                };
            }
            else if (usage.Mapping is { IsAnonymous: true, IsShared: false, IsWritable: true })
            {
                sum = sum with
                {
                    MappedBytes = sum.MappedBytes + bytes, MappedResidentBytes = sum.MappedResidentBytes + usage.ResidentBytes,
                };
            }
            else
            {
                continue;
            }

            sum = sum with
            {
                LazyFreeBytes = sum.LazyFreeBytes + usage.LazyFreeBytes, HugePageBytes = sum.HugePageBytes + usage.HugePageBytes,
            };
        }

        return sum;
    }
}
