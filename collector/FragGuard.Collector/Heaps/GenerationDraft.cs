using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Heaps;

/// <summary>One generation as a GC left it, with the objects in it that are known. Sites are not resolved yet.</summary>
internal sealed class GenerationDraft
{
    /// <summary>Beyond this many live runs the smallest holes are no longer kept apart.</summary>
    private const int MaxRuns = 1 << 16;

    private const ulong FirstCoarseGapBytes = 64;

    public GenerationDraft(GenerationFigures figures, IReadOnlyList<HeapRegion> regions, IEnumerable<KnownObject> objects)
    {
        Figures = figures;
        HoleSizes = new HoleSizes();
        HoleSides = new HoleSides();
        KnownObject[] sorted = [.. objects.OrderBy(one => one.Start)];
        foreach (HeapRegion region in regions)
        {
            RegionHoles holes = new(region);
            HoleSizes.Add(holes);
            HoleSides.Add(holes, sorted);
        }

        Regions = Coarsened(regions);
        Objects = figures.Generation == GenerationExtent.LargeObjects ? sorted : [];
    }

    public GenerationFigures Figures { get; }

    public HoleSizes HoleSizes { get; }

    public HoleSides HoleSides { get; }

    /// <summary>By address.</summary>
    public IReadOnlyList<RegionDraft> Regions { get; }

    /// <summary>Large objects, by address.</summary>
    public IReadOnlyList<KnownObject> Objects { get; }

    private static RegionDraft[] Coarsened(IReadOnlyList<HeapRegion> regions)
    {
        ulong gapBytes = 0;
        long runs = regions.Sum(static region => (long)region.Runs.Count);
        LiveRuns[] kept = [.. regions.Select(static region => region.Runs)];
        while (runs > MaxRuns)
        {
            gapBytes = Math.Max(FirstCoarseGapBytes, 2 * gapBytes);
            kept = [.. kept.Select(one => one.Coarsened(gapBytes))];
            runs = kept.Sum(static one => (long)one.Count);
        }

        return [.. regions.Select((region, i) => new RegionDraft(region.Extent, region.KnownEnd, kept[i].Span.ToArray(), region.Figures))];
    }
}
