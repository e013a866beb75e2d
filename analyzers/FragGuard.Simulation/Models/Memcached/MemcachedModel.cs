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
    private readonly bool _isSegmented;
    private readonly ItemStore _items;
    private readonly SlabPages _pages;
    private readonly SlabClassTable _table;
    private readonly QueueKeeper _queues;
    private readonly ItemAllocator _allocator;
    private readonly Maintainer _maintainer;

    internal MemcachedModel(MemcachedRules rules)
    {
        _rules = rules;
        _isSegmented = rules.IsSegmented;
        _items = new ItemStore(rules);
        _pages = _items.Pages;
        _table = _pages.Table;
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

        long totalBytes = _allocator.TotalBytesOf(store.KeyBytes, store.Bytes);
        if (totalBytes > _rules.ItemMaxBytes)
        {
            return Refuse(
                store, hadNoHeader: true, new EventOutcome(EventAnswer.NoMemory, RefusedBytes: long.MaxValue));
        }

        bool isLarge = totalBytes > _rules.ChunkMaxBytes;
        // What the lookup reads is on its way while a chunk is taken.
        ref int link = ref _items.LinkTo(store.Id);
        ItemChunks chunks = default;
        chunks.TotalBytes = (int)totalBytes;
        chunks.Class = chunks.ChunkClass = _table.Of((int)totalBytes);
        chunks.Chunk = isLarge || !_isSegmented ? SlabPages.None : _pages.AllocateInPlace(chunks.Class);
        int evicted = 0;
        if (chunks.Chunk == SlabPages.None)
        {
            ItemChunks found = chunks;
            evicted = _queues.Evicted;
            bool isFound = _allocator.TryAllocate(store, !IsSafe(store.Kind), ref found);
            evicted = _queues.Evicted - evicted;
            if (!isFound)
            {
                return Refuse(
                    store,
                    hadNoHeader: found.Chunk == SlabPages.None,
                    new EventOutcome(EventAnswer.NoMemory, Evicted: evicted, RefusedBytes: totalBytes));
            }

            chunks = found;
            link = ref _items.LinkTo(store.Id);
        }

        link = ref _items.FreePast(ref link, store.Id);
        if (store.Kind != AllocationEventKind.Set && IsRefused(store.Kind, link != ItemStore.None))
        {
            _items.FreeChunks(chunks.ChunkClass, chunks.Chunk, chunks.FirstPart);
            if (link == ItemStore.None)
                return new EventOutcome(EventAnswer.NotFound, Evicted: evicted);
            Update(link);
            return new EventOutcome(EventAnswer.Exists, Evicted: evicted);
        }

        ItemMarks marks = isLarge ? ItemMarks.Large : ItemMarks.None;
        int expiresAt = 0;
        if (store.Milliseconds != 0)
        {
            expiresAt = _allocator.ExpiryOf(store.Milliseconds);
            marks |= ItemMarks.Expires;
        }

        if (store.Bytes is > 0 and <= MaxNumberBytes)
            marks |= ItemMarks.Number;
        if (store.Site != -1)
            marks |= ItemMarks.Sited;
        _items.Store(
            ref link, store.Id, chunks, _isSegmented ? ItemQueue.Hot : ItemQueue.Cold, marks, expiresAt, store.Site);
        if (_isSegmented)
            _queues.KeepShares(chunks.Class);
        return new EventOutcome(
            evicted > 0 ? EventAnswer.Forcible : EventAnswer.Ok, _pages.OffsetOf(chunks.ChunkClass, chunks.Chunk), evicted);
    }

    /// <summary>A set that finds no memory for the item itself deletes what the key has.</summary>
    private EventOutcome Refuse(in AllocationEvent store, bool hadNoHeader, in EventOutcome outcome)
    {
        if (hadNoHeader && (store.Kind is AllocationEventKind.Set or AllocationEventKind.SafeSet))
            Delete(store.Id);
        return outcome;
    }

    private static bool IsSafe(AllocationEventKind kind) =>
        kind is AllocationEventKind.SafeSet or AllocationEventKind.SafeAdd;

    /// <summary>Whether a store of the kind is refused for what the key has, or has not.</summary>
    private static bool IsRefused(AllocationEventKind kind, bool hasItem) => kind switch
    {
        AllocationEventKind.Replace => !hasItem,
        AllocationEventKind.Add or AllocationEventKind.SafeAdd => hasItem,
        _ => false,
    };

    private bool Delete(long key)
    {
        ref int link = ref _items.FindLive(key);
        if (link == ItemStore.None)
            return false;
        _items.Remove(ref link);
        return true;
    }

    private EventAnswer Touch(in AllocationEvent touch)
    {
        int item = Read(touch.Id);
        if (item == ItemStore.None)
            return EventAnswer.NotFound;
        _items.SetExpiry(item, _allocator.ExpiryOf(touch.Milliseconds));
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

        if ((_items[item].Marks & ItemMarks.Number) == ItemMarks.None)
            return new EventOutcome(EventAnswer.NotANumber);
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
        if (!_isSegmented)
        {
            read.Marks |= ItemMarks.Fetched;
            Update(item);
        }
        else if ((read.Marks & ItemMarks.Fetched) == ItemMarks.None)
        {
            read.Marks |= ItemMarks.Fetched;
        }
        else if ((read.Marks & ItemMarks.Active) == ItemMarks.None)
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
        ref int time = ref _items.TimeOf(item);
        if (!_isSegmented)
        {
            if (time >= _items.Now - FlatBumpSeconds)
                return;
            time = _items.Now;
            _items.MoveTo(item, ItemQueue.Cold);
            return;
        }

        time = _items.Now;
        if (updated.Queue != ItemQueue.Cold || (updated.Marks & ItemMarks.Active) == ItemMarks.None)
            return;
        updated.Marks &= ~ItemMarks.Active;
        int slabClass = updated.Class;
        _items.MoveTo(item, ItemQueue.Warm);
        _queues.KeepShares(slabClass);
    }
}
