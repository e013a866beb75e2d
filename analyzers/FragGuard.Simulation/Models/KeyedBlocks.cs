using System;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models;

/// <summary>
/// A cache without limit in front of a block allocator: each value is one block and so is each element of a list, records
/// of the cache's own are none. A store frees the old block or elements first. Entries die when they are deleted, flushed,
/// emptied of their last element, or past their time to live at the moment they are looked up. A flush frees the entry
/// stored longest ago first, a list its elements from the head. A value of 8 bytes counts as a number.
/// </summary>
internal sealed class KeyedBlocks : IAllocatorModel
{
    private const int NumberBytes = 8;
    private const int None = KeyedEntries<Entry>.None;

    private readonly IAllocatorModel _blocks;
    private readonly KeyedEntries<Entry> _entries = new();
    private readonly ElementLists<long> _elements = new();
    private readonly UnusedIds _ids = new();
    private long _now;

    public KeyedBlocks(IAllocatorModel blocks) => _blocks = blocks;

    public HeapCounters Counters => _blocks.Counters;

    public HeapLayout Layout() => _blocks.Layout();

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        if (allocationEvent.Kind == AllocationEventKind.Time)
            _now = allocationEvent.Milliseconds;
        if (!allocationEvent.IsCacheEvent)
            return _blocks.Apply(allocationEvent);
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Set:
            case AllocationEventKind.SafeSet:
            case AllocationEventKind.Add:
            case AllocationEventKind.SafeAdd:
            case AllocationEventKind.Replace:
                return Store(allocationEvent);
            case AllocationEventKind.Increment:
                return Increment(allocationEvent);
            case AllocationEventKind.Get:
                return new EventOutcome(Get(allocationEvent.Id));
            case AllocationEventKind.Touch:
                return new EventOutcome(Touch(allocationEvent));
            case AllocationEventKind.PushLeft:
            case AllocationEventKind.PushRight:
                return Push(allocationEvent);
            case AllocationEventKind.PopLeft:
            case AllocationEventKind.PopRight:
                return new EventOutcome(Pop(allocationEvent));
            case AllocationEventKind.ListLength:
                return new EventOutcome(FindList(allocationEvent.Id, out _));
            case AllocationEventKind.Delete:
                return new EventOutcome(Delete(allocationEvent.Id));
            case AllocationEventKind.FlushAll:
                Flush(long.MaxValue, onlyExpired: false);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.FlushExpired:
                Flush(allocationEvent.Bytes == 0 ? long.MaxValue : allocationEvent.Bytes, onlyExpired: true);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    private EventOutcome Store(in AllocationEvent store)
    {
        int old = FindLive(store.Id);
        if (store.Kind == AllocationEventKind.Replace && old == None)
            return new EventOutcome(EventAnswer.NotFound);
        if (store.Kind is AllocationEventKind.Add or AllocationEventKind.SafeAdd && old != None)
            return new EventOutcome(EventAnswer.Exists);
        if (old != None)
            Remove(old);
        return Insert(store, store.Bytes);
    }

    private EventOutcome Insert(in AllocationEvent store, long bytes)
    {
        EventOutcome outcome = Allocate(store, bytes, out long block);
        if (block != UnusedIds.None)
        {
            _entries.Add(
                store.Id, new Entry { Block = block, Bytes = bytes, ExpiresAt = ExpiryAfter(store.Milliseconds) });
        }

        return outcome;
    }

    private EventOutcome Increment(in AllocationEvent increment)
    {
        int entry = FindLive(increment.Id);
        if (entry == None)
        {
            return increment.Bytes == 0
                ? new EventOutcome(EventAnswer.NotFound)
                : Insert(increment, NumberBytes);
        }

        bool isNumber = !_entries[entry].IsList && _entries[entry].Bytes == NumberBytes;
        return new EventOutcome(isNumber ? EventAnswer.Ok : EventAnswer.NotANumber);
    }

    private EventAnswer Get(long key)
    {
        int entry = FindLive(key);
        if (entry == None)
            return EventAnswer.NotFound;
        return _entries[entry].IsList ? EventAnswer.IsAList : EventAnswer.Hit;
    }

    private EventAnswer Touch(in AllocationEvent touch)
    {
        int entry = FindLive(touch.Id);
        if (entry == None)
            return EventAnswer.NotFound;
        _entries[entry].ExpiresAt = ExpiryAfter(touch.Milliseconds);
        return EventAnswer.Ok;
    }

