using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Keeps where the bytes of each generation were over the whole recording: after an even choice of at most
/// <see cref="MaxMoments"/> of the GCs that changed it, and when it had most free bytes. A moment takes at most
/// <see cref="MaxExtents"/> extents of a few bytes each, so all tracks together stay under 10 MB.
/// </summary>
internal sealed class HeapTracks(HeapState heap, LocatedObjects objects)
{
    public const int MaxMoments = 64;
    public const int MaxExtents = 4_096;

    // Beyond n sizes of a cell there are less than 3 n extents.
    private const int CellsPerExtents = 3;

    private readonly ThinnedSeries<TrackDraft>[] _kept = NoTracks();

    private readonly TrackDraft?[] _worst = new TrackDraft?[GcLog.Generations];

    /// <param name="collected">Oldest generation that the GC collected.</param>
    /// <param name="isWorstOf">Generations that never had as many free bytes.</param>
    public void Collected(
        int number, int collected, GcKind kind, double timeMs, GenerationFigures[] figures, bool[] isWorstOf)
    {
        foreach (GenerationFigures one in figures)
        {
            TrackDraft? made = null;
            ThinnedSeries<TrackDraft> kept = _kept[one.Generation];
            if (IsChanged(one.Generation, collected) && kept.TakesNext())
                kept.Keep(made = Draft(number, kind, timeMs, one));
            if (isWorstOf[one.Generation])
                _worst[one.Generation] = made ?? Draft(number, kind, timeMs, one);
        }
    }

    /// <summary>By generation, then time, with the heap as it is now; empty ones are left out.</summary>
    public IReadOnlyList<IReadOnlyList<TrackDraft>> Build(int lastNumber, GcKind lastKind, double lastMs)
    {
        List<IReadOnlyList<TrackDraft>> tracks = [];
        foreach (GenerationFigures one in heap.Figures())
        {
            List<TrackDraft> track = [.. _kept[one.Generation].Kept];
            if (_worst[one.Generation] is { } worst)
                AddIfNew(track, worst);
            AddIfNew(track, Draft(lastNumber, lastKind, lastMs, one));
            track.Sort(static (left, right) => left.TimeMs == right.TimeMs
                ? left.GcNumber.CompareTo(right.GcNumber) : left.TimeMs.CompareTo(right.TimeMs));
            if (track.Exists(static draft => draft.Figures.SizeBytes > 0))
                tracks.Add(track);
        }

        return tracks;
    }

    private static ThinnedSeries<TrackDraft>[] NoTracks()
    {
        ThinnedSeries<TrackDraft>[] tracks = new ThinnedSeries<TrackDraft>[GcLog.Generations];
        for (int i = 0; i < tracks.Length; i++)
            tracks[i] = new ThinnedSeries<TrackDraft>(MaxMoments);
        return tracks;
    }

    private static void AddIfNew(List<TrackDraft> track, TrackDraft draft)
    {
        if (!track.Exists(one => one.GcNumber == draft.GcNumber))
            track.Add(draft);
    }

    // What a GC collects it promotes into the next generation; large and pinned objects are collected with generation 2.
    private static bool IsChanged(int generation, int collected) =>
        generation <= 2 ? generation <= collected + 1 : collected >= 2;

    private TrackDraft Draft(int number, GcKind kind, double timeMs, GenerationFigures figures)
    {
        List<HeapRegion> regions = RegionsOf(figures.Generation);
        KnownObject[] known = figures.Generation == GenerationExtent.LargeObjects
            ? KnownObject.InOrder(CollectionsMarshal.AsSpan(objects.FindLarge()))
            : [];
        PackedExtents packed = new();
        long cellBytes = CellBytes(figures.SizeBytes, regions, known.Length);
        ExtentMerger merger = new(cellBytes, packed.Add);
        ExtentWalk walk = new(
            HeapRegion.PadBytesOf(figures.Generation), known,
            (use, bytes, in one) => merger.Add(Extent(use, bytes, one, timeMs)));
        foreach (HeapRegion region in regions)
        {
            if (cellBytes > 0 && known.Length == 0 && region.IsPlain)
                AddFine(region, cellBytes, merger);
            else
                walk.Add(region.Extent, region.KnownEnd, region.Runs.Span);
        }

        merger.Complete();
        packed.Trim();
        return new TrackDraft(number, kind, timeMs, figures, packed);
    }

    private List<HeapRegion> RegionsOf(int generation)
    {
        List<HeapRegion> regions = [];
        foreach (HeapRegion region in heap.Regions)
        {
            if (region.Extent.Generation == generation)
                regions.Add(region);
        }

        return regions;
    }

    // Most of a fine heap ends up in cells: its runs are not looked at one by one. Optimized from its first call: a call
    // lasts as long as a region has runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFine(HeapRegion region, long cellBytes, ExtentMerger merger)
    {
        ulong cell = (ulong)cellBytes;
        ulong cellStart = region.Extent.Start;
        ulong used = 0;
        ulong at = cellStart;
        foreach (ref readonly LiveRun run in region.Runs.Span)
        {
            ulong end = run.End;
            ulong gap = run.Start - at;
            used += run.Bytes - run.InnerFreeBytes;
            if (end - cellStart >= cell)
            {
                if (gap < cell && run.Bytes < cell)
                {
                    Flush(TrackUse.Cell, end - cellStart, used, merger);
                }
                else
                {
                    ulong live = run.Bytes - run.InnerFreeBytes;
                    Flush(TrackUse.Cell, at - cellStart, used - live, merger);
                    Flush(TrackUse.Free, gap, 0, merger);
                    Flush(TrackUse.Used, live, live, merger);
                    Flush(TrackUse.Free, run.InnerFreeBytes, 0, merger);
                }

                cellStart = end;
                used = 0;
            }

            at = end;
        }

        Flush(TrackUse.Cell, at - cellStart, used, merger);
        Flush(TrackUse.Free, region.Extent.UsedEnd - at, 0, merger);
    }

    private static void Flush(TrackUse use, ulong bytes, ulong used, ExtentMerger merger)
    {
        if (bytes > 0)
            merger.Add(new TrackExtent(use, (long)bytes, (long)used));
    }

    // A run comes with a pad and a hole.
    private static long CellBytes(long bytes, List<HeapRegion> regions, int objects)
    {
        long atMost = 2L * objects;
        foreach (HeapRegion region in regions)
            atMost += (3L * region.Runs.Count) + 2;
        return atMost <= MaxExtents ? 0 : Math.Max(1, ((CellsPerExtents * bytes) + MaxExtents - 1) / MaxExtents);
    }

    private static TrackExtent Extent(TrackUse use, long bytes, in KnownObject? known, double timeMs) => new(
        use, bytes, use is TrackUse.Used or TrackUse.Unknown ? bytes : 0, known?.Source.Packed ?? AllocationSources.Unknown,
        known is { } one ? (long)Math.Max(0, timeMs - one.BornMs) : null);
}
