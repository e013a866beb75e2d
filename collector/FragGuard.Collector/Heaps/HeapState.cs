using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// The whole GC heap as far as GCs told: which regions there are and what lives in them. Changes only where a GC ends or
/// lists what it left alive.
/// </summary>
internal sealed class HeapState
{
    private const int MaxRuns = 1 << 20;
    private const ulong FirstCoarseGapBytes = 64;

    private readonly SortedList<ulong, HeapRegion> _regions = [];
    private ulong _coarseGapBytes;

    /// <summary>By address.</summary>
    public IList<HeapRegion> Regions => _regions.Values;

    /// <summary>Whether any GC has listed regions.</summary>
    public bool IsKnown => _regions.Count > 0;

    /// <summary>The region that holds the address; null when none does.</summary>
    public HeapRegion? Find(ulong address)
    {
        IList<ulong> starts = _regions.Keys;
        int low = 0;
        int high = starts.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high >= 0 && _regions.Values[high].Extent.Holds(address) ? _regions.Values[high] : null;
    }

    /// <summary>
    /// A GC is about to run in these regions. Those of large and pinned objects grow and come and go between GCs; what a
    /// region held under another generation is gone.
    /// </summary>
    public void Listed(IReadOnlyList<GenerationExtent> regions)
    {
        Dictionary<ulong, HeapRegion> earlier = new(_regions);
        _regions.Clear();
        foreach (GenerationExtent extent in Possible(regions))
        {
            if (!earlier.TryGetValue(extent.Start, out HeapRegion? region) || region.Extent.Generation != extent.Generation)
                region = new HeapRegion(extent);
            region.IsChanged |= region.Extent != extent;
            region.Extent = extent;
            if (region.IsChanged)
                region.Measure();
            _regions[extent.Start] = region;
        }
    }

    /// <summary>
    /// A blocking GC ended. In the generations up to <paramref name="condemned"/>, and with 2 in all of them, exactly the
    /// survivors live; in older ones what lived before, and what was promoted into them.
    /// </summary>
    public void Collected(int condemned, SurvivorExtents survivors, IReadOnlyList<GenerationExtent> regionsAfter)
    {
        Dictionary<ulong, HeapRegion> earlier = new(_regions);
        _regions.Clear();
        foreach (GenerationExtent extent in Possible(regionsAfter))
        {
            bool isNew = !earlier.TryGetValue(extent.Start, out HeapRegion? region);
            bool isCollected = isNew || IsCondemned(region!.Extent.Generation, condemned);
            region ??= new HeapRegion(extent);
            GenerationExtent earlierExtent = region.Extent;

            // Only GCs allocate in generations 1 and 2, so all of what they grow by is listed.
            bool wasKnown = region.KnownEnd >= region.Extent.UsedEnd;
            bool isGrownByGc = extent.Generation < GenerationExtent.LargeObjects && wasKnown;
            if (isCollected)
                region.Runs.Clear();
            region.Extent = extent;
            if (isCollected || isGrownByGc)
                region.KnownEnd = extent.UsedEnd;
            region.IsChanged |= isCollected || extent != earlierExtent;
            _regions[extent.Start] = region;
        }

        Place(survivors);
        Measure();
    }

    /// <summary>A background GC listed everything that is alive; the program has gone on allocating since.</summary>
    public void CollectedInBackground(SurvivorExtents survivors, IReadOnlyList<GenerationExtent> regionsAfter)
    {
        _regions.Clear();
        foreach (GenerationExtent extent in Possible(regionsAfter))
            _regions[extent.Start] = new HeapRegion(extent);
        Place(survivors);
        foreach (HeapRegion region in _regions.Values)
        {
            bool isAllocatedByGcs = region.Extent.Generation is 1 or 2;
            ulong lastLive = region.Runs.Count == 0 ? region.Extent.Start : region.Runs.Span[^1].End;
            region.KnownEnd = isAllocatedByGcs ? region.Extent.UsedEnd : lastLive;
        }

        Measure();
    }

    /// <summary>Large objects that the program made after GCs last spoke of their places.</summary>
    public void Born(IEnumerable<LargeObject> objects)
    {
        HashSet<HeapRegion> changed = [];
        foreach (LargeObject one in objects.OrderBy(static one => one.Address))
        {
            if (Find(one.Address) is not { Extent.Generation: GenerationExtent.LargeObjects } region
                || one.Address + (ulong)one.Bytes > region.Extent.UsedEnd)
            {
                continue;
            }

            region.Runs.Merge([new LiveRun(one.Address, (ulong)one.Bytes)]);
            changed.Add(region);
        }

        foreach (HeapRegion region in changed)
            region.Measure();
    }

    /// <summary>Per generation, right now.</summary>
    public GenerationFigures[] Figures()
    {
        HoleFigures[] holes = new HoleFigures[GcLog.Generations];
        long[] sizes = new long[GcLog.Generations];
        int[] regions = new int[GcLog.Generations];
        foreach (HeapRegion region in _regions.Values)
        {
            int generation = region.Extent.Generation;
            regions[generation]++;
            sizes[generation] += (long)region.Extent.UsedBytes;
            holes[generation].Add(region.Figures);
        }

        return [.. holes.Select((one, i) => new GenerationFigures(
            i, regions[i], sizes[i], one.LiveBytes, one.FreeBytes, one.UnknownBytes, one.Holes, one.LargestHoleBytes))];
    }

    public static bool IsCondemned(int generation, int condemned) => condemned >= 2 || generation <= condemned;

    private void Place(SurvivorExtents survivors)
    {
        ReadOnlySpan<SurvivorExtent> byNewStart = survivors.SortedByNewStart();
        List<LiveRun> runs = [];
        int next = 0;
        foreach (HeapRegion region in _regions.Values)
        {
            while (next < byNewStart.Length && byNewStart[next].NewStart < region.Extent.Start)
                next++;
            runs.Clear();
            for (; next < byNewStart.Length && byNewStart[next].NewStart < region.Extent.UsedEnd; next++)
            {
                ulong rest = region.Extent.UsedEnd - byNewStart[next].NewStart;
                if (byNewStart[next].Bytes <= rest)
                    runs.Add(new LiveRun(byNewStart[next].NewStart, byNewStart[next].Bytes, byNewStart[next].InnerFreeBytes));
            }

            if (runs.Count == 0)
                continue;

            region.Runs.Merge(CollectionsMarshal.AsSpan(runs));
            region.IsChanged = true;
        }
    }

    private void Measure()
    {
        while (_regions.Values.Sum(static region => (long)region.Runs.Count) > MaxRuns)
        {
            _coarseGapBytes = Math.Max(FirstCoarseGapBytes, 2 * _coarseGapBytes);
            foreach (HeapRegion region in _regions.Values)
            {
                region.Runs = region.Runs.Coarsened(_coarseGapBytes);
                region.IsChanged = true;
            }
        }

        foreach (HeapRegion region in _regions.Values)
        {
            if (region.IsChanged)
                region.Measure();
        }
    }

    // Regions never overlap; a list that says so lies.
    private static IEnumerable<GenerationExtent> Possible(IReadOnlyList<GenerationExtent> regions)
    {
        ulong end = 0;
        foreach (GenerationExtent extent in regions.Where(static one => one.IsPossible).OrderBy(static one => one.Start))
        {
            if (extent.Start < end)
                continue;

            end = extent.Start + Math.Max(extent.UsedBytes, extent.ReservedBytes);
            yield return extent;
        }
    }
}
