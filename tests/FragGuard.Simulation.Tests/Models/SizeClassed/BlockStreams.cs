using System;
using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>Operations as programs of different habits do them. Ids are below 2^18, and all sizes at least 1.</summary>
internal sealed class BlockStreams(ulong seed)
{
    private readonly SeededRandom _random = new(seed);
    private readonly List<AllocationEvent> _events = [];
    private readonly List<long> _live = [];
    private long _nextId;

    public static IReadOnlyList<string> Names { get; } = ["small churn", "mixed sizes", "ramp and refill", "server"];

    /// <summary>A stream of several threads that hand blocks to each other.</summary>
    public const string Threads = "four threads";

    /// <summary>A stream whose trims are followed by whatever comes next.</summary>
    public const string Trims = "trims at random";

    /// <summary>A stream of blocks aligned to 8 KiB and more.</summary>
    public const string Aligned = "blocks aligned to 8 KiB up to 2 MiB";

    public static AllocationEvent[] Of(string name, ulong seed = 1)
    {
        BlockStreams stream = new(seed);
        switch (name)
        {
            case "small churn":
                stream.Churn(300_000, 20_000, () => stream._random.Next(1, 512));
                break;
            case "mixed sizes":
                stream.Churn(120_000, 3_000, () => stream.Spread(8, 400_000), withResizes: true);
                break;
            case "ramp and refill":
                stream.RampAndRefill();
                break;
            case Threads:
                stream.HandOver();
                break;
            case Trims:
                stream.Churn(60_000, 3_000, () => stream.Spread(8, 400_000), withResizes: true, withTrims: true);
                break;
            case Aligned:
                stream.ChurnAligned();
                break;
            case "server":
                stream.Serve();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "No such stream.");
        }

        return [.. stream._events];
    }

    private void Churn(int operations, int live, Func<long> bytes, bool withResizes = false, bool withTrims = false)
    {
        for (int i = 0; i < operations; i++)
        {
            long draw = _random.Next(0, 99);
            if (withTrims && _random.Next(1, 500) == 1)
                _events.Add(new AllocationEvent(AllocationEventKind.Trim, 0));
            else if (_live.Count > 0 && (_live.Count >= live * 2 || draw < 50 * _live.Count / live))
                FreeAny();
            else if (withResizes && draw > 95 && _live.Count > 0)
                _events.Add(new AllocationEvent(AllocationEventKind.Reallocate, Any(), bytes()));
            else if (withResizes && draw is > 90 and < 93)
                Allocate(bytes(), alignment: 1 << (int)_random.Next(4, 12));
            else
                Allocate(bytes(), traits: draw == 93 ? BlockTraits.Zeroed : BlockTraits.None);
        }
    }

    private void ChurnAligned()
    {
        for (int i = 0; i < 20_000; i++)
        {
            if (_live.Count > 0 && _random.Next(0, 399) < _live.Count)
                FreeAny();
            else
                Allocate(Spread(1_000, 300_000), alignment: 1 << (int)_random.Next(13, 21));
        }
    }

    /// <summary>
    /// Three times: many small blocks, most of them freed at random, then blocks of other sizes, then a trim.
    /// </summary>
    private void RampAndRefill()
    {
        for (int round = 0; round < 3; round++)
        {
            long smallest = 48L << (round * 2);
            for (int i = 0; i < 60_000 >> round; i++)
                Allocate(_random.Next(smallest, smallest * 4));
            for (int left = _live.Count / 10; _live.Count > left;)
                FreeAny();
            for (int i = 0; i < 4_000; i++)
                Allocate(Spread(smallest * 8, 60_000));
            for (int left = _live.Count / 2; _live.Count > left;)
                FreeAny();
            _events.Add(new AllocationEvent(AllocationEventKind.Trim, 0));
        }
    }

    /// <summary>Requests that build strings in a growing buffer and leave a session entry behind.</summary>
    private void Serve()
    {
        Queue<(long Id, int Ends)> sessions = new();
        for (int request = 0; request < 12_000; request++)
        {
            while (sessions.Count > 0 && sessions.Peek().Ends <= request)
                Free(sessions.Dequeue().Id);
            int first = _live.Count;
            long buffer = Allocate(1_024);
            for (long bytes = 2_048; bytes <= Spread(1_024, 128_000); bytes *= 2)
                _events.Add(new AllocationEvent(AllocationEventKind.Reallocate, buffer, bytes));
            for (long strings = _random.Next(3, 20); strings > 0; strings--)
                Allocate(Spread(8, 600));
            if (request % 50 == 0)
                Allocate(_random.Next(20_000, 300_000), traits: BlockTraits.Zeroed);
            while (_live.Count > first)
                FreeAt(_live.Count - 1);
            long session = Allocate(Spread(100, 12_000));
            _live.Clear();
            sessions.Enqueue((session, request + (int)_random.Next(500, 3_000)));
        }
    }

    /// <summary>Threads in turn allocate, and free what any of them allocated.</summary>
    private void HandOver()
    {
        for (int turn = 0; turn < 400; turn++)
        {
            _events.Add(new AllocationEvent(AllocationEventKind.Thread, turn % 4));
            for (int i = 0; i < 400; i++)
            {
                if (_live.Count > 0 && _random.Next(0, 20_000) < _live.Count)
                    FreeAny();
                else
                    Allocate(Spread(16, 4_000));
            }
        }
    }

    private long Allocate(long bytes, int alignment = 0, BlockTraits traits = BlockTraits.None)
    {
        long id = _nextId++;
        _events.Add(new AllocationEvent(AllocationEventKind.Allocate, id, bytes, 0, alignment, traits));
        _live.Add(id);
        return id;
    }

    private long Any() => _live[(int)_random.Next(0, _live.Count - 1)];

    private void FreeAny() => FreeAt((int)_random.Next(0, _live.Count - 1));

    private void FreeAt(int index)
    {
        Free(_live[index]);
        _live[index] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
    }

    private void Free(long id) => _events.Add(new AllocationEvent(AllocationEventKind.Free, id));

    /// <summary>Evenly spread over the logarithm of the size.</summary>
    private long Spread(long min, long max) =>
        (long)(min * Math.Exp(_random.NextRatio() * Math.Log((double)max / min)));
}
