using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>
/// Divides mappings among claims. The kernel merges neighbours of equal rights into one mapping, so a stack and an arena
/// may share one; which of its pages are in memory is then asked page by page, and the shares are made to add up to what
/// the kernel says of the whole mapping.
/// </summary>
internal sealed class MappingCutter(ClaimMap claims, Func<ulong, ulong, IReadOnlyList<PageResidence>> residenceOf)
{
    private const ulong PagesAtOnce = 1 << 14;

    /// <summary>256 GiB of 4 KiB pages; what lies behind them in an absurd address space counts as the rest of its mapping.</summary>
    private long _pagesLeft = 1 << 26;

    /// <summary>
    /// Bytes that page by page counting put elsewhere than the sums of mappings: pages of zeros that were only read, which are
    /// present and not counted as resident, and what changed in between.
    /// </summary>
    public long UncertainBytes { get; private set; }

    public IReadOnlyList<MemoryPiece> Cut(MappingUsage usage, MemoryClaim otherwise)
    {
        List<MemoryClaim> parts = PartsOf(otherwise);
        if (parts.Count == 1)
            return [new MemoryPiece(parts[0], Accessible(usage, parts[0]), usage.ResidentBytes, usage.SwappedBytes, usage.ProportionalBytes, usage.LazyFreeBytes)];

        long[] resident = new long[parts.Count];
        long[] swapped = new long[parts.Count];
        if (usage.ResidentBytes > 0 || usage.SwappedBytes > 0)
        {
            for (int i = 0; i < parts.Count; i++)
                (resident[i], swapped[i]) = CountPages(parts[i]);
        }

        int rest = parts.FindIndex(part => ReferenceEquals(part.How, otherwise.How));
        UncertainBytes += Fit(resident, usage.ResidentBytes, rest) + Fit(swapped, usage.SwappedBytes, rest);
        return Pieces(usage, parts, resident, swapped);
    }

    private static long Accessible(MappingUsage usage, MemoryClaim part) =>
        usage.Mapping is { IsReadable: false, IsWritable: false, IsExecutable: false } ? 0 : (long)part.Bytes;

    private List<MemoryClaim> PartsOf(MemoryClaim whole)
    {
        List<MemoryClaim> parts = [];
        ulong at = whole.Start;
        foreach (MemoryClaim claim in claims.Overlapping(whole.Start, whole.End))
        {
            ulong start = Math.Max(claim.Start, whole.Start);
            if (start > at)
                parts.Add(whole with { Start = at, End = start });
            at = Math.Min(claim.End, whole.End);
            parts.Add(claim with { Start = start, End = at });
        }

        if (at < whole.End)
            parts.Add(whole with { Start = at });
        return parts;
    }

    private (long Resident, long Swapped) CountPages(MemoryClaim part)
    {
        long pageBytes = (long)ResidentPages.PageBytes;
        long resident = 0;
        long swapped = 0;
        for (ulong at = part.Start; at < part.End && _pagesLeft > 0;)
        {
            ulong end = part.End - at > PagesAtOnce * (ulong)pageBytes ? at + (PagesAtOnce * (ulong)pageBytes) : part.End;
            IReadOnlyList<PageResidence> pages = residenceOf(at, end);
            _pagesLeft -= pages.Count;
            foreach (PageResidence page in pages)
            {
                resident += page == PageResidence.Resident ? pageBytes : 0;
                swapped += page == PageResidence.Swapped ? pageBytes : 0;
            }

            at = end;
        }

        return (resident, swapped);
    }

    /// <summary>Makes the amounts add up: takes from or gives to the rest of the mapping first. Returns the bytes moved.</summary>
    private static long Fit(long[] amounts, long sum, int rest)
    {
        long missing = sum - amounts.Sum();
        long moved = Math.Abs(missing);
        int[] order = [.. Enumerable.Range(0, amounts.Length).OrderByDescending(i => i == rest).ThenByDescending(i => amounts[i])];
        if (missing > 0)
            amounts[order[0]] += missing;
        for (int i = 0; i < order.Length && missing < 0; i++)
        {
            long taken = Math.Min(amounts[order[i]], -missing);
            amounts[order[i]] -= taken;
            missing += taken;
        }

        return moved;
    }

    /// <summary>
    /// Amounts the kernel tells of the whole mapping only are divided by resident bytes: what is up to the end of any piece is its share,
    /// rounded down, so that they add up and none is larger than what is resident.
    /// </summary>
    private static List<MemoryPiece> Pieces(MappingUsage usage, List<MemoryClaim> parts, long[] resident, long[] swapped)
    {
        List<MemoryPiece> pieces = [];
        long residentSoFar = 0;
        long proportionalSoFar = 0;
        long lazyFreeSoFar = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            residentSoFar += resident[i];
            long proportional = Portion.Of(usage.ProportionalBytes, residentSoFar, usage.ResidentBytes) - proportionalSoFar;
            long lazyFree = Portion.Of(usage.LazyFreeBytes, residentSoFar, usage.ResidentBytes) - lazyFreeSoFar;
            proportionalSoFar += proportional;
            lazyFreeSoFar += lazyFree;
            pieces.Add(new MemoryPiece(parts[i], Accessible(usage, parts[i]), resident[i], swapped[i], proportional, lazyFree));
        }

        return pieces;
    }
}
