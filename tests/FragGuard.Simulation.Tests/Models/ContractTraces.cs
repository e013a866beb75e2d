using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>Random operations that any model must take: blocks that live and die, or entries of a cache.</summary>
internal sealed class ContractTraces(ulong seed)
{
    private const int Operations = 4_000;
    private const int Keys = 300;

    private readonly SeededRandom _random = new(seed);
    private readonly List<long> _live = [];
    private long _nextId = 1;
    private long _clock;

    /// <summary>Blocks or entries that live and die in a number that stays about the same, and all die at the end.</summary>
    public static AllocationEvent[] SteadyLife(bool takesCacheEvents)
    {
        const int Slots = 500;
        ContractTraces draws = new(seed: 1);
        SeededRandom random = draws._random;
        List<AllocationEvent> life = [];
        bool[] isLive = new bool[Slots];
        for (int i = 0; i < 20_000; i++)
        {
            int slot = (int)random.Next(0, Slots - 1);
            life.Add((isLive[slot], takesCacheEvents) switch
            {
                (true, false) => new AllocationEvent(AllocationEventKind.Free, slot),
                (false, false) => new AllocationEvent(AllocationEventKind.Allocate, slot, draws.Bytes(), Site: slot % 3),
                (true, true) => new AllocationEvent(AllocationEventKind.Delete, slot, KeyBytes: KeyBytes(slot)),
                (false, true) => new AllocationEvent(AllocationEventKind.Set, slot, draws.Bytes(), KeyBytes(slot)),
            });
            isLive[slot] = !isLive[slot];
            if (takesCacheEvents)
                life.Add(new AllocationEvent(AllocationEventKind.Get, slot, KeyBytes: KeyBytes(slot)));
        }

        for (int slot = 0; slot < Slots; slot++)
        {
            if (isLive[slot])
            {
                life.Add(takesCacheEvents
                    ? new AllocationEvent(AllocationEventKind.Delete, slot, KeyBytes: KeyBytes(slot))
                    : new AllocationEvent(AllocationEventKind.Free, slot));
            }
        }

        return [.. life];
    }

    /// <summary>Plays the operations, yielding each with its outcome after it was applied.</summary>
    public IEnumerable<(AllocationEvent Played, EventOutcome Outcome)> Play(IAllocatorModel model, bool takesCacheEvents)
    {
        for (int i = 0; i < Operations; i++)
        {
            AllocationEvent next = takesCacheEvents ? NextOfCache() : NextOfBlocks();
            EventOutcome outcome = model.Apply(next);
            if (next.Kind == AllocationEventKind.Allocate && outcome.Answer == EventAnswer.Ok)
                _live.Add(next.Id);
            yield return (next, outcome);
        }
    }

    /// <summary>The events that end every life the operations began.</summary>
    public IEnumerable<AllocationEvent> Ending(bool takesCacheEvents)
    {
        if (takesCacheEvents)
        {
            for (long key = 1; key <= Keys; key++)
                yield return new AllocationEvent(AllocationEventKind.Delete, key, KeyBytes: KeyBytes(key));
        }
        else
        {
            foreach (long id in _live)
                yield return new AllocationEvent(AllocationEventKind.Free, id);
        }

        yield return new AllocationEvent(AllocationEventKind.Trim, 0);
    }

    private static int KeyBytes(long key) => 3 + (int)(key % 40);

    private AllocationEvent NextOfBlocks()
    {
        long draw = _random.Next(1, 100);
        if (_live.Count > 0 && draw <= 40)
        {
            int index = (int)_random.Next(0, _live.Count - 1);
            long id = _live[index];
            _live[index] = _live[^1];
            _live.RemoveAt(_live.Count - 1);
            return new AllocationEvent(AllocationEventKind.Free, id);
        }

        if (_live.Count > 0 && draw <= 48)
        {
            long id = _live[(int)_random.Next(0, _live.Count - 1)];
            return new AllocationEvent(AllocationEventKind.Reallocate, id, Bytes());
        }

        return draw switch
        {
            49 => new AllocationEvent(AllocationEventKind.Trim, 0),
            50 or 51 => new AllocationEvent(AllocationEventKind.Thread, _random.Next(0, 2)),
            52 => Tick(),
            53 => new AllocationEvent(AllocationEventKind.Allocate, _nextId++, Bytes(), AlignmentBytes: 64),
            _ => new AllocationEvent(AllocationEventKind.Allocate, _nextId++, Bytes(), Site: (int)_random.Next(-1, 3)),
        };
    }

    private AllocationEvent NextOfCache()
    {
        AllocationEventKind kind = (AllocationEventKind)_random.Next(
            (long)AllocationEventKind.Set, (long)AllocationEventKind.FlushExpired);
        if (kind == AllocationEventKind.FlushAll && _random.Next(1, 50) != 1)
            return Tick();
        long key = _random.Next(1, Keys);
        AllocationEvent next = new(kind, key, KeyBytes: KeyBytes(key), Site: (int)_random.Next(-1, 3));
        return kind switch
        {
            <= AllocationEventKind.Replace => next with { Bytes = Bytes(), Milliseconds = TimeToLive() },
            AllocationEventKind.PushLeft or AllocationEventKind.PushRight => next with { Bytes = Bytes() },
            AllocationEventKind.Increment => next with { Bytes = _random.Next(0, 1) * 8, Milliseconds = TimeToLive() },
            AllocationEventKind.Touch => next with { Milliseconds = TimeToLive() },
            _ => next,
        };
    }

    private long TimeToLive() => _random.Next(0, 1) * _random.Next(1, 50);

    private AllocationEvent Tick() =>
        new(AllocationEventKind.Time, 0, Milliseconds: _clock += _random.Next(0, 5));

    private long Bytes() => _random.Next(1, 10) switch
    {
        <= 5 => _random.Next(1, 128),
        <= 8 => _random.Next(128, 4_096),
        9 => _random.Next(4_096, 40_000),
        _ => _random.Next(85_000, 400_000),
    };
}
