using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>What one blocking GC makes of the generations of small objects.</summary>
/// <param name="Compacts">Whether it moves objects.</param>
/// <param name="Generations">
/// Generations 0 to 2 right after it; those two and more above the oldest collected one are empty here: it leaves them alone.
/// </param>
public sealed record GcForecast(bool Compacts, IReadOnlyList<GcGenerationSize> Generations)
{
    /// <summary>
    /// The same generations region by region, in the order the runtime would list them; empty unless they were asked for.
    /// </summary>
    public IReadOnlyList<GcForecastRegion> Regions { get; private init; } = [];

    /// <summary>
    /// Foretells a GC one step ahead: which objects it finds alive and what is pinned is given, whether it compacts and where
    /// survivors and gaps are after it is not. The plan is that of <c>dotnet-gc</c>. Free lists are taken to hold the gaps in
    /// the order of their addresses, as a sweep leaves them.
    /// </summary>
    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="regionBytes">Bytes of a region, a power of two.</param>
    /// <param name="regions">Those of the generations up to the one above it, each generation in the runtime's order.</param>
    /// <param name="promotes">Whether a compaction makes survivors one generation older; a sweep and a full GC always do.</param>
    /// <param name="compacts">Whether the GC was asked to compact.</param>
    /// <param name="listsRegions">Whether to say where everything went.</param>
    public static GcForecast Of(
        int generation, long regionBytes, IReadOnlyList<GcForecastRegion> regions, bool promotes, bool compacts,
        bool listsRegions = false)
    {
        if (generation is < 0 or > SmallObjectHeap.Oldest)
            throw new ArgumentOutOfRangeException(nameof(generation), "There are generations 0 to 2.");
        SmallObjectHeap heap = new(regionBytes);
        foreach (GcForecastRegion region in regions)
            Add(heap, region, isCollected: region.Generation <= generation);
        bool compacted = new SohCollection(heap, pinsTakeNeighbour: false).Run(
            generation, promotes || generation == SmallObjectHeap.Oldest, compacts);
        GcGenerationSize[] after = new GcGenerationSize[SmallObjectHeap.Generations];
        for (int i = 0; i < after.Length; i++)
            after[i] = new GcGenerationSize(heap.SizeOf(i), heap.FragmentationOf(i));
        return new GcForecast(compacted, after)
        {
            Regions = listsRegions ? List(heap, Math.Min(generation + 1, SmallObjectHeap.Oldest)) : [],
        };
    }

    /// <summary>A heap of objects that never move, right after a full GC: regions end behind their last survivor.</summary>
    public static GcGenerationSize OfSwept(IReadOnlyList<GcForecastRegion> regions)
    {
        long size = 0;
        long live = 0;
        foreach (GcForecastRegion region in regions)
        {
            foreach (GcForecastPlug plug in region.Live)
                live += plug.Bytes;
            if (region.Live.Count > 0)
                size += region.Live[region.Live.Count - 1].Offset + region.Live[region.Live.Count - 1].Bytes;
        }

        return new GcGenerationSize(size, size - live);
    }

    private static void Add(SmallObjectHeap heap, GcForecastRegion from, bool isCollected)
    {
        SohRegion region = heap.NewRegion(from.Generation);
        heap.RegionsOf(from.Generation).Add(region);
        foreach (GcForecastPlug plug in from.Live)
        {
            int last = region.Last;
            long gap = region.FirstObject + plug.Offset - region.AllocatedEnd;
            int placed = heap.AppendTo(region, plug.Bytes, gap);
            heap[placed].RequestedBytes = plug.Tag;
            if (plug.IsPinned)
                heap.Pin(placed, 1);
            if (!isCollected && gap >= LohLayout.MinFreeBytes)
                heap.GapsOf(from.Generation).AddLast(last, gap);
        }

        if (region.FirstObject + from.UsedBytes > region.AllocatedEnd)
            heap.EndAt(region, region.FirstObject + from.UsedBytes);
    }

    private static List<GcForecastRegion> List(SmallObjectHeap heap, int oldest)
    {
        List<GcForecastRegion> regions = new();
        for (int generation = 0; generation <= oldest; generation++)
        {
            foreach (SohRegion region in heap.RegionsOf(generation))
                regions.Add(new GcForecastRegion(generation, region.AllocatedBytes, List(heap, region)));
        }

        return regions;
    }

    private static List<GcForecastPlug> List(SmallObjectHeap heap, SohRegion region)
    {
        List<GcForecastPlug> plugs = new();
        for (int block = heap[region.First].Next; block >= 0; block = heap[block].Next)
        {
            ref UohBlock one = ref heap[block];
            plugs.Add(new GcForecastPlug(one.Start - region.FirstObject, one.Bytes) { Tag = one.RequestedBytes });
        }

        return plugs;
    }
}
