using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// The whole GC heap as far as GCs told: which regions there are and what lives in them. Changes only where a GC ends or
/// lists what it left alive.
/// </summary>
internal sealed class HeapState
{
    private const int MaxRuns = 1 << 19;
    private const ulong FirstCoarseGapBytes = 64;
    private const ulong LastCoarseGapBytes = 1UL << 40;

    private readonly RegionOrder _order = new();

    // The regions of the GC event before are looked up while those of the next are listed.
    private List<HeapRegion> _regions = [];
    private List<HeapRegion> _earlier = [];
    private HeapRegion? _lastFound;
    private LiveRun[] _gathered = [];
    private ulong _coarseGapBytes;

    /// <summary>By address.</summary>
    public IReadOnlyList<HeapRegion> Regions => _regions;

    /// <summary>Whether any GC has listed regions.</summary>
    public bool IsKnown => _regions.Count > 0;

    /// <summary>The region that holds the address; null when none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public HeapRegion? Find(ulong address)
    {
        if (_lastFound is { } last && last.Extent.Holds(address))
            return last;

        int low = 0;
        int high = _regions.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_regions[middle].Extent.Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high >= 0 && _regions[high].Extent.Holds(address) ? _lastFound = _regions[high] : null;
    }

    /// <summary>
    /// A GC is about to run in these regions. Those of large and pinned objects grow and come and go between GCs; what a
    /// region held under another generation is gone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Listed(IReadOnlyList<GenerationExtent> regions)
    {
        int next = StartOver();
        foreach (GenerationExtent extent in _order.Of(regions))
        {
            if (TakeEarlier(extent.Start, ref next) is not { } region)
                region = new HeapRegion(extent);
            else if (region.Extent.Generation != extent.Generation)
                region.Become(extent);
            region.IsChanged |= region.Extent != extent;
            region.Extent = extent;
            if (region.IsChanged)
                region.Measure();
            _regions.Add(region);
        }
    }

    /// <summary>
    /// A blocking GC ended. In the generations up to <paramref name="condemned"/>, and with 2 in all of them, exactly the
    /// survivors live; in older ones what lived before, and what was promoted into them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Collected(int condemned, SurvivorExtents survivors, IReadOnlyList<GenerationExtent> regionsAfter)
    {
        int next = StartOver();
        foreach (GenerationExtent extent in _order.Of(regionsAfter))
        {
            HeapRegion? region = TakeEarlier(extent.Start, ref next);
            bool isCollected = region is null || IsCondemned(region.Extent.Generation, condemned);
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
            _regions.Add(region);
        }

        Place(survivors);
        Measure();
    }

    /// <summary>A background GC listed everything that is alive; the program has gone on allocating since.</summary>
    public void CollectedInBackground(SurvivorExtents survivors, IReadOnlyList<GenerationExtent> regionsAfter)
    {
        int next = StartOver();
        foreach (GenerationExtent extent in _order.Of(regionsAfter))
        {
            HeapRegion region = TakeEarlier(extent.Start, ref next) ?? new HeapRegion(extent);
            region.Become(extent);
            _regions.Add(region);
        }

        Place(survivors);
        foreach (HeapRegion region in _regions)
        {
            bool isAllocatedByGcs = region.Extent.Generation is 1 or 2;
            ulong lastLive = region.Runs.Count == 0 ? region.Extent.Start : region.Runs.Span[^1].End;
            region.KnownEnd = isAllocatedByGcs ? region.Extent.UsedEnd : lastLive;
        }

        Measure();
    }

    /// <summary>Large objects that the program made after GCs last spoke of their places.</summary>
    /// <param name="bornFromMs">Those born before are left out.</param>
    public void Born(ReadOnlySpan<LargeObject> objects, double bornFromMs = double.NegativeInfinity)
    {
        if (objects.IsEmpty)
            return;

        ulong[] addresses = new ulong[objects.Length];
        for (int i = 0; i < addresses.Length; i++)
            addresses[i] = objects[i].Address;
        HeapRegion? around = null;
        int waiting = 0;
        foreach (int place in AddressOrder.Of(addresses).Places)
        {
            LargeObject one = objects[place];
            if (one.BornMs < bornFromMs
                || Find(one.Address) is not { Extent.Generation: GenerationExtent.LargeObjects } region
                || one.Address + (ulong)one.Bytes > region.Extent.UsedEnd)
            {
                continue;
            }

            if (region != around)
            {
                MergeGathered(around, ref waiting);
                around = region;
            }

            Gather([new LiveRun(one.Address, (ulong)one.Bytes)], ref waiting);
        }

        MergeGathered(around, ref waiting);
        foreach (HeapRegion region in _regions)
        {
            if (region.IsChanged)
                region.Measure();
        }
    }

