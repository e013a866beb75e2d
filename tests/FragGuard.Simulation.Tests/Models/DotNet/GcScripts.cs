using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>Random programs that allocate, drop and pin arrays in rounds, each round ending in a GC.</summary>
internal sealed class GcScripts(ulong seed)
{
    private const int MostPinned = 200;

    private readonly SeededRandom _random = new(seed);
    private readonly List<AllocationEvent> _events = [];
    private readonly List<long> _live = [];
    private readonly Queue<long> _pinned = [];
    private readonly HashSet<long> _held = [];
    private long _next;

    /// <summary>Bytes a round allocates.</summary>
    public long RoundBytes { get; init; } = 8 << 20;

    public int Rounds { get; init; } = 60;

    /// <summary>Largest share of the older objects that die in a round.</summary>
    public double OldDeaths { get; init; } = 0.35;

    /// <summary>Largest share of a round's objects that die in it.</summary>
    public double YoungDeaths { get; init; } = 0.5;

    /// <summary>Chance of a new object to be pinned.</summary>
    public double PinShare { get; init; }

    /// <summary>Chance of a new object to go to the heap of pinned objects.</summary>
    public double PinnedHeapShare { get; init; }

    /// <summary>Chance of a new object to be a large one.</summary>
    public double LargeShare { get; init; }

    /// <summary>Whether a full GC is a trim instead of a collect.</summary>
    public bool Trims { get; init; }

    /// <summary>Live blocks that a script stays below.</summary>
    public int MostLive { get; init; } = 40_000;

    public AllocationTrace Make(params int[] generations)
    {
        for (int round = 0; round < Rounds; round++)
        {
            double dies = _random.NextRatio() * OldDeaths;
            long bytes = 0;
            int young = _live.Count;
            while (bytes < RoundBytes)
                bytes += Allocate();
            Drop(from: young, share: _random.NextRatio() * YoungDeaths);
            Drop(from: 0, share: _live.Count > MostLive ? 0.6 : dies);
            Unpin();
            int generation = generations[(int)_random.Next(0, generations.Length - 1)];
            _events.Add(new AllocationEvent(
                Trims && generation == 2 ? AllocationEventKind.Trim : AllocationEventKind.Collect, generation));
        }

        return new AllocationTrace(_events);
    }

    private long Allocate()
    {
        bool large = _random.NextRatio() < LargeShare;
        bool pinnedHeap = !large && _random.NextRatio() < PinnedHeapShare;
        long bytes = large ? _random.Next(85_000, 400_000) : SmallBytes();
        long id = _next++;
        _events.Add(new AllocationEvent(
            AllocationEventKind.Allocate, id, bytes, Traits: pinnedHeap ? BlockTraits.Pinned : BlockTraits.None));
        _live.Add(id);
        if (!large && !pinnedHeap && _random.NextRatio() < PinShare)
        {
            _events.Add(new AllocationEvent(AllocationEventKind.Pin, id));
            _pinned.Enqueue(id);
            _held.Add(id);
        }

        return bytes;
    }

    private long SmallBytes() => _random.Next(1, 20) switch
    {
        <= 12 => _random.Next(1, 500),
        <= 18 => _random.Next(500, 4_000),
        _ => _random.Next(4_000, 60_000),
    };

    private void Drop(int from, double share)
    {
        int kept = from;
        for (int i = from; i < _live.Count; i++)
        {
            if (_random.NextRatio() < share && !_held.Contains(_live[i]))
                _events.Add(new AllocationEvent(AllocationEventKind.Free, _live[i]));
            else
                _live[kept++] = _live[i];
        }

        _live.RemoveRange(kept, _live.Count - kept);
    }

    private void Unpin()
    {
        while (_pinned.Count > MostPinned)
        {
            long id = _pinned.Dequeue();
            _held.Remove(id);
            _events.Add(new AllocationEvent(AllocationEventKind.Unpin, id));
        }
    }
}
