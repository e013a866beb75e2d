using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.Reports;

/// <summary>Turns what a recording tells of its heap into the part of the report that speaks of it.</summary>
internal static class HeapDetailBuilder
{
    public const string Drawn = "drawn";
    public const string Ticks = "ticks";
    public const string None = "none";

    private const int MostRows = 500;

    public static HeapDetail Build(RecordedRun run)
    {
        HeapHistory heap = run.Heap;
        HeapSnapshot? worst = heap.Find(HeapMomentKind.Worst);
        return new HeapDetail(
            heap.Snapshots.Count > 0 ? Pictures(heap) : Measured(run.Collections),
            worst is null ? [] : Neighbours(worst, heap),
            Word(heap.Samples),
            heap.UnknownLifetimeRatio,
            [.. heap.Lifetimes.Take(MostRows).Select(one => Row(one, heap, run.DurationMs))],
            [.. heap.Pins.Take(MostRows).Select(Row)],
            MissingFacts.Of(run));
    }

    private static HeapPicture[] Pictures(HeapHistory heap) =>
    [
        .. new[] { HeapMomentKind.Worst, HeapMomentKind.Last }
            .Select(heap.Find)
            .OfType<HeapSnapshot>()
            .Select(one => new HeapPicture(
                one.Moment == HeapMomentKind.Worst ? "worst" : "last",
                one.GcNumber,
                GenerationNames.Of(one.Kind),
                one.Collected,
                one.TimeMs,
                [.. one.Generations.Select(generation => Row(generation, heap))]))
            .DistinctBy(static one => one.Gc),
    ];

    // Without survivors the runtime's own sums are all there is.
    private static HeapPicture[] Measured(IReadOnlyList<RecordedGc> collections)
    {
        RecordedGc[] complete = [.. collections.Where(static gc => gc.IsComplete)];
        if (complete.Length == 0)
            return [];

        RecordedGc worst = complete.MaxBy(static gc => gc.Gen2.FreeBytesAfter + gc.Loh.FreeBytesAfter + gc.Poh.FreeBytesAfter)!;
        return [.. new[] { Measured("worst", worst), Measured("last", complete[^1]) }.DistinctBy(static one => one.Gc)];
    }

    private static HeapPicture Measured(string moment, RecordedGc gc) => new(
        moment, gc.Number, GenerationNames.Of(gc.Kind), gc.Generation, gc.StartMs,
        [.. GenerationNames.All.Select((name, i) => Row(name, gc.MeasureOf(i)))]);

    private static GenerationRow Row(string name, GenerationMeasure measure) => new(
        name, null, measure.BytesAfter, Math.Max(0, measure.BytesAfter - measure.FreeBytesAfter), measure.FreeBytesAfter,
        null, null, null, null, [], []);

    private static GenerationRow Row(GenerationLayout one, HeapHistory heap) => new(
        GenerationNames.Of(one.Figures.Generation),
        one.Figures.Regions,
        one.Figures.SizeBytes,
        one.Figures.LiveBytes,
        one.Figures.FreeBytes,
        one.Figures.UnknownBytes,
        one.Figures.Holes,
        one.Figures.LargestHoleBytes,
        one.LargestFitBytes,
        [.. one.HoleSizes.Select(static size => new HoleSizeRow(size.MinBytes, size.Holes, size.Bytes))],
        MapExtents.Of(one, site => SiteTexts.Of(site, heap.Sites)));

    private static NeighbourRow[] Neighbours(HeapSnapshot worst, HeapHistory heap) =>
    [
        .. worst.Generations
            .SelectMany(generation => generation.Neighbours.Select(one => Row(one, generation.Figures, heap)))
            .OrderByDescending(static row => row.HoleBytes)
            .Take(MostRows),
    ];

    // What is seen one by one, as large objects are, has no error; ticks have one that nobody knows.
    private static NeighbourRow Row(HoleNeighbour one, GenerationFigures generation, HeapHistory heap)
    {
        bool isExact = one.EstimatedSides < one.Seen * 1.05;
        bool hasError = isExact || heap.Samples == SampleKind.Drawn;
        SampleError error = isExact ? new SampleError(1, 1) : SampleError.Of(one.Seen);
        return new NeighbourRow(
            GenerationNames.Of(generation.Generation),
            SiteTexts.Of(one.Site, heap.Sites),
            one.Seen,
            one.SeenBytes,
            one.EstimatedBytes,
            hasError ? Math.Max(one.SeenBytes, one.EstimatedBytes * error.Low) : null,
            hasError ? Math.Min(generation.FreeBytes, one.EstimatedBytes * error.High) : null);
    }

    private static LifetimeRow Row(ObjectLifetime one, HeapHistory heap, double durationMs)
    {
        bool hasError = heap.Samples == SampleKind.Drawn;
        return new LifetimeRow(
            SiteTexts.Of(one.Site, heap.Sites),
            one.Samples,
            one.Bytes,
            hasError ? one.Bytes * one.Error.Low : null,
            hasError ? one.Bytes * one.Error.High : null,
            durationMs <= 0 ? 0 : one.Bytes * 1000 / durationMs,
            one.DiedShares[0],
            one.DiedShares[1],
            one.DiedShares[2],
            one.DiedShares[3],
            one.DiedShares[4],
            one.LiveShare,
            one.UnjudgedShare,
            one.UnknownShare,
            one.MedianMs,
            one.MedianGcs);
    }

    private static PinRow Row(PinUse one) => new(
        one.Type, SiteTexts.Of(one.Site), one.Pins, one.Gcs, one.PinnedBytes, one.MeanHoleBytes, one.MostHoleBytes);

    internal static string Word(SampleKind kind) => kind switch
    {
        SampleKind.Drawn => Drawn,
        SampleKind.Ticks => Ticks,
        _ => None,
    };
}
