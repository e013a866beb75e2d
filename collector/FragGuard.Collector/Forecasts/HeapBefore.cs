using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Collector.Forecasts;

/// <summary>The heap as a GC found it, in the form the model takes.</summary>
internal sealed class HeapBefore
{
    private const int Oldest = 2;

    // What the runtime keeps for itself at the start of a region.
    private const ulong RegionHeaderBytes = 40;

    private readonly ObservedGc _gc;
    private readonly HeapState _heap;
    private readonly ulong _regionBytes;

    private HeapBefore(ObservedGc gc, HeapState heap, ulong regionBytes)
    {
        _gc = gc;
        _heap = heap;
        _regionBytes = regionBytes;
    }

    /// <summary>Null when the regions of small objects are not all of one size.</summary>
    public static HeapBefore? Of(ObservedGc gc, HeapState heap)
    {
        GenerationExtent[] small = [.. gc.Regions.Where(static region => region.Generation <= Oldest)];
        ulong bytes = small.Length == 0 ? 0 : small[0].ReservedBytes + RegionHeaderBytes;
        return BitOperations.IsPow2(bytes) && Array.TrueForAll(small, region => IsRegion(region, bytes))
            ? new HeapBefore(gc, heap, bytes)
            : null;
    }

    /// <param name="promotion">Is asked first and then told of the outcome.</param>
    /// <param name="measured">The outcome.</param>
    /// <param name="compacts">Whether the GC was asked to compact.</param>
    public GcPrediction Predict(YoungPromotion promotion, in GcMechanisms measured, bool compacts)
    {
        int older = _gc.Generation + 1;
        if (IsUnknown(older))
            return GcPrediction.None(NoPrediction.UnknownOlder);

        CollectionsMarshal.AsSpan(_gc.Plugs).Sort(static (left, right) => left.Start.CompareTo(right.Start));
        CollectionsMarshal.AsSpan(_gc.Pins).Sort();
        GcForecastRegion[] regions = [.. RegionsUpTo(Math.Min(older, Oldest))];
        long survived = LiveBytes(regions, static (generation, collected) => generation <= collected);
        long above = LiveBytes(regions, static (generation, collected) => generation > collected);
        GcForecast forecast = GcForecast.Of(
            _gc.Generation, (long)_regionBytes, regions, promotion.Foretell(_gc.Generation, survived, above), compacts);
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
        return new GcPrediction(forecast.Compacts, generations);
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

    /// <summary>What the GC found alive in one of the regions it collected. A stream may lie: what overlaps is left out.</summary>
    private List<GcForecastPlug> Survivors(in GenerationExtent region)
    {
        List<GcForecastPlug> found = [];
        List<KeptExtent> plugs = _gc.Plugs;
        ulong end = region.Start;
        int pin = FirstPin(region.Start);
        for (int i = FirstPlug(region.Start); i < plugs.Count && plugs[i].Start < region.UsedEnd; i++)
        {
            KeptExtent plug = plugs[i];
            if (plug.Start < end || plug.Bytes > region.UsedEnd - plug.Start)
                continue;
            end = plug.Start + plug.Bytes;
            while (pin < _gc.Pins.Count && _gc.Pins[pin] < plug.Start)
                pin++;
            bool isPinned = pin < _gc.Pins.Count && _gc.Pins[pin] < end;
            found.Add(new GcForecastPlug((long)(plug.Start - region.Start), (long)plug.Bytes, isPinned));
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
                kept.Add(new GcForecastPlug((long)(run.Start - region.Extent.Start), (long)run.Bytes));
        }

        return kept;
    }

    private int FirstPlug(ulong address)
    {
        int found = _gc.Plugs.BinarySearch(new KeptExtent(address, 0), Comparer<KeptExtent>.Create(
            static (left, right) => left.Start.CompareTo(right.Start)));
        return found < 0 ? ~found : found;
    }

    private int FirstPin(ulong address)
    {
        int found = _gc.Pins.BinarySearch(address);
        return found < 0 ? ~found : found;
    }
}
