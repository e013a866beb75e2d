using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Breakdown;

/// <summary>Claims that do not overlap, by address. What is claimed first stays; a later claim gets what is left of its range.</summary>
internal sealed class ClaimMap
{
    /// <summary>A hostile process may look like very many things; behind this many, claims are ignored.</summary>
    private const int MostClaims = 1 << 20;

    private readonly SortedSet<MemoryClaim> _claims = new(Comparer<MemoryClaim>.Create(static (a, b) => a.Start.CompareTo(b.Start)));

    public void Add(IEnumerable<MemoryClaim> claims)
    {
        foreach (MemoryClaim claim in claims)
            Add(claim);
    }

    public void Add(MemoryClaim claim)
    {
        if (claim.End <= claim.Start)
            return;
        ulong at = claim.Start;
        List<MemoryClaim> free = [];
        foreach (MemoryClaim taken in Overlapping(claim.Start, claim.End))
        {
            if (taken.Start > at)
                free.Add(claim with { Start = at, End = taken.Start });
            at = Math.Max(at, taken.End);
        }

        if (at < claim.End)
            free.Add(claim with { Start = at });
        foreach (MemoryClaim one in free)
        {
            if (_claims.Count < MostClaims)
                _claims.Add(one);
        }
    }

    public bool Holds(ulong address) => Overlapping(address, address + 1).Count > 0;

    /// <summary>Those that overlap [start, end), in order.</summary>
    public List<MemoryClaim> Overlapping(ulong start, ulong end)
    {
        List<MemoryClaim> found = [];
        if (_claims.Count == 0 || end <= start)
            return found;
        if (_claims.Min is { } first && first.Start < start)
        {
            // The last that starts at or before the range may reach into it; there is one, so Max is not null.
            MemoryClaim before = _claims.GetViewBetween(first, Key(start)).Max!;
            if (before.Start < start && before.End > start)
                found.Add(before);
        }

        foreach (MemoryClaim claim in _claims.GetViewBetween(Key(start), Key(end - 1)))
            found.Add(claim);
        return found;
    }

    private static MemoryClaim Key(ulong address) => new(address, address, PartKind.Anonymous, Certainty.Estimated, "");
}
