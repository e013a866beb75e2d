using System;
using System.Collections.Generic;

namespace FragGuard.Samples;

/// <summary>What the GC said of its heap right after its collections, looked at often enough to miss hardly any.</summary>
public sealed class HeapWatch
{
    private const int LookEvery = 10;

    private readonly List<HeapSnapshot> _afterAny = [];
    private readonly List<HeapSnapshot> _afterFull = [];
    private long _lastAny;
    private long _lastFull;
    private int _rounds;

    /// <summary>After collections of any generation.</summary>
    public IReadOnlyList<HeapSnapshot> AfterAny => _afterAny;

    /// <summary>After full collections, the only ones that sweep large objects.</summary>
    public IReadOnlyList<HeapSnapshot> AfterFull => _afterFull;

    public void Look()
    {
        if (++_rounds % LookEvery != 0)
            return;

        Note(GC.GetGCMemoryInfo(GCKind.Any), _afterAny, ref _lastAny);
        Note(GC.GetGCMemoryInfo(GCKind.Background), _afterFull, ref _lastFull);
        Note(GC.GetGCMemoryInfo(GCKind.FullBlocking), _afterFull, ref _lastFull);
    }

    /// <summary>Forgets what was seen so far: the cache was still filling.</summary>
    public void Restart()
    {
        _afterAny.Clear();
        _afterFull.Clear();
    }

    private static void Note(GCMemoryInfo collection, List<HeapSnapshot> seen, ref long last)
    {
        if (collection.Index <= last)
            return;

        last = collection.Index;
        seen.Add(HeapSnapshot.From(collection));
    }
}
