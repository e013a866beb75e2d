using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>What the regions that a GC listed say of the address space.</summary>
public static class GcClaims
{
    private const string ByRange = "the regions the runtime listed at its last GC";
    private const string ByRest = "the rest of regions the runtime listed at its last GC";

    /// <summary>
    /// The used part of each region is its generation's, page by page; the rest is committed for later at most. Programs go
    /// on allocating in generation 0, so its regions count whole.
    /// </summary>
    public static IReadOnlyList<MemoryClaim> Of(IEnumerable<GcRange> ranges)
    {
        List<MemoryClaim> claims = [];
        foreach (GcRange range in ranges.Where(static one => one.Start < one.End && one.UsedEnd <= one.End))
        {
            ulong used = range.Kind == PartKind.GcGen0 ? range.End : Math.Min(range.End, PageUp(range.UsedEnd));
            claims.Add(new MemoryClaim(PageDown(range.Start), used, range.Kind, Certainty.Certain, ByRange));
            claims.Add(new MemoryClaim(used, PageUp(range.End), PartKind.GcUnused, Certainty.Certain, ByRest));
        }

        return claims;
    }

    private static ulong PageDown(ulong address) => address / ResidentPages.PageBytes * ResidentPages.PageBytes;

    private static ulong PageUp(ulong address) => address > ulong.MaxValue - ResidentPages.PageBytes
        ? PageDown(address)
        : PageDown(address + ResidentPages.PageBytes - 1);
}
