using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Puts the regions that a GC listed into the order of their addresses.</summary>
internal sealed class RegionOrder
{
    private readonly AddressOrder _order = new();
    private GenerationExtent[] _regions = [];

    /// <summary>Those that are possible and do not overlap: a list that says they do lies. Valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<GenerationExtent> Of(IReadOnlyList<GenerationExtent> listed)
    {
        _order.Clear(listed.Count);
        for (int i = 0; i < listed.Count; i++)
            _order.Add(listed[i].Start);
        _order.Sort();
        if (_regions.Length < listed.Count)
            _regions = new GenerationExtent[2 * listed.Count];
        int kept = 0;
        foreach (int place in _order.Places)
        {
            GenerationExtent extent = listed[place];
            if (extent.IsPossible)
                Keep(extent, ref kept);
        }

        return _regions.AsSpan(0, kept);
    }

    private void Keep(GenerationExtent extent, ref int kept)
    {
        ulong end = EndOf(extent);
        if (kept > 0 && _regions[kept - 1].Start == extent.Start)
        {
            // One without a byte gives way to one that begins in the same place; of others the shortest stays.
            ulong last = EndOf(_regions[kept - 1]);
            if (last == extent.Start || (end > extent.Start && end < last))
                _regions[kept - 1] = extent;
        }
        else if (kept == 0 || extent.Start >= EndOf(_regions[kept - 1]))
        {
            _regions[kept++] = extent;
        }
    }

    private static ulong EndOf(GenerationExtent extent) => extent.Start + Math.Max(extent.UsedBytes, extent.ReservedBytes);
}
