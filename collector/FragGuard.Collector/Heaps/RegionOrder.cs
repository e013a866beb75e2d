using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Puts the regions that a GC listed into the order of their addresses.</summary>
internal sealed class RegionOrder
{
    private readonly List<GenerationExtent> _regions = [];

    /// <summary>Those that are possible and do not overlap: a list that says they do lies. Valid until the next call.</summary>
    public IReadOnlyList<GenerationExtent> Of(IReadOnlyList<GenerationExtent> listed)
    {
        _regions.Clear();
        foreach (GenerationExtent extent in listed)
        {
            if (extent.IsPossible)
                _regions.Add(extent);
        }

        CollectionsMarshal.AsSpan(_regions).Sort(Compare);
        int kept = 0;
        foreach (GenerationExtent extent in CollectionsMarshal.AsSpan(_regions))
        {
            if (kept > 0 && extent.Start < EndOf(_regions[kept - 1]))
                continue;
            if (kept > 0 && extent.Start == _regions[kept - 1].Start)
                kept--;
            _regions[kept++] = extent;
        }

        CollectionsMarshal.SetCount(_regions, kept);
        return _regions;
    }

    // One without a byte gives way to one that begins in the same place.
    private static int Compare(GenerationExtent left, GenerationExtent right) =>
        left.Start == right.Start ? EndOf(left).CompareTo(EndOf(right)) : left.Start.CompareTo(right.Start);

    private static ulong EndOf(GenerationExtent extent) => extent.Start + Math.Max(extent.UsedBytes, extent.ReservedBytes);
}
