using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The large objects a full GC found alive.</summary>
internal sealed class SurvivorExtents
{
    private const int MaxExtents = 1 << 23;

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

    /// <summary>Where the object at the old address is now; null when it is dead.</summary>
    public ulong? NewAddressOf(ulong oldAddress)
    {
        IList<SurvivorExtent> sorted = Sorted();
        int low = 0;
        int high = sorted.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle].OldStart <= oldAddress)
                low = middle + 1;
            else
                high = middle - 1;
        }

        if (high < 0 || oldAddress - sorted[high].OldStart >= sorted[high].Bytes)
            return null;

        return sorted[high].NewStart + (oldAddress - sorted[high].OldStart);
    }
}
