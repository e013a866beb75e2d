using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Snapshots;

/// <summary>Walks regions and the objects in them in the order of their addresses and says what lies where.</summary>
internal sealed class RegionWalk
{
    /// <summary>No object beside a hole: the region begins or ends there.</summary>
    public const int NoObject = -1;

    /// <summary>A large object is preceded by a free object of this size that belongs to it.</summary>
    private const ulong PadBytes = 32;

    private readonly ChunkedList<HeapObject> _objects;
    private readonly AddressIndex _index;
    private readonly GenerationExtent[] _regions;

    /// <summary>Regions that overlap an earlier one, or have no possible size, are left out: the stream may lie.</summary>
    public RegionWalk(ChunkedList<HeapObject> objects, AddressIndex index, IEnumerable<GenerationExtent> regions)
    {
        _objects = objects;
        _index = index;
        List<GenerationExtent> kept = [];
        ulong end = 0;
        foreach (GenerationExtent region in regions.OrderBy(region => region.Start))
        {
            bool isPossible = region.Start >= end && region.UsedEnd >= region.Start && region.UsedEnd < long.MaxValue
                && region.ReservedBytes < long.MaxValue && region.Generation is >= 0 and < GcLog.Generations;
            if (!isPossible)
                continue;
            kept.Add(region);
            end = region.UsedEnd;
        }

        _regions = [.. kept];
    }

    public bool HasRegions => _regions.Length > 0;

    /// <summary>Objects outside all regions, such as those of frozen segments.</summary>
    public long OutsideObjects { get; private set; }

    public long OutsideBytes { get; private set; }

    public void Run(IRegionVisitor visitor)
    {
        OutsideObjects = 0;
        OutsideBytes = 0;
        int region = -1;
        ulong at = 0;
        int previous = NoObject;
        foreach (AddressRun run in _index.Runs)
        {
            for (int number = run.First; number < run.First + run.Count; number++)
            {
                HeapObject one = _objects[number];
                while (region + 1 < _regions.Length && (region < 0 || one.Address >= _regions[region].UsedEnd)
                    && one.Address >= _regions[region + 1].Start)
                {
                    Leave(visitor, region, at, previous);
                    region++;
                    visitor.Enter(_regions[region]);
                    at = _regions[region].Start;
                    previous = NoObject;
                }

                bool isInside = region >= 0 && one.Address >= at && one.Address < _regions[region].UsedEnd
                    && (ulong)one.AlignedBytes <= _regions[region].UsedEnd - one.Address;
                if (!isInside)
                {
                    OutsideObjects++;
                    OutsideBytes += one.AlignedBytes;
                    continue;
                }

                Gap(visitor, _regions[region], at, one.Address, previous, number);
                visitor.Object(number, one);
                at = one.Address + (ulong)one.AlignedBytes;
                previous = number;
            }
        }

        Leave(visitor, region, at, previous);
        for (region++; region < _regions.Length; region++)
        {
            visitor.Enter(_regions[region]);
            Leave(visitor, region, _regions[region].Start, NoObject);
        }
    }

    private void Leave(IRegionVisitor visitor, int region, ulong at, int previous)
    {
        if (region < 0)
            return;
        if (_regions[region].UsedEnd > at)
            visitor.Hole(at, (long)(_regions[region].UsedEnd - at), previous, NoObject);
        visitor.Leave();
    }

    private static void Gap(IRegionVisitor visitor, GenerationExtent region, ulong start, ulong end, int before, int after)
    {
        ulong pad = region.Generation == GenerationExtent.LargeObjects ? Math.Min(end - start, PadBytes) : 0;
        if (end - start > pad)
            visitor.Hole(start, (long)(end - start - pad), before, after);
        if (pad > 0)
            visitor.Pad(end - pad, (long)pad);
    }
}
