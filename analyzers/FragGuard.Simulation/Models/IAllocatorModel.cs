using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models;

/// <summary>
/// The placement rules of one real allocator, at a stated version. A model is a function of its settings and the
/// events it was given: no clock, no randomness, no environment.
/// </summary>
public interface IAllocatorModel
{
    /// <summary>The sums after the last event, in constant time.</summary>
    HeapCounters Counters { get; }

    /// <summary>Plays one event. Events that mean nothing to the allocator answer <see cref="EventAnswer.Ignored"/>.</summary>
    /// <exception cref="TraceException">The event breaks the trace's promise, such as a second free of one block.</exception>
    EventOutcome Apply(in AllocationEvent allocationEvent);

    /// <summary>A snapshot of where every byte is, in time linear to the number of extents.</summary>
    HeapLayout Layout();
}
