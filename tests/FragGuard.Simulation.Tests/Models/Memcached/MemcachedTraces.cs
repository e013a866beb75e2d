using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>Random operations on a cache, by seed: the same ones every time.</summary>
internal sealed class MemcachedTraces(ulong seed)
{
    private readonly SeededRandom _random = new(seed);

    /// <summary>Number of different keys.</summary>
    public long Keys { get; init; } = 30_000;

    /// <summary>Largest value that is drawn now and then; one in a hundred is large.</summary>
    public long LargestBytes { get; init; } = 500_000;

    public IEnumerable<AllocationEvent> StoresAndDeletes(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            long key = _random.Next(1, Keys);
            yield return _random.Next(1, 10) <= 8
                ? new AllocationEvent(AllocationEventKind.Set, key, ValueBytes(), KeyBytes(key))
                : new AllocationEvent(AllocationEventKind.Delete, key, KeyBytes: KeyBytes(key));
        }
    }

    private static int KeyBytes(long key) => 6 + (int)(key % 60);

    private long ValueBytes() => _random.Next(1, 200) switch
    {
        <= 170 => _random.Next(0, 1_000),
        <= 192 => _random.Next(1_000, 8_000),
        <= 198 => _random.Next(8_000, 60_000),
        _ => _random.Next(60_000, LargestBytes),
    };
}
