using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>What a model allocates for itself once its tables have the size that a trace needs.</summary>
internal static class SteadyState
{
    private const int WarmRounds = 3;

    /// <summary>Plays the events, which must be playable over and over, and returns the bytes of a round.</summary>
    public static long AllocatedBytes(IAllocatorModel model, IReadOnlyList<AllocationEvent> events)
    {
        for (int round = 0; round < WarmRounds; round++)
            Play(model, events);
        return LeastBytesOf(() => Play(model, events));
    }

    private static long Play(IAllocatorModel model, IReadOnlyList<AllocationEvent> events)
    {
        long freeBytes = 0;
        for (int i = 0; i < events.Count; i++)
        {
            model.Apply(events[i]);
            HeapCounters counters = model.Counters;
            freeBytes += counters.FreeBytes;
        }

        return freeBytes;
    }
}
