using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// The random churn that models and the real allocator are timed with: a slot is drawn; an empty one gets a block, a
/// full one loses it.
/// </summary>
public static class BlockChurn
{
    public const int Slots = 65_536;

    /// <param name="operations">Number of events.</param>
    /// <param name="minBytes">Smallest block.</param>
    /// <param name="maxBytes">Largest block.</param>
    /// <param name="slots">Number of slots; about half of them hold a block in the steady state.</param>
    public static AllocationEvent[] Events(
        int operations, long minBytes = 16, long maxBytes = 1_016, int slots = Slots)
    {
        SeededRandom random = new(1);
        AllocationEvent[] events = new AllocationEvent[operations];
        bool[] isLive = new bool[slots];
        for (int i = 0; i < operations; i++)
        {
            int slot = (int)random.Next(0, slots - 1);
            events[i] = isLive[slot]
                ? new AllocationEvent(AllocationEventKind.Free, slot)
                : new AllocationEvent(AllocationEventKind.Allocate, slot, random.Next(minBytes, maxBytes));
            isLive[slot] = !isLive[slot];
        }

        return events;
    }

    /// <summary>Plays the events as the simulator does, the counters read after each.</summary>
    public static long Play(IAllocatorModel model, AllocationEvent[] events)
    {
        long freeBytes = 0;
        foreach (ref readonly AllocationEvent next in events.AsSpan())
        {
            model.Apply(next);
            HeapCounters counters = model.Counters;
            freeBytes += counters.FreeBytes;
        }

        return freeBytes;
    }

    /// <summary>The events that free what is live at the end, so that the same model can play them again.</summary>
    public static AllocationEvent[] Closed(AllocationEvent[] events)
    {
        HashSet<long> live = [];
        foreach (AllocationEvent next in events)
        {
            if (!live.Remove(next.Id))
                live.Add(next.Id);
        }

        List<AllocationEvent> closed = [.. events];
        foreach (long id in live)
            closed.Add(new AllocationEvent(AllocationEventKind.Free, id));
        return [.. closed];
    }
}
