using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// memcached 1.6.0 to 1.6.18, 64-bit, one worker thread, modelled after the sources of 1.6.18. Exact: size classes, pages,
/// chunks, answers and evictions of stores, deletes and times to live, large items included; with a flat LRU also of reads
/// and of pages moved. Approximated: the threads that keep a segmented LRU and move pages act here at once and once a
/// second, in memcached when they come to it; an eviction there passes over an item that they hold at that moment. Left
/// out: the crawler that memcached starts by itself, so an expired item behind a live one stays until it is looked up.
/// </summary>
/// <remarks>
/// A value of 1 to 20 bytes counts as a number, which keeps its length. <see cref="AllocationEventKind.SafeSet"/> and
/// <see cref="AllocationEventKind.SafeAdd"/>, which memcached does not have, store as under -M: without evicting. Times to
/// live are whole seconds, rounded up, on a clock that starts with the trace; a negative one has passed at once.
/// <see cref="AllocationEventKind.FlushExpired"/> is a finished <c>lru_crawler crawl all</c>. Lists are ignored.
/// </remarks>
public sealed class MemcachedModel : IAllocatorModel
{
    /// <summary>Longest key that memcached stores.</summary>
    public const int MaxKeyBytes = 250;

    private const int MaxNumberBytes = 20;
    private const int FlatBumpSeconds = 60;

    private readonly MemcachedRules _rules;
    private readonly ItemStore _items;
    private readonly QueueKeeper _queues;
    private readonly ItemAllocator _allocator;
    private readonly Maintainer _maintainer;

    internal MemcachedModel(MemcachedRules rules)
    {
        _rules = rules;
        _items = new ItemStore(rules);
        _queues = new QueueKeeper(_items);
        _allocator = new ItemAllocator(rules, _items, _queues);
        _maintainer = new Maintainer(rules, _items, _queues, _allocator);
    }

    public static AllocatorModelInfo Info { get; } = new(
        "memcached",
        "memcached 1.6.0 to 1.6.18, 64-bit, one worker thread",
        "pages, chunks, answers and evictions of stores, deletes and times to live exact; "
            + "reads and moved pages exact with a flat LRU; maintainer and page mover of a segmented one approximated; "
            + "automatic crawler left out",
        "L is whole items (header, key, flags, CAS id, value, line end); A is their chunks; C is all pages, all of them "
            + "resident; F is free chunks and pages in the pool, each one extent; the end of a page behind its last chunk "
            + "is metadata",
        TakesCacheEvents: true,
        MemcachedRules.Settings,
        settings => new MemcachedModel(MemcachedRules.Of(settings)))
    {
        Remedies = new(
            Capacity: "memory",
            [
                new("factor", "1.05", "start memcached with -f 1.05"),
                new("factor", "1.1", "start memcached with -f 1.1"),
                new("factor", "1.5", "start memcached with -f 1.5"),
                new("factor", "2", "start memcached with -f 2"),
            ],
            []),
    };

    /// <summary>Items stored, expired ones that still hold memory included.</summary>
    public int Count => _items.Count;

    /// <summary>Pages moved from one class to another or to the pool.</summary>
    public int MovedPages => _maintainer.Mover.Moved;

    /// <summary>Bytes of all pages (<c>total_malloced</c>).</summary>
    public long PagesBytes => _items.Pages.PagesBytes;

    public HeapCounters Counters => new(
        _items.TotalBytes,
        _items.Pages.UsedBytes,
        _items.Pages.PagesBytes,
        _items.Pages.PagesBytes,
        _items.Pages.FreeBytes + PoolBytes,
        PoolBytes);

