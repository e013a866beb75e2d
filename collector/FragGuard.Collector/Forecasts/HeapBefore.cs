using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Collector.Forecasts;

/// <summary>The heap as a GC found it, in the form the model takes.</summary>
internal sealed class HeapBefore
{
    public const int Oldest = 2;

    private const ulong LeastRegionBytes = 1 << 20;
    private const ulong MostRegionBytes = 1UL << 32;

    // What the runtime keeps for itself at the start of a region.
    private const ulong RegionHeaderBytes = 40;

    private readonly ObservedGc _gc;
    private readonly HeapState _heap;
    private readonly ulong _regionBytes;
    private readonly SeenPlug[] _plugs;

    private HeapBefore(ObservedGc gc, HeapState heap, ulong regionBytes)
    {
        _gc = gc;
        _heap = heap;
        _regionBytes = regionBytes;
        _plugs = SeenPlugs.Of(gc);
    }

    /// <summary>Null when the regions of small objects are not all of one size.</summary>
    public static HeapBefore? Of(ObservedGc gc, HeapState heap)
    {
        GenerationExtent[] small = [.. gc.Regions.Where(static region => region.Generation <= Oldest)];
        ulong bytes = small.Length == 0 ? 0 : small[0].ReservedBytes + RegionHeaderBytes;
        return BitOperations.IsPow2(bytes) && bytes is >= LeastRegionBytes and <= MostRegionBytes && Array.TrueForAll(small, region => IsRegion(region, bytes))
            ? new HeapBefore(gc, heap, bytes)
            : null;
    }

    public long RegionBytes => (long)_regionBytes;

    /// <summary>Whether nobody has said what lives in the generation that survivors would go to.</summary>
    public bool IsOlderUnknown => IsUnknown(_gc.Generation + 1);

    /// <param name="promotion">Is asked first and then told of the outcome.</param>
    /// <param name="measured">The outcome.</param>
    /// <param name="compacts">Whether the GC was asked to compact.</param>
    /// <param name="unaided">The model's own heap; null for none.</param>
    public GcPrediction Predict(YoungPromotion promotion, in GcMechanisms measured, bool compacts, UnaidedHeap? unaided)
    {
        int older = _gc.Generation + 1;

        GcForecastRegion[] regions = [.. RegionsUpTo(Math.Min(older, Oldest))];
        long survived = LiveBytes(regions, static (generation, collected) => generation <= collected);
        long above = LiveBytes(regions, static (generation, collected) => generation > collected);
        GcForecast forecast = GcForecast.Of(
            _gc.Generation, (long)_regionBytes, regions, promotion.Foretell(_gc.Generation, survived, above), compacts);
        GcPrediction? unaidedPrediction = unaided is null ? null : Predict(unaided, promotion, compacts);
        promotion.Learn(_gc.Generation, survived, above, measured);
        List<PredictedGeneration> generations =
        [
            .. forecast.Generations.Take(older + 1).Select((one, i) => new PredictedGeneration(i, one.SizeBytes, one.FragmentationBytes)),
        ];
        for (int generation = older + 1; generation <= Oldest; generation++)
        {
            if (!IsUnknown(generation))
                generations.Add(AsItIs(generation));
        }

        if (_gc.Generation == Oldest)
            generations.Add(SweptPinnedHeap());
        return new GcPrediction(forecast.Compacts, generations) { Unaided = unaidedPrediction };
    }

    /// <summary>All regions of small objects, tagged with the addresses of what lives in them; null while some of it is unknown.</summary>
    public IEnumerable<GcForecastRegion>? Whole =>
        Enumerable.Range(_gc.Generation + 1, Oldest - _gc.Generation).Any(IsUnknown) ? null : RegionsUpTo(Oldest);

    private GcPrediction? Predict(UnaidedHeap unaided, YoungPromotion promotion, bool compacts)
    {
        if (!unaided.Live(_gc.Generation, _gc.Regions, _plugs))
            return null;
        bool promotes = promotion.Foretell(
            _gc.Generation, unaided.LiveBytes(one => one <= _gc.Generation), unaided.LiveBytes(one => one == _gc.Generation + 1));
        GcForecast forecast = unaided.Collect(_gc.Generation, promotes, compacts);
        return new GcPrediction(forecast.Compacts, [.. Enumerable.Range(0, Oldest + 1).Select(unaided.Measure)]) { GcsBefore = unaided.Gcs - 1 };
    }

    private long LiveBytes(GcForecastRegion[] regions, Func<int, int, bool> isCounted) => regions
        .Where(region => isCounted(region.Generation, _gc.Generation))
        .Sum(static region => region.Live.Sum(static plug => plug.Bytes));

    private static bool IsRegion(in GenerationExtent region, ulong bytes) =>
        region.ReservedBytes + RegionHeaderBytes == bytes && (region.Start - RegionHeaderBytes) % bytes == 0
        && region.UsedBytes <= region.ReservedBytes;

    private bool IsUnknown(int generation) => generation <= Oldest
        && RegionsOf(generation).Any(region => _heap.Find(region.Start) is not { } known || known.KnownEnd < region.UsedEnd);

    private IEnumerable<GenerationExtent> RegionsOf(int generation) =>
        _gc.Regions.Where(region => region.Generation == generation && region.UsedBytes > 0);

    private IEnumerable<GcForecastRegion> RegionsUpTo(int oldest) => Enumerable.Range(0, oldest + 1)
        .SelectMany(RegionsOf)
        .Select(region => new GcForecastRegion(
            region.Generation, (long)region.UsedBytes,
            region.Generation <= _gc.Generation ? Survivors(region) : Kept(_heap.Find(region.Start)!)));

    private PredictedGeneration AsItIs(int generation)
    {
        HeapRegion[] regions = [.. RegionsOf(generation).Select(region => _heap.Find(region.Start)!)];
        return new PredictedGeneration(
            generation, regions.Sum(region => (long)region.Extent.UsedBytes), regions.Sum(region => region.Figures.FreeBytes));
    }

    private PredictedGeneration SweptPinnedHeap()
    {
        GcGenerationSize swept = GcForecast.OfSwept(
        [
            .. RegionsOf(GenerationExtent.PinnedObjects)
                .Select(region => new GcForecastRegion(Oldest, (long)region.UsedBytes, Survivors(region))),
        ]);
        return new PredictedGeneration(GenerationExtent.PinnedObjects, swept.SizeBytes, swept.FragmentationBytes);
    }

    /// <summary>What the GC found alive in one of the regions it collected.</summary>
    private List<GcForecastPlug> Survivors(in GenerationExtent region)
    {
        List<GcForecastPlug> found = [];
        for (int i = SeenPlugs.FirstBehind(_plugs, (long)region.Start); i < _plugs.Length && _plugs[i].Start < region.UsedEnd; i++)
        {
            SeenPlug plug = _plugs[i];
            if (plug.Start >= region.Start && plug.End <= region.UsedEnd)
                found.Add(new GcForecastPlug((long)(plug.Start - region.Start), (long)plug.Bytes, plug.IsPinned) { Tag = (long)plug.Start });
        }

        return found;
    }

    /// <summary>All of a region that is no gap.</summary>
    private static List<GcForecastPlug> Kept(HeapRegion region)
    {
        List<GcForecastPlug> kept = [];
        foreach (LiveRun run in region.Runs.Span)
        {
            if (run.Start >= region.Extent.Start && run.End <= region.Extent.UsedEnd)
                kept.Add(new GcForecastPlug((long)(run.Start - region.Extent.Start), (long)run.Bytes) { Tag = (long)run.Start });
        }

        return kept;
    }
}
