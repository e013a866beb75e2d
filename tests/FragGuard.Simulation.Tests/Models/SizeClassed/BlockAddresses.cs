using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// Addresses of blocks against their offsets in a model. Where the system puts a mapping is its own business; within
/// one
/// mapping every block is as far from its modelled offset as the first.
/// </summary>
internal static class BlockAddresses
{
    public static IEnumerable<DriverOperation> Operations(IEnumerable<AllocationEvent> events)
    {
        foreach (AllocationEvent next in events)
        {
            yield return DriverOperation.Of(next);
            if (Places(next))
                yield return DriverOperation.Address(next.Id);
        }
    }

    /// <param name="output">Where the first differences are printed.</param>
    /// <param name="model">The model, its early blocks given.</param>
    /// <param name="events">What both sides play.</param>
    /// <param name="addresses">What the real side answered.</param>
    /// <param name="mappingOf">Number of the mapping an offset is in.</param>
    /// <param name="unitBytes">Addresses are compared in units of so many bytes.</param>
    /// <returns>How many blocks were compared, and how many are elsewhere.</returns>
    public static (int Compared, int Different) Compare(
        ITestOutputHelper output,
        IAllocatorModel model,
        IReadOnlyList<AllocationEvent> events,
        ReadOnlySpan<long> addresses,
        Func<long, long> mappingOf,
        Func<AllocationEvent, long> unitBytes)
    {
        Dictionary<long, long> distances = [];
        int compared = 0;
        int different = 0;
        for (int i = 0; i < events.Count; i++)
        {
            EventOutcome outcome = model.Apply(events[i]);
            if (!Places(events[i]))
                continue;
            long address = addresses[compared++];
            long unit = unitBytes(events[i]);
            long mapping = mappingOf(outcome.OffsetBytes);
            long distance = (address & -unit) - (outcome.OffsetBytes & -unit);
            if (distances.TryAdd(mapping, distance) || distances[mapping] == distance)
                continue;
            if (different++ < 10)
                output.WriteLine($"event {i}, {events[i]}: {distance - distances[mapping]} bytes off");
        }

        return (compared, different);
    }

    private static bool Places(in AllocationEvent played) =>
        played.Kind is AllocationEventKind.Allocate or AllocationEventKind.Reallocate;
}