    private long PoolBytes => (long)_items.Pages.PoolPages * MemcachedRules.PageBytes;

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        if (_rules.Automove == 2 && _queues.EvictingClass != 0)
            _maintainer.AnswerEviction();
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Set:
            case AllocationEventKind.SafeSet:
            case AllocationEventKind.Add:
            case AllocationEventKind.SafeAdd:
            case AllocationEventKind.Replace:
                return Store(allocationEvent);
            case AllocationEventKind.Get:
                return new EventOutcome(
                    Read(allocationEvent.Id) == ItemStore.None ? EventAnswer.NotFound : EventAnswer.Hit);
            case AllocationEventKind.Touch:
                return new EventOutcome(Touch(allocationEvent));
            case AllocationEventKind.Increment:
                return Increment(allocationEvent);
            case AllocationEventKind.Delete:
                return new EventOutcome(Delete(allocationEvent.Id) ? EventAnswer.Ok : EventAnswer.NotFound);
            case AllocationEventKind.Time:
                return new EventOutcome(EventAnswer.Ok, Evicted: _maintainer.SetClock(allocationEvent.Milliseconds));
            case AllocationEventKind.FlushAll:
                _items.FlushAll();
                _maintainer.KeepAll();
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.FlushExpired:
                _maintainer.FreeExpired(allocationEvent.Bytes);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout() => MemcachedLayout.Of(_rules, _items, Counters);

    /// <summary>The slab classes that have pages or items, smallest chunks first.</summary>
    public IEnumerable<MemcachedClass> Classes()
    {
        int[] counts = new int[SlabClassTable.Most];
        for (int item = 1; item <= _items.LastItem; item++)
            counts[_items.IsInUse(item) ? _items[item].Class : 0]++;
        for (int i = 1; i <= _items.Pages.Table.Largest; i++)
        {
            SlabClass slab = _items.Pages[i];
            int chunks = slab.PageCount * slab.ChunksPerPage;
            long bytes = 0;
            for (ItemQueue queue = ItemQueue.Hot; queue <= ItemQueue.Cold; queue++)
                bytes += _items.QueueOf(i, queue).Bytes;
            if (chunks > 0 || counts[i] > 0)
            {
                yield return new MemcachedClass(
                    i, slab.ChunkBytes, slab.PageCount, chunks, chunks - slab.FreeCount, slab.FreeCount, counts[i], bytes,
                    _queues.EvictedOf(i), _allocator.OutOfMemoryOf(i), _queues.ReclaimedOf(i));
            }
        }
    }

    /// <summary>Moves the first page of a class, as <c>slabs reassign</c> does.</summary>
    /// <param name="fromClass">A class.</param>
    /// <param name="toClass">Another class, or 0 for the pool.</param>
    /// <returns>Whether a page was moved: a class with one page keeps it.</returns>
    public bool MovePage(int fromClass, int toClass)
    {
        if (fromClass < 1 || fromClass > _items.Pages.Table.Largest)
            throw new ArgumentOutOfRangeException(nameof(fromClass), "A page is taken from a class.");
        if (toClass < 0 || toClass > _items.Pages.Table.Largest || toClass == fromClass)
            throw new ArgumentOutOfRangeException(nameof(toClass), "A page goes to another class or to the pool.");
        return _maintainer.Mover.Move(fromClass, toClass);
    }

