using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Metrics;

/// <summary>A model that counts the extents of each layout it was asked for.</summary>
internal sealed class CountedLayouts(IAllocatorModel model) : IAllocatorModel
{
    public List<int> Layouts { get; } = [];

    public HeapCounters Counters => model.Counters;

    public EventOutcome Apply(in AllocationEvent allocationEvent) => model.Apply(allocationEvent);

    public HeapLayout Layout()
    {
        HeapLayout layout = model.Layout();
        Layouts.Add(layout.Extents.Count);
        return layout;
    }
}
