using System.Collections.Generic;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A trace, and what the runtime measured while it was recorded.</summary>
/// <param name="Collections">The recorded GCs, which a simulation can be held against; empty for a trace that is no recording.</param>
internal sealed record OpenedTrace(AllocationTrace Trace, IReadOnlyList<RecordedGc> Collections)
{
    /// <summary>What the trace leaves out, in one sentence; null when it is whole.</summary>
    public string? Gap { get; init; }
}
