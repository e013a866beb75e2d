using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>Random operations on a cache, by seed: the same ones every time.</summary>
internal sealed class MemcachedTraces(ulong seed)
{
    private const long Hour = 3_600_000;

    private readonly SeededRandom _random = new(seed);

    public long FirstKey { get; init; } = 1;

    /// <summary>Number of different keys.</summary>
    public long Keys { get; init; } = 30_000;

    /// <summary>Largest value that is drawn now and then; one in a hundred is large.</summary>
    public long LargestBytes { get; init; } = 500_000;

    public IEnumerable<AllocationEvent> StoresAndDeletes(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            long key = NextKey();
            yield return _random.Next(1, 10) <= 8
                ? new AllocationEvent(AllocationEventKind.Set, key, ValueBytes(), KeyBytes(key))
                : new AllocationEvent(AllocationEventKind.Delete, key, KeyBytes: KeyBytes(key));
        }
    }

    /// <summary>Sets of small values, now and then a delete; one set in twenty dies after a while.</summary>
    /// <param name="operations">Number of operations.</param>
    /// <param name="milliseconds">Time to live of the sets that have one; 0 for none at all.</param>
    public IEnumerable<AllocationEvent> SmallStores(int operations, long milliseconds)
    {
        for (int i = 0; i < operations; i++)
        {
            long key = NextKey();
            long timeToLive = _random.Next(1, 20) == 1 ? milliseconds : 0;
            yield return _random.Next(1, 10) <= 9
                ? new AllocationEvent(
                    AllocationEventKind.Set, key, _random.Next(50, 1_000), KeyBytes(key), Milliseconds: timeToLive)
                : new AllocationEvent(AllocationEventKind.Delete, key, KeyBytes: KeyBytes(key));
        }
    }

    /// <summary>Sets, deletes and reads, and one flush in three thousand operations.</summary>
    public IEnumerable<AllocationEvent> Flushed(int operations)
    {
        foreach (AllocationEvent next in Everything(operations))
        {
            yield return _random.Next(1, 3_000) == 1
                ? new AllocationEvent(AllocationEventKind.FlushAll, next.Id, KeyBytes: next.KeyBytes)
                : next;
        }
    }

    /// <summary>One read of every key.</summary>
    public static IEnumerable<AllocationEvent> ReadEach(IEnumerable<long> keys)
    {
        foreach (long key in keys)
            yield return new AllocationEvent(AllocationEventKind.Get, key, KeyBytes: KeyBytes(key));
    }

    /// <summary>Every kind of event that has an exact answer: stores with conditions, reads, counting, times to live.</summary>
    public IEnumerable<AllocationEvent> Everything(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            long key = NextKey();
            yield return _random.Next(1, 20) switch
            {
                <= 8 => new AllocationEvent(AllocationEventKind.Set, key, ValueBytes(), KeyBytes(key)),
                9 => new AllocationEvent(AllocationEventKind.Add, key, ValueBytes(), KeyBytes(key)),
                10 => new AllocationEvent(AllocationEventKind.Replace, key, ValueBytes(), KeyBytes(key)),
                11 => new AllocationEvent(AllocationEventKind.Set, key, _random.Next(0, 30), KeyBytes(key)),
                12 => new AllocationEvent(AllocationEventKind.Increment, key, 0, KeyBytes(key)),
                13 => new AllocationEvent(
                    AllocationEventKind.Touch, key, KeyBytes: KeyBytes(key), Milliseconds: _random.Next(0, 1) * Hour),
                14 => new AllocationEvent(
                    AllocationEventKind.Set, key, ValueBytes(), KeyBytes(key), Milliseconds: _random.Next(-1, 1) * Hour),
                15 or 16 => new AllocationEvent(AllocationEventKind.Delete, key, KeyBytes: KeyBytes(key)),
                _ => new AllocationEvent(AllocationEventKind.Get, key, KeyBytes: KeyBytes(key)),
            };
        }
    }

    private long NextKey() => FirstKey + _random.Next(0, Keys - 1);

    private static int KeyBytes(long key) => 6 + (int)(key % 60);

    private long ValueBytes() => _random.Next(1, 200) switch
    {
        <= 170 => _random.Next(0, 1_000),
        <= 192 => _random.Next(1_000, 8_000),
        <= 198 => _random.Next(8_000, 60_000),
        _ => _random.Next(60_000, LargestBytes),
    };
}
