using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The large objects a full GC found alive.</summary>
internal sealed class SurvivorExtents
{
    private const int MaxExtents = 1 << 23;
    private const int MaxSlackBytes = 64;

    private readonly List<GenerationExtent> _regions = [];
    private readonly SortedList<ulong, SurvivorExtent> _extents = [];
    private readonly List<SurvivorExtent> _unsorted = [];

    /// <summary>Whether the GC listed any survivor of any generation: if not, their absence says nothing.</summary>
    public bool IsReported { get; private set; }

    public void AddRegion(GenerationExtent region)
    {
        if (region.Generation == GenerationExtent.LargeObjects)
            _regions.Add(region);
    }

    public void Add(SurvivorExtent extent)
    {
        IsReported = true;
        if (_unsorted.Count < MaxExtents && _regions.Exists(region => region.Holds(extent.OldStart)))
            _unsorted.Add(extent);
    }

    /// <summary>All of them by old address.</summary>
    public IList<SurvivorExtent> Sorted()
    {
        if (_unsorted.Count > 0)
        {
            _unsorted.Sort(static (left, right) => left.OldStart.CompareTo(right.OldStart));
            foreach (SurvivorExtent extent in _unsorted)
                _extents[extent.OldStart] = extent;
            _unsorted.Clear();
        }

        return _extents.Values;
    }

    /// <summary>
    /// The object that was at the address; null when it is dead. Every large object is an extent of its own, so one of
    /// another start or size is a later object in the same place.
    /// </summary>
    public SurvivorExtent? Find(ulong oldAddress, long bytes)
    {
        Sorted();
        bool isAlive = _extents.TryGetValue(oldAddress, out SurvivorExtent extent)
            && Math.Abs((long)extent.Bytes - bytes) <= MaxSlackBytes;
        return isAlive ? extent : null;
    }
}