    /// <summary>Per generation, right now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public GenerationFigures[] Figures()
    {
        HoleFigures[] holes = new HoleFigures[GcLog.Generations];
        long[] sizes = new long[GcLog.Generations];
        int[] regions = new int[GcLog.Generations];
        foreach (HeapRegion region in _regions)
        {
            int generation = region.Extent.Generation;
            regions[generation]++;
            sizes[generation] += (long)region.Extent.UsedBytes;
            holes[generation].Add(region.Figures);
        }

        GenerationFigures[] figures = new GenerationFigures[GcLog.Generations];
        for (int i = 0; i < figures.Length; i++)
        {
            ref HoleFigures one = ref holes[i];
            figures[i] = new GenerationFigures(
                i, regions[i], sizes[i], one.LiveBytes, one.FreeBytes, one.UnknownBytes, one.Holes, one.LargestHoleBytes);
        }

        return figures;
    }

    public static bool IsCondemned(int generation, int condemned) => condemned >= 2 || generation <= condemned;

    private int StartOver()
    {
        (_earlier, _regions) = (_regions, _earlier);
        _regions.Clear();
        _lastFound = null;
        return 0;
    }

    // Both lists are in the order of addresses.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private HeapRegion? TakeEarlier(ulong start, ref int next)
    {
        while (next < _earlier.Count && _earlier[next].Extent.Start < start)
            next++;
        return next < _earlier.Count && _earlier[next].Extent.Start == start ? _earlier[next++] : null;
    }

    // Both regions and sequences are in the order of addresses.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(SurvivorExtents survivors)
    {
        RunSequences sequences = survivors.Sequences;
        int left = sequences.Order();
        int next = 0;
        int taken = 0;
        int waiting = 0;
        foreach (HeapRegion region in _regions)
        {
            bool wasEmpty = region.Runs.Count == 0;
            for (; next < left; next++, taken = 0)
            {
                RunSequence sequence = sequences.Sequence(next);
                ReadOnlySpan<LiveRun> live = sequence.Runs;
                int start = live[taken].Start < region.Extent.Start ? CountBefore(live, region.Extent.Start) : taken;
                taken = live[^1].Start < region.Extent.UsedEnd ? live.Length : CountBefore(live, region.Extent.UsedEnd);
                bool isWhole = start == 0 && taken == live.Length;
                if (wasEmpty && isWhole && region.Runs.TryAppend(sequence, region.Extent.UsedEnd))
                    region.IsChanged = true;
                else if (wasEmpty)
                    region.IsChanged |= region.Runs.Merge(live[start..taken], region.Extent.UsedEnd);
                else
                    Gather(live[start..taken], ref waiting);
                if (taken < live.Length)
                    break;
            }

            MergeGathered(region, ref waiting);
        }
    }

    private void MergeGathered(HeapRegion? region, ref int waiting)
    {
        if (region is null)
            return;

        region.IsChanged |= region.Runs.Merge(_gathered.AsSpan(0, waiting), region.Extent.UsedEnd);
        waiting = 0;
    }

    // Runs are added to others all at once: those behind them make room each time.
    private void Gather(ReadOnlySpan<LiveRun> runs, ref int waiting)
    {
        if (_gathered.Length < waiting + runs.Length)
            Array.Resize(ref _gathered, Math.Max(2 * _gathered.Length, waiting + runs.Length));
        runs.CopyTo(_gathered.AsSpan(waiting));
        waiting += runs.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountBefore(ReadOnlySpan<LiveRun> runs, ulong address)
    {
        int low = 0;
        int high = runs.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (runs[middle].Start < address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Measure()
    {
        while (_coarseGapBytes < LastCoarseGapBytes && CountRuns() > MaxRuns)
        {
            _coarseGapBytes = Math.Max(FirstCoarseGapBytes, 2 * _coarseGapBytes);
            foreach (HeapRegion region in _regions)
            {
                region.Runs = region.Runs.Coarsened(_coarseGapBytes);
                region.IsChanged = true;
            }
        }

        foreach (HeapRegion region in _regions)
        {
            if (region.IsChanged)
                region.Measure();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long CountRuns()
    {
        long runs = 0;
        foreach (HeapRegion region in _regions)
            runs += region.Runs.Count;
        return runs;
    }
}