    private EventOutcome Store(in AllocationEvent store)
    {
        if (store.KeyBytes is < 0 or > MaxKeyBytes)
            throw new TraceException($"a key has at most {MaxKeyBytes} bytes");
        if (store.Bytes < 0)
            throw new TraceException("a value has 0 bytes or more");

        bool isSafe = store.Kind is AllocationEventKind.SafeSet or AllocationEventKind.SafeAdd;
        bool isSet = store.Kind is AllocationEventKind.Set or AllocationEventKind.SafeSet;
        long totalBytes = _allocator.TotalBytesOf(store.KeyBytes, store.Bytes);
        bool isTooLarge = totalBytes > _rules.ItemMaxBytes;
        int evictedBefore = _queues.Evicted;
        bool hadNoHeader = isTooLarge;
        int item = isTooLarge ? ItemStore.None : _allocator.Allocate(store, mayEvict: !isSafe, out hadNoHeader);
        int evicted = _queues.Evicted - evictedBefore;
        if (item == ItemStore.None)
        {
            if (isSet && hadNoHeader)
                Delete(store.Id);
            return new EventOutcome(
                EventAnswer.NoMemory, Evicted: evicted, RefusedBytes: isTooLarge ? 0 : totalBytes);
        }

        int old = _items.FindLive(store.Id);
        bool isRefused = store.Kind == AllocationEventKind.Replace ? old == ItemStore.None : !isSet && old != ItemStore.None;
        if (isRefused)
        {
            _items.Discard(item);
            if (old != ItemStore.None)
                Update(old);
            return new EventOutcome(
                old == ItemStore.None ? EventAnswer.NotFound : EventAnswer.Exists, Evicted: evicted);
        }

        if (old == ItemStore.None)
            _items.Link(item);
        else
            _items.Replace(old, item);
        ref Item stored = ref _items[item];
        long offsetBytes = _items.Pages.OffsetOf(stored.ChunkClass, stored.Chunk);
        if (_rules.IsSegmented)
            _queues.KeepShares(stored.Class);
        return new EventOutcome(evicted > 0 ? EventAnswer.Forcible : EventAnswer.Ok, offsetBytes, evicted);
    }

    private bool Delete(long key)
    {
        int item = _items.FindLive(key);
        if (item == ItemStore.None)
            return false;
        _items.Remove(item);
        return true;
    }

    private EventAnswer Touch(in AllocationEvent touch)
    {
        int item = Read(touch.Id);
        if (item == ItemStore.None)
            return EventAnswer.NotFound;
        _items[item].ExpiresAt = _allocator.ExpiryOf(touch.Milliseconds);
        return EventAnswer.Ok;
    }

    private EventOutcome Increment(in AllocationEvent increment)
    {
        int item = _items.FindLive(increment.Id);
        if (item == ItemStore.None)
        {
            return increment.Bytes <= 0
                ? new EventOutcome(EventAnswer.NotFound)
                : Store(increment with
                {
                    Kind = AllocationEventKind.Add,
                    Bytes = Math.Min(increment.Bytes, MaxNumberBytes),
                });
        }

        if (_items[item].ValueBytes is 0 or > MaxNumberBytes)
            return new EventOutcome(EventAnswer.NotANumber);
        _items.Renew(item);
        Update(item);
        return new EventOutcome(EventAnswer.Ok);
    }

    /// <summary>Looks a key up for its value, which is what decides how long it stays.</summary>
    private int Read(long key)
    {
        int item = _items.FindLive(key);
        if (item == ItemStore.None)
            return item;
        ref Item read = ref _items[item];
        if (!_rules.IsSegmented)
        {
            read.Marks |= ItemMarks.Fetched;
            Update(item);
        }
        else if (read.Marks == ItemMarks.None)
        {
            read.Marks = ItemMarks.Fetched;
        }
        else if (read.Marks == ItemMarks.Fetched)
        {
            read.Marks |= ItemMarks.Active;
            Update(item);
        }

        return item;
    }

    /// <summary>Notes an access. A flat LRU makes the item its newest, once a minute; a segmented one warms an active cold one.</summary>
    private void Update(int item)
    {
        ref Item updated = ref _items[item];
        if (!_rules.IsSegmented)
        {
            if (updated.Time >= _items.Now - FlatBumpSeconds)
                return;
            updated.Time = _items.Now;
            _items.MoveTo(item, ItemQueue.Cold);
            return;
        }

        updated.Time = _items.Now;
        if (updated.Queue != ItemQueue.Cold || (updated.Marks & ItemMarks.Active) == ItemMarks.None)
            return;
        updated.Marks &= ~ItemMarks.Active;
        int slabClass = updated.Class;
        _items.MoveTo(item, ItemQueue.Warm);
        _queues.KeepShares(slabClass);
    }
}
