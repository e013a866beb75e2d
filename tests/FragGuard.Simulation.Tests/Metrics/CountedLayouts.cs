using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Metrics;

/// <summary>A model that counts the extents of the layouts it was asked for.</summary>
internal sealed class CountedLayouts(IAllocatorModel model) : IAllocatorModel
{
    public long Extents { get; private set; }

    public long LastExtents { get; private set; }

    public HeapCounters Counters => model.Counters;

    public EventOutcome Apply(in AllocationEvent allocationEvent) => model.Apply(allocationEvent);

    public HeapLayout Layout()
    {
        HeapLayout layout = model.Layout();
        LastExtents = layout.Extents.Count;
        Extents += LastExtents;
        return layout;
    }
}
