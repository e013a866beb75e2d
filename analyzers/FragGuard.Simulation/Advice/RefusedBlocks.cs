using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// A heap in front of which the blocks it refused are remembered: a remedy may refuse what the program as written got, and
/// the trace goes on to free it, to pin it or to resize it. A resize asks for the block anew, and the pins hold what it gets.
/// </summary>
internal sealed class RefusedBlocks : IAllocatorModel
{
    private readonly IAllocatorModel _heap;

    /// <summary>Pins not yet taken back of each refused block.</summary>
    private readonly LiveBlocks<int> _refused = new();

    public RefusedBlocks(IAllocatorModel heap) => _heap = heap;

    public HeapCounters Counters => _heap.Counters;

    public HeapLayout Layout() => _heap.Layout();

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_refused.Count > 0)
                    _refused.Remove(allocationEvent.Id, out _);
                return Allocate(allocationEvent);
            case AllocationEventKind.Reallocate when _refused.Contains(allocationEvent.Id):
                return Allocate(allocationEvent with { Kind = AllocationEventKind.Allocate });
            case AllocationEventKind.Free when _refused.Remove(allocationEvent.Id, out _):
                return new EventOutcome(EventAnswer.Ignored);
            case AllocationEventKind.Pin when _refused.Contains(allocationEvent.Id):
                _refused[allocationEvent.Id]++;
                return new EventOutcome(EventAnswer.Ignored);
            case AllocationEventKind.Unpin when _refused.Contains(allocationEvent.Id):
                _refused[allocationEvent.Id]--;
                return new EventOutcome(EventAnswer.Ignored);
            default:
                return _heap.Apply(allocationEvent);
        }
    }

    private EventOutcome Allocate(in AllocationEvent request)
    {
        EventOutcome outcome = _heap.Apply(request);
        if (outcome.Answer == EventAnswer.NoMemory)
        {
            _refused.TryAdd(request.Id, 0);
        }
        else if (_refused.Count > 0 && _refused.Remove(request.Id, out int pins))
        {
            for (; pins > 0; pins--)
                _heap.Apply(new AllocationEvent(AllocationEventKind.Pin, request.Id));
        }

        return outcome;
    }
}
