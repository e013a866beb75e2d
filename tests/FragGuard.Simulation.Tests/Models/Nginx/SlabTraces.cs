using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>Blocks of every size class and of whole pages, in waves that fill and empty the zone.</summary>
internal static class SlabTraces
{
    private const int WaveOperations = 5_000;

    public static AllocationTrace Random(ulong seed, int operations) => new(Events(seed, operations));

    /// <summary>Blocks of up to so many bytes, some of them refused; all are freed at the end.</summary>
    public static IEnumerable<AllocationEvent> Closed(ulong seed, int operations, int maxBytes)
    {
        SeededRandom random = new(seed);
        HashSet<long> live = [];
        for (int i = 0; i < operations; i++)
        {
            long id = random.Next(0, 299);
            if (live.Remove(id))
            {
                yield return new AllocationEvent(AllocationEventKind.Free, id);
                continue;
            }

            live.Add(id);
            yield return new AllocationEvent(AllocationEventKind.Allocate, id, random.Next(0, maxBytes));
        }

        foreach (long id in live)
            yield return new AllocationEvent(AllocationEventKind.Free, id);
    }

    private static IEnumerable<AllocationEvent> Events(ulong seed, int operations)
    {
        SeededRandom random = new(seed);
        List<long> live = [];
        for (int i = 0; i < operations; i++)
        {
            int allocationPercent = i / WaveOperations % 2 == 0 ? 60 : 40;
            if (live.Count == 0 || random.Next(1, 100) <= allocationPercent)
            {
                live.Add(i);
                yield return new AllocationEvent(AllocationEventKind.Allocate, i, Bytes(random));
                continue;
            }

            int freed = (int)random.Next(0, live.Count - 1);
            yield return new AllocationEvent(AllocationEventKind.Free, live[freed]);
            live[freed] = live[^1];
            live.RemoveAt(live.Count - 1);
        }
    }

    private static long Bytes(SeededRandom random) => random.Next(1, 100) switch
    {
        <= 25 => random.Next(0, 16),
        <= 50 => random.Next(17, 64),
        <= 70 => random.Next(65, 512),
        <= 90 => random.Next(513, 2_048),
        <= 98 => random.Next(2_049, 12_288),
        _ => random.Next(12_289, 60_000),
    };
}
