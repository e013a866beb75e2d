using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>Keeps the few heaps of a recording that are worth showing.</summary>
internal sealed class HeapMoments(HeapState heap, SampledObjects samples, LargeObjectLog large)
{
    // A heap that grows would otherwise be kept again after every GC.
    private const double WorthKeeping = 1.02;

    private readonly HeapDraft?[] _worstOfGeneration = new HeapDraft?[GcLog.Generations];
    private readonly long[] _mostFreeBytes = new long[GcLog.Generations];
    private readonly LocatedObjects _objects = new(heap, samples, large);
    private readonly HeapTracks _tracks = new(heap, new LocatedObjects(heap, samples, large));
    private HeapDraft? _worst;
    private long _mostOldFreeBytes;
    private int _lastNumber;
    private int _lastCollected;
    private GcKind _lastKind;
    private double _lastMs;

    public void Collected(int number, int collected, GcKind kind, double timeMs, GenerationFigures[] figures)
    {
        _lastNumber = number;
        _lastCollected = collected;
        _lastKind = kind;
        _lastMs = timeMs;
        long oldFreeBytes = OldFreeBytes(figures);
        bool isWorst = _worst is null || oldFreeBytes > WorthKeeping * _mostOldFreeBytes;
        bool isAnyKept = isWorst;
        bool[] isWorstOf = new bool[figures.Length];
        for (int i = 0; i < figures.Length; i++)
        {
            isWorstOf[i] = figures[i].FreeBytes > WorthKeeping * _mostFreeBytes[i];
            isAnyKept |= isWorstOf[i];
        }

        _tracks.Collected(number, collected, kind, timeMs, figures, isWorstOf);
        if (!isAnyKept)
            return;

        GenerationDraft?[] drafts = Drafts(figures, isWorst ? null : isWorstOf);
        for (int i = 0; i < figures.Length; i++)
        {
            if (isWorstOf[i])
                KeepGeneration(i, figures[i].FreeBytes, drafts[i]!);
        }

        if (!isWorst)
            return;

        _worst = DraftOf(drafts);
        _mostOldFreeBytes = oldFreeBytes;
    }

    /// <summary>Worst, last, and the worst of each generation that has free bytes; empty when no GC told of regions.</summary>
    public IReadOnlyList<KeptHeap> Build()
    {
        if (_worst is null)
            return [];

        List<KeptHeap> kept = [new(HeapMomentKind.Worst, _worst)];
        kept.Add(new KeptHeap(HeapMomentKind.Last, DraftOf(Drafts(heap.Figures(), isKept: null))));
        foreach (HeapDraft? one in _worstOfGeneration)
        {
            if (one is not null)
                kept.Add(new KeptHeap(HeapMomentKind.WorstOfGeneration, one));
        }

        return kept;
    }

    /// <summary>Each generation over the run; empty when no GC told of regions.</summary>
    public IReadOnlyList<IReadOnlyList<TrackDraft>> BuildTracks() =>
        _worst is null ? [] : _tracks.Build(_lastNumber, _lastKind, _lastMs);

    private static long OldFreeBytes(GenerationFigures[] figures)
    {
        long bytes = 0;
        for (int i = 2; i < figures.Length; i++)
            bytes += figures[i].FreeBytes;
        return bytes;
    }

    private void KeepGeneration(int generation, long freeBytes, GenerationDraft draft)
    {
        GenerationDraft?[] alone = new GenerationDraft?[GcLog.Generations];
        alone[generation] = draft;
        _mostFreeBytes[generation] = freeBytes;
        _worstOfGeneration[generation] = DraftOf(alone);
    }

    private HeapDraft DraftOf(GenerationDraft?[] generations) =>
        new(_lastNumber, _lastCollected, _lastKind, _lastMs, generations);

    /// <param name="isKept">Null for all generations.</param>
    private GenerationDraft?[] Drafts(GenerationFigures[] figures, bool[]? isKept)
    {
        List<HeapRegion>?[] regions = new List<HeapRegion>?[figures.Length];
        List<KnownObject>?[] objects = new List<KnownObject>?[figures.Length];
        for (int i = 0; i < figures.Length; i++)
        {
            if (isKept is not null && !isKept[i])
                continue;

            regions[i] = [];
            objects[i] = [];
        }

        foreach (HeapRegion region in heap.Regions)
            regions[region.Extent.Generation]?.Add(region);
        _objects.Find(objects);
        GenerationDraft?[] drafts = new GenerationDraft?[figures.Length];
        for (int i = 0; i < figures.Length; i++)
        {
            if (regions[i] is { } kept)
                drafts[i] = new GenerationDraft(figures[i], kept, objects[i]!.ToArray());
        }

        return drafts;
    }
}
