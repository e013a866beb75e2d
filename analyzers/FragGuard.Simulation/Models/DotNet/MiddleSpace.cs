using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Puts survivors one by one behind each other into generation 1, as GCs of generation 0 that compact do: with a pad in
/// front when enough bytes were placed since the last one.
/// </summary>
internal sealed class MiddleSpace
{
    private const long LongestUnpadded = 1000;

    private readonly SmallObjectHeap _heap;
    private int _region;
    private long _lastPad = -LongestUnpadded;

    public MiddleSpace(SmallObjectHeap heap) => _heap = heap;

    /// <summary>Looks at the regions anew: a GC has changed them.</summary>
    public void Reset()
    {
        _region = 0;
        _lastPad = -LongestUnpadded;
    }

    /// <param name="bytes">Bytes of the object, header included, a multiple of 8.</param>
    public int Allocate(long bytes)
    {
        List<SohRegion> regions = _heap.RegionsOf(SmallObjectHeap.Middle);
        while (_region < regions.Count
            && !regions[_region].HasRoom(regions[_region].AllocatedEnd, LohLayout.MinObjectBytes + bytes))
        {
            _region++;
            _lastPad = -LongestUnpadded;
        }

        if (_region == regions.Count)
            regions.Add(_heap.NewRegion(SmallObjectHeap.Middle));
        SohRegion region = regions[_region];
        bool pads = region.AllocatedEnd - _lastPad >= LongestUnpadded;
        if (pads)
            _lastPad = region.AllocatedEnd;
        return _heap.AppendTo(region, bytes, pads ? LohLayout.MinObjectBytes : 0);
    }
}
