using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Metrics;

/// <summary>The sums of a heap after one event of a run.</summary>
/// <param name="Index">0-based index of the event.</param>
/// <param name="Counters">The sums after it.</param>
public readonly record struct HeapSample(long Index, HeapCounters Counters);
