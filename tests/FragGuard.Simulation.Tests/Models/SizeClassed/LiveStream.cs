using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>One stream for both sides, with a checkpoint after every so many events and at the end.</summary>
internal static class LiveStream
{
    private const int EventsPerCheckpoint = 5_000;

    public static IEnumerable<DriverOperation> Operations(IReadOnlyList<AllocationEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            yield return DriverOperation.Of(events[i]);
            if (IsCheckpoint(i, events.Count))
                yield return DriverOperation.Checkpoint;
        }
    }

    /// <summary>Plays the events, stopping after each checkpoint.</summary>
    public static IEnumerable<int> Checkpoints(IAllocatorModel model, IReadOnlyList<AllocationEvent> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            EventOutcome outcome = model.Apply(events[i]);
            Assert.True(outcome.Answer == EventAnswer.Ok, $"event {i}: {events[i]} was answered by {outcome}");
            if (IsCheckpoint(i, events.Count))
                yield return i;
        }
    }

    private static bool IsCheckpoint(int index, int count) => (index + 1) % EventsPerCheckpoint == 0 || index + 1 == count;
}
