using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// The address space that the .NET GC reserves at start for all its regions (.NET 7 and later): by far the largest run of
/// neighbouring private mappings of which parts are accessible. Its records of the regions often lie beside it.
/// </summary>
internal static class DotNetReserve
{
    private const ulong LeastBytes = 128 << 20;

    public static bool IsLoaded(IEnumerable<MemoryMapping> mappings) =>
        mappings.Any(static one => one.FileName is "libcoreclr.so" or "libclrgc.so" or "libclrgcexp.so");

    /// <summary>Null when no run is as large as such a reserve.</summary>
    /// <param name="taken">What is known to be something else is no part of it.</param>
    public static MemoryClaim? Find(AddressSpace space, ClaimMap taken)
    {
        (ulong Start, ulong End) largest = default;
        (ulong Start, ulong End) run = default;
        bool isUsed = false;
        foreach (MemoryMapping mapping in space.Mappings)
        {
            bool isPart = (AddressSpace.IsPlain(mapping) || AddressSpace.IsReserve(mapping)) && mapping.Path.Length == 0;
            foreach ((ulong start, ulong end) in isPart ? Free(mapping, taken) : [])
            {
                if (start != run.End)
                    (run, isUsed) = ((start, start), false);
                run.End = end;
                isUsed |= mapping.IsWritable;
                if (isUsed && run.End - run.Start > largest.End - largest.Start)
                    largest = run;
            }
        }

        return largest.End - largest.Start < LeastBytes
            ? null
            : new MemoryClaim(largest.Start, largest.End, PartKind.GcHeap, Certainty.Likely, "the largest reserve of a .NET process");
    }

    private static IEnumerable<(ulong Start, ulong End)> Free(MemoryMapping mapping, ClaimMap taken)
    {
        ulong at = mapping.Start;
        foreach (MemoryClaim claim in taken.Overlapping(mapping.Start, mapping.End))
        {
            if (claim.Start > at)
                yield return (at, claim.Start);
            at = Math.Max(at, claim.End);
        }

        if (at < mapping.End)
            yield return (at, mapping.End);
    }
}