    private EventOutcome Push(in AllocationEvent push)
    {
        int entry = FindLive(push.Id);
        if (entry != None && !_entries[entry].IsList)
            return new EventOutcome(EventAnswer.NotAList);
        EventOutcome outcome = Allocate(push, push.Bytes, out long block);
        if (block == UnusedIds.None)
            return outcome;
        if (entry == None)
            entry = _entries.Add(push.Id, new Entry { IsList = true });
        if (push.Kind == AllocationEventKind.PushLeft)
            _elements.AddHead(ref _entries[entry].Elements, block);
        else
            _elements.AddTail(ref _entries[entry].Elements, block);
        return outcome;
    }

    private EventAnswer Pop(in AllocationEvent pop)
    {
        EventAnswer found = FindList(pop.Id, out int entry);
        if (found != EventAnswer.Hit)
            return found;
        ref ElementList list = ref _entries[entry].Elements;
        Free(pop.Kind == AllocationEventKind.PopLeft ? _elements.RemoveHead(ref list) : _elements.RemoveTail(ref list));
        if (list.Count == 0)
            _entries.Remove(entry);
        return EventAnswer.Ok;
    }

    private EventAnswer FindList(long key, out int entry)
    {
        entry = FindLive(key);
        if (entry == None)
            return EventAnswer.NotFound;
        return _entries[entry].IsList ? EventAnswer.Hit : EventAnswer.NotAList;
    }

    private EventAnswer Delete(long key)
    {
        int entry = _entries.Find(key);
        if (entry == None)
            return EventAnswer.NotFound;
        Remove(entry);
        return EventAnswer.Ok;
    }

    /// <param name="max">Most entries to free.</param>
    /// <param name="onlyExpired">Whether live entries stay.</param>
    private void Flush(long max, bool onlyExpired)
    {
        int entry = _entries.Oldest;
        while (entry != None && max > 0)
        {
            int newer = _entries.NewerThan(entry);
            if (!onlyExpired || IsExpired(entry))
            {
                Remove(entry);
                max--;
            }

            entry = newer;
        }
    }

    /// <returns>The key's live entry, an expired one being freed; none when there is none.</returns>
    private int FindLive(long key)
    {
        int entry = _entries.Find(key);
        if (entry == None || !IsExpired(entry))
            return entry;
        Remove(entry);
        return None;
    }

    private bool IsExpired(int entry) => _entries[entry].ExpiresAt != 0 && _entries[entry].ExpiresAt <= _now;

    private long ExpiryAfter(long milliseconds) =>
        milliseconds <= 0 ? 0 : Math.Max(0, _now) + Math.Min(milliseconds, long.MaxValue - Math.Max(0, _now));

    private void Remove(int entry)
    {
        if (_entries[entry].IsList)
        {
            while (_entries[entry].Elements.Count > 0)
                Free(_elements.RemoveHead(ref _entries[entry].Elements));
        }
        else
        {
            Free(_entries[entry].Block);
        }

        _entries.Remove(entry);
    }

    /// <param name="block">Id of the new block, or none when it was refused.</param>
    private EventOutcome Allocate(in AllocationEvent store, long bytes, out long block)
    {
        block = _ids.Take();
        EventOutcome outcome;
        try
        {
            outcome = _blocks.Apply(new AllocationEvent(
                AllocationEventKind.Allocate, block, bytes, Traits: store.Traits, Site: store.Site));
        }
        catch (TraceException)
        {
            _ids.Return(block);
            throw;
        }

        if (outcome.Answer == EventAnswer.NoMemory)
        {
            // The next block asked for takes the id over, so the model keeps no trace of the refused one.
            _ids.Return(block);
            block = UnusedIds.None;
        }

        return outcome;
    }

    private void Free(long block)
    {
        _blocks.Apply(new AllocationEvent(AllocationEventKind.Free, block));
        _ids.Return(block);
    }

    private struct Entry
    {
        /// <summary>Id of the value's block; of no meaning for a list.</summary>
        public long Block;

        /// <summary>Bytes of the value; 0 for a list.</summary>
        public long Bytes;

        /// <summary>Clock at which the entry dies, in milliseconds; 0 for never.</summary>
        public long ExpiresAt;

        public bool IsList;

        /// <summary>Ids of the blocks of a list's elements.</summary>
        public ElementList Elements;
    }
}
