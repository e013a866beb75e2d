using System.Collections.Generic;
using FragGuard.Simulation;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a model holds right after each full GC of a recording, by the number the runtime gave the GC.</summary>
internal sealed class ReplayedGcs
{
    private const int MaxGcs = 1 << 17;

    private readonly Dictionary<int, HeapCounters> _byNumber = [];

    public IReadOnlyDictionary<int, HeapCounters> ByNumber => _byNumber;

    /// <summary>For <see cref="Simulator.Observer"/>.</summary>
    public void Observe(long operation, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters)
    {
        if (played.Kind == AllocationEventKind.Trim && _byNumber.Count < MaxGcs)
            _byNumber[(int)played.Id] = counters;
    }
}
