using System;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models;

/// <summary>
/// A cache without limit in front of a block allocator: each entry is one block, a store frees the old block first,
/// entries die when they are deleted, flushed or past their time to live at the moment they are looked up. A flush frees
/// the entry stored longest ago first. A value of 8 bytes counts as a number.
/// </summary>
internal sealed class KeyedBlocks : IAllocatorModel
{
    private const int NumberBytes = 8;

    private readonly IAllocatorModel _blocks;
    private readonly LiveBlocks<Entry> _entries = new();
    private long _now;
    private long _stores;

    public KeyedBlocks(IAllocatorModel blocks) => _blocks = blocks;

    public HeapCounters Counters => _blocks.Counters;

    public HeapLayout Layout() => _blocks.Layout();

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        if (allocationEvent.Kind == AllocationEventKind.Time)
            _now = allocationEvent.Milliseconds;
        if (!allocationEvent.IsCacheEvent)
            return _blocks.Apply(allocationEvent);
        return allocationEvent.Kind switch
        {
            AllocationEventKind.Set or AllocationEventKind.SafeSet => Store(allocationEvent),
            AllocationEventKind.Add or AllocationEventKind.SafeAdd =>
                IsLive(allocationEvent.Id) ? new EventOutcome(EventAnswer.Exists) : Store(allocationEvent),
            AllocationEventKind.Replace =>
                IsLive(allocationEvent.Id) ? Store(allocationEvent) : new EventOutcome(EventAnswer.NotFound),
            AllocationEventKind.Get =>
                new EventOutcome(IsLive(allocationEvent.Id) ? EventAnswer.Hit : EventAnswer.NotFound),
            AllocationEventKind.Increment => new EventOutcome(Increment(allocationEvent.Id)),
            AllocationEventKind.Delete => Delete(allocationEvent.Id),
            AllocationEventKind.FlushAll or AllocationEventKind.FlushExpired => Flush(allocationEvent),
            _ => new EventOutcome(EventAnswer.Ignored),
        };
    }

    private bool IsLive(long key)
    {
        if (!_entries.TryGet(key, out Entry entry))
            return false;
        if (entry.ExpiresAt == 0 || entry.ExpiresAt > _now)
            return true;
        Delete(key);
        return false;
    }

    private EventOutcome Store(in AllocationEvent store)
    {
        Delete(store.Id);
        EventOutcome outcome = _blocks.Apply(store with { Kind = AllocationEventKind.Allocate, Milliseconds = 0 });
        if (outcome.Answer != EventAnswer.NoMemory)
            _entries.Set(store.Id, new Entry(store.Bytes, ExpiryOf(store.Milliseconds), _stores++));
        return outcome;
    }

    /// <summary>The clock at which an entry dies; never, where that is beyond every clock.</summary>
    private long ExpiryOf(long milliseconds) =>
        milliseconds <= 0 || milliseconds > long.MaxValue - Math.Max(_now, 0) ? 0 : _now + milliseconds;

    private EventAnswer Increment(long key)
    {
        if (!IsLive(key))
            return EventAnswer.NotFound;
        return _entries[key].Bytes == NumberBytes ? EventAnswer.Ok : EventAnswer.NotANumber;
    }

    private EventOutcome Delete(long key)
    {
        if (!_entries.Remove(key, out _))
            return new EventOutcome(EventAnswer.NotFound);
        _blocks.Apply(new AllocationEvent(AllocationEventKind.Free, key));
        return new EventOutcome(EventAnswer.Ok);
    }

    private EventOutcome Flush(in AllocationEvent flush)
    {
        long left = flush.Kind == AllocationEventKind.FlushAll || flush.Bytes == 0 ? long.MaxValue : flush.Bytes;
        foreach (long key in _entries.All.OrderBy(entry => entry.Value.Order).Select(entry => entry.Key).ToArray())
        {
            if (left == 0)
                break;
            if (flush.Kind == AllocationEventKind.FlushExpired
                && (_entries[key].ExpiresAt == 0 || _entries[key].ExpiresAt > _now))
            {
                continue;
            }

            Delete(key);
            left--;
        }

        return new EventOutcome(EventAnswer.Ok);
    }

    /// <param name="Bytes">Bytes of the value.</param>
    /// <param name="ExpiresAt">Clock at which the entry dies, in milliseconds; 0 for never.</param>
    /// <param name="Order">Stores made before the one that stored the entry.</param>
    private readonly record struct Entry(long Bytes, long ExpiresAt, long Order);
}
