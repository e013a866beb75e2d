using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>What one blocking GC makes of the generations of small objects.</summary>
/// <param name="Promotes">Whether survivors grow older if it compacts; if it sweeps they always do.</param>
/// <param name="Compacts">Whether it moves objects.</param>
/// <param name="Generations">
/// Generations 0 to 2 right after it; those two and more above the oldest collected one are empty here: it leaves them alone.
/// </param>
public sealed record GcForecast(bool Promotes, bool Compacts, IReadOnlyList<GcGenerationSize> Generations)
{
    /// <summary>Bytes that may come into generation 1 at least before the runtime wants to collect it.</summary>
    private const long LeastMiddleBudgetBytes = 256 << 10;

    /// <summary>
    /// Foretells a GC one step ahead: which objects it finds alive and what is pinned is given, whether it compacts and where
    /// survivors and gaps are after it is not. The plan is that of <c>dotnet-gc</c>. Free lists are taken to hold the gaps in
    /// the order of their addresses, as a sweep leaves them.
    /// </summary>
    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="regionBytes">Bytes of a region, a power of two.</param>
    /// <param name="regions">Those of the generations up to the one above it, each generation in the runtime's order.</param>
    /// <param name="youngBudgetBytes">Smallest budget of generation 0; 0 when unknown, then survivors grow older.</param>
    /// <param name="compacts">Whether the GC was asked to compact.</param>
    public static GcForecast Of(
        int generation, long regionBytes, IReadOnlyList<GcForecastRegion> regions, long youngBudgetBytes, bool compacts)
    {
        if (generation is < 0 or > SmallObjectHeap.Oldest)
            throw new ArgumentOutOfRangeException(nameof(generation), "There are generations 0 to 2.");
        SmallObjectHeap heap = new(regionBytes);
        long survivedBytes = 0;
        foreach (GcForecastRegion region in regions)
        {
            long bytes = Add(heap, region, isCollected: region.Generation <= generation);
            survivedBytes += region.Generation <= generation ? bytes : 0;
        }

        bool promotes = generation == SmallObjectHeap.Oldest || youngBudgetBytes == 0
            || GrowOlder(generation, survivedBytes, youngBudgetBytes, heap.SizeOf(generation + 1));
        bool compacted = new SohCollection(heap, blocksArePlugs: true).Run(generation, promotes, compacts);
        GcGenerationSize[] after = new GcGenerationSize[SmallObjectHeap.Generations];
        for (int i = 0; i < after.Length; i++)
            after[i] = new GcGenerationSize(heap.SizeOf(i), heap.FragmentationOf(i));
        return new GcForecast(promotes, compacted, after);
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

    /// <summary>Survivors stay as young as they are when they are few and the next generation is large.</summary>
    private static bool GrowOlder(int generation, long survivedBytes, long youngBudgetBytes, long olderBytes)
    {
        long few = (long)(youngBudgetBytes * 0.1);
        if (generation == SmallObjectHeap.Middle)
            few += (long)(LeastMiddleBudgetBytes * 2 * 0.1);
        return few > olderBytes || survivedBytes > few;
    }

    /// <returns>Bytes of its survivors.</returns>
    private static long Add(SmallObjectHeap heap, GcForecastRegion from, bool isCollected)
    {
        SohRegion region = heap.NewRegion(from.Generation);
        heap.RegionsOf(from.Generation).Add(region);
        long live = 0;
        foreach (GcForecastPlug plug in from.Live)
        {
            int last = region.Last;
            long gap = region.FirstObject + plug.Offset - region.AllocatedEnd;
            int placed = heap.AppendTo(region, plug.Bytes, gap);
            live += plug.Bytes;
            if (plug.IsPinned)
                heap.Pin(placed, 1);
            if (!isCollected && gap >= LohLayout.MinFreeBytes)
                heap.GapsOf(from.Generation).AddLast(last, gap);
        }

        if (region.FirstObject + from.UsedBytes > region.AllocatedEnd)
            heap.EndAt(region, region.FirstObject + from.UsedBytes);
        return live;
    }
}
