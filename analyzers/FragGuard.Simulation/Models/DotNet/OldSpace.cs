using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Puts survivors one by one into the oldest generation, as GCs of generation 1 do: on in the gap in use, into the
/// first gap of a free list for twice the size, at the end of a region, or into a new region.
/// </summary>
internal sealed class OldSpace
{
    private const int Old = SmallObjectHeap.Oldest;

    private readonly SmallObjectHeap _heap;
    private int _before = -1;
    private int _region;

    public OldSpace(SmallObjectHeap heap) => _heap = heap;

    /// <summary>Forgets the gap in use: a GC has rebuilt the free lists.</summary>
    public void Reset()
    {
        _before = -1;
        _region = 0;
    }

    /// <param name="bytes">Bytes of the object, header included, a multiple of 8.</param>
    public int Allocate(long bytes)
    {
        if (_before < 0 || !UohRules.Fits(_heap[_before].GapBytes, bytes))
        {
            Leave();
            if (!FindGap(bytes))
                return AtEnd(bytes);
        }

        _before = _heap.PutBehind(_before, bytes);
        return _before;
    }

    private void Leave()
    {
        if (_before >= 0 && _heap[_before].GapBytes >= LohLayout.MinFreeBytes)
            _heap.GapsOf(Old).AddFirst(_before, _heap[_before].GapBytes);
        _before = -1;
    }

    private bool FindGap(long bytes)
    {
        UohFreeLists gaps = _heap.GapsOf(Old);
        int from = gaps.ListOf(2 * (bytes + LohLayout.MinObjectBytes));
        for (int list = from; list < gaps.Count && _before < 0; list++)
            _before = gaps.TakeFrom(list, bytes, _heap.Blocks, out _);
        return _before >= 0;
    }

    private int AtEnd(long bytes)
    {
        List<SohRegion> regions = _heap.RegionsOf(Old);
        while (_region < regions.Count && !regions[_region].HasRoom(regions[_region].AllocatedEnd, bytes))
            _region++;
        if (_region == regions.Count)
            regions.Add(_heap.NewRegion(Old));
        return _heap.AppendTo(regions[_region], bytes);
    }
}
