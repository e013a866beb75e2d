using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// One generation as a GC left it, with the objects in it that are known. Sites are not resolved yet. Most drafts give way to
/// a later one: what one has to say of its holes is counted when it is asked for, or at once where too much would have to be
/// kept until then.
/// </summary>
internal sealed class GenerationDraft
{
    /// <summary>Beyond this many live runs the smallest holes are no longer kept apart.</summary>
    private const int MaxRuns = 1 << 16;

    private const int MaxObjects = 1 << 14;
    private const ulong FirstCoarseGapBytes = 64;
    private const ulong LastCoarseGapBytes = 1UL << 40;

    private KnownObject[] _objects;
    private GenerationHoles? _holes;

    /// <param name="regions">By address.</param>
    /// <param name="objects">In any order.</param>
    public GenerationDraft(GenerationFigures figures, IReadOnlyList<HeapRegion> regions, KnownObject[] objects)
    {
        Figures = figures;
        _objects = objects;
        Regions = [.. regions.Select(static region => region.Draft())];
        long runs = Regions.Sum(static region => (long)region.Runs.Length);
        if (runs > MaxRuns || objects.Length > MaxObjects)
            CountHoles();
        if (runs > MaxRuns)
            Regions = Coarsened(regions);
    }

    public GenerationFigures Figures { get; }

    /// <summary>By address.</summary>
    public IReadOnlyList<RegionDraft> Regions { get; }

    public GenerationHoles Holes => _holes ?? CountHoles();

    /// <summary>Large objects, by address.</summary>
    public IReadOnlyList<KnownObject> Objects
    {
        get
        {
            if (_holes is null)
                CountHoles();
            return _objects;
        }
    }

    private GenerationHoles CountHoles()
    {
        KnownObject[] sorted = KnownObject.InOrder(_objects);
        _objects = Figures.Generation == GenerationExtent.LargeObjects ? sorted : [];
        return _holes = new GenerationHoles(Regions, sorted);
    }

    private static RegionDraft[] Coarsened(IReadOnlyList<HeapRegion> regions)
    {
        ulong gapBytes = 0;
        long runs = long.MaxValue;
        LiveRuns[] kept = [.. regions.Select(static region => region.Runs)];
        while (runs > MaxRuns && gapBytes < LastCoarseGapBytes)
        {
            gapBytes = Math.Max(FirstCoarseGapBytes, 2 * gapBytes);
            kept = [.. kept.Select(one => one.Coarsened(gapBytes))];
            runs = kept.Sum(static one => (long)one.Count);
        }

        return [.. regions.Select((region, i) => region.Draft(kept[i]))];
    }
}
