using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// The address space that the .NET GC reserves at start for all its regions (.NET 7 and later): by far the largest run of
/// neighbouring private mappings of which parts are accessible. Its records of the regions often lie just below it.
/// </summary>
public static class DotNetReserve
{
    private const ulong LeastBytes = 128 << 20;

    /// <summary>Whether a .NET runtime is in the process; one that is linked into the program is not seen.</summary>
    public static bool IsLoaded(IEnumerable<MemoryMapping> mappings) =>
        mappings.Any(static one => one.FileName is "libcoreclr.so" or "libclrgc.so" or "libclrgcexp.so");

    /// <summary>Empty when no run is as large as such a reserve.</summary>
    /// <param name="taken">What is known to be something else is no part of it; regions that are known divide it.</param>
    internal static IEnumerable<MemoryClaim> Find(AddressSpace space, ClaimMap taken)
    {
        (ulong start, ulong end) = Largest(space, taken);
        if (end - start < LeastBytes)
            yield break;
        if (taken.Overlapping(start, end).Find(static claim => IsRegion(claim)) is not { } first)
        {
            yield return new MemoryClaim(start, end, PartKind.GcHeap, Certainty.Likely, "the largest reserve of a .NET process");
            yield break;
        }

        yield return new MemoryClaim(start, first.Start, PartKind.GcRecords, Certainty.Likely, "memory just below the first region");
        yield return new MemoryClaim(first.Start, end, PartKind.GcUnused, Certainty.Likely, "memory between and behind the regions");
    }

    private static bool IsRegion(MemoryClaim claim) => claim.Kind is PartKind.GcGen0 or PartKind.GcGen1 or PartKind.GcGen2
        or PartKind.GcLargeObjects or PartKind.GcPinnedObjects or PartKind.GcUnused;

    private static (ulong Start, ulong End) Largest(AddressSpace space, ClaimMap taken)
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

        return largest;
    }

    private static IEnumerable<(ulong Start, ulong End)> Free(MemoryMapping mapping, ClaimMap taken)
    {
        ulong at = mapping.Start;
        foreach (MemoryClaim claim in taken.Overlapping(mapping.Start, mapping.End).Where(static claim => !IsRegion(claim)))
        {
            if (claim.Start > at)
                yield return (at, claim.Start);
            at = Math.Max(at, claim.End);
        }

        if (at < mapping.End)
            yield return (at, mapping.End);
    }
}
