using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Puts the events of GCs together: which regions a GC started with, what it left alive, which regions it ended with. A
/// background GC lists its survivors while everything stands still, and blocking GCs may run between that and its end.
/// </summary>
/// <param name="moments">Null when no heap is to be kept.</param>
internal sealed class HeapWatch(
    HeapState heap, LargeObjectLog objects, SampledObjects samples, PinLog pins, HeapMoments? moments, GcLog gcs)
{
    private readonly RegionLists _regions = new();

    // GCs of one kind follow each other, so one list serves all of them.
    private readonly SurvivorExtents _blockingSurvivors = new();
    private readonly SurvivorExtents _backgroundSurvivors = new();
    private readonly FollowedAddresses _followedByBlocking = new();
    private readonly FollowedAddresses _followedByBackground = new();
    private GcInProgress? _blocking;
    private GcInProgress? _background;

    public void Started(long thread, int number, int generation, GcKind kind, double timeMs)
    {
        _regions.Close(thread);
        samples.GcStarted();
        SurvivorExtents survivors = kind == GcKind.Background ? _backgroundSurvivors : _blockingSurvivors;
        survivors.Clear();
        GcInProgress started = new(thread, number, generation, kind, timeMs, survivors);
        if (kind == GcKind.Background)
            _background = started;
        else
            _blocking = started;
        objects.IsBackgroundRunning = _background is not null;
    }

    public void Listed(long thread, GenerationExtent region) => _regions.Add(thread, region);

    /// <summary>The survivors that the caller is about to add; null when no GC runs that anybody knows of.</summary>
    public SurvivorExtents? Surviving(long thread)
    {
        _regions.Close(thread);
        if (_blocking is not null)
            CompleteStart(_blocking);
        else if (_background is { Survivors.IsWatching: false } gc)
            gc.Survivors.Watch(samples.Follow(gc.Generation, heap, _followedByBackground), RegionsOf(gc));
        return (_blocking ?? _background)?.Survivors;
    }

    public void Measured(long thread, int generation, bool isConcurrent)
    {
        if (_blocking is not null)
            CompleteStart(_blocking);
        _regions.Close(thread);
        if (generation >= 2 && !isConcurrent && _background is not null && _blocking is null)
            _background.Kind = GcKind.Blocking;
    }

    public void Stopped(long thread, int number, double timeMs)
    {
        if (_blocking?.Number == number)
        {
            CompleteStart(_blocking);
            Collected(_blocking, thread, timeMs);
            _blocking = null;
        }
        else if (_background?.Number == number)
        {
            Collected(_background, thread, timeMs);
            _background = null;
        }

        _regions.Close(thread);
        objects.IsBackgroundRunning = _background is not null;
    }

    // It started with regions that no GC before it listed.
    private List<GenerationExtent> RegionsOf(GcInProgress background)
    {
        List<GenerationExtent> regions = [.. _regions.Of(background.Thread)];
        foreach (HeapRegion region in heap.Regions)
            regions.Add(region.Extent);
        return regions;
    }

    // The list a GC starts with is complete when anything else follows it.
    private void CompleteStart(GcInProgress blocking)
    {
        if (blocking.RegionsBefore is not null)
            return;

        blocking.RegionsBefore = [.. _regions.Of(blocking.Thread)];
        _regions.Close(blocking.Thread);
        if (blocking.RegionsBefore.Count == 0)
            return;

        PlaceBackground(blocking.RegionsBefore, blocking.StartMs);
        heap.Listed(blocking.RegionsBefore);
        blocking.Survivors.Watch(samples.Follow(blocking.Generation, heap, _followedByBlocking), blocking.RegionsBefore);
    }

    private void PlaceBackground(IReadOnlyList<GenerationExtent> regions, double timeMs)
    {
        if (_background is not { IsPlaced: false, Survivors.IsEmpty: false } gc)
            return;

        heap.Listed(regions);
        samples.CollectedInBackground(gc.StartMs, timeMs, gc.Survivors);
        heap.CollectedInBackground(gc.Survivors, regions);
        gc.IsPlaced = true;

        // This is the moment the runtime measures; blocking GCs may still run before it says that this one ended.
        gcs.Reconstructed(gc.Number, heap.Figures());
    }

    private void Collected(GcInProgress gc, long thread, double timeMs)
    {
        IReadOnlyList<GenerationExtent> regions = _regions.Of(thread);
        if (gc.Generation >= 2)
            objects.Collected(gc.Number, timeMs, gc.StartMs, gc.Survivors.IsWatching ? gc.Survivors.Large : null);
        if (regions.Count == 0)
        {
            pins.CollectedUnplaced();
            return;
        }

        if (gc.Kind != GcKind.Background)
            CollectedBlocking(gc, regions, timeMs);
        else if (gc.IsPlaced)
            heap.Listed(regions);
        else
            PlaceBackground(regions, timeMs);
        LargeObject[] born = objects.TakeRecent();
        if (gc.Generation < 2)
            heap.Born(born);
        else if (gc.Kind == GcKind.Background)
            heap.Born(born, gc.StartMs);
        GenerationFigures[] figures = heap.Figures();
        if (gc.Kind != GcKind.Background)
            gcs.Reconstructed(gc.Number, figures);
        moments?.Collected(gc.Number, gc.Generation, gc.Kind, timeMs, figures);
    }

    private void CollectedBlocking(GcInProgress gc, IReadOnlyList<GenerationExtent> regions, double timeMs)
    {
        if (gc.Survivors.IsWatching)
            samples.Collected(gc.Generation, timeMs, gc.Survivors);
        heap.Collected(gc.Generation, gc.Survivors, regions);
        samples.Moved(gc.Generation, heap);
        pins.Collected(gc.Number, heap, samples);
    }
}
