namespace FragGuard.Simulation.Models.Memcached;

/// <summary>The linked items: by key, in their queues, in their chunks, and what the clock says of them.</summary>
internal sealed class ItemStore
{
    /// <summary>No item.</summary>
    public const int None = 0;

    private const int QueuesPerClass = 4;

    private readonly bool _hasCas;
    private readonly RecordPool<Item> _items = new();
    private readonly KeyChains _keys;
    private readonly RecordPool<ItemPart> _parts = new();
    private readonly QueueEnds[] _queues = new QueueEnds[SlabClassTable.Most * QueuesPerClass];
    private int _flushes;
    private int _flushedThrough;

    public ItemStore(MemcachedRules rules)
    {
        _hasCas = rules.HasCas;
        _keys = new KeyChains(_items);
        Pages = new SlabPages(rules);
    }

    public SlabPages Pages { get; }

    /// <summary>Second of memcached's clock, which starts at 2.</summary>
    public int Now { get; set; } = 2;

    /// <summary>Linked items.</summary>
    public int Count => _keys.Count;

    /// <summary>Bytes of all linked items as memcached counts them.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>The highest item that may be linked.</summary>
    public int LastItem => _items.Last;

    public ref Item this[int item] => ref _items[item];

    public ref readonly QueueEnds QueueOf(int slabClass, ItemQueue queue) =>
        ref _queues[slabClass * QueuesPerClass + (int)queue];

    /// <summary>Whether the record holds an item, as all from 1 to <see cref="LastItem"/> may.</summary>
    public bool IsInUse(int item) => _items[item].ChunkClass != 0;

    public ref ItemPart Part(int part) => ref _parts[part];

    /// <summary>Makes a record, not cleared, for an item that is not linked yet.</summary>
    public int Add() => _items.Add();

    /// <summary>Appends a part to the chain that ends with <paramref name="last"/>, or starts the item's chain.</summary>
    /// <returns>The new part.</returns>
    public int AddPart(int item, int last, in ItemPart part)
    {
        int added = _parts.Add();
        _parts[added] = part;
        if (last == None)
            _items[item].FirstPart = added;
        else
            _parts[last].Next = added;
        return added;
    }

    /// <summary>Frees the chunks of an item that is not linked: its own first, then the parts in their order.</summary>
    public void Discard(int item)
    {
        ref Item discarded = ref _items[item];
        Pages.Free(discarded.ChunkClass, discarded.Chunk);
        for (int part = discarded.FirstPart; part != None; part = _parts[part].Next)
        {
            Pages.Free(_parts[part].Class, _parts[part].Chunk);
            _parts.Remove(part);
        }

        discarded.ChunkClass = 0;
        _items.Remove(item);
    }

    /// <summary>Links an item under its key, as the newest of its queue.</summary>
    public void Link(int item)
    {
        _keys.Add(item);
        Enter(item);
    }

    /// <summary>Links an item in the place of another one of the same key, which is freed.</summary>
    public void Replace(int old, int item)
    {
        _keys.Replace(old, item);
        Leave(old);
        Enter(item);
        Discard(old);
    }

    /// <summary>Unlinks and frees an item.</summary>
    public void Remove(int item)
    {
        _keys.Remove(item);
        Leave(item);
        Discard(item);
    }

    /// <summary>Makes an item the newest of a queue of its class.</summary>
    public void MoveTo(int item, ItemQueue queue)
    {
        Unqueue(item);
        _items[item].Queue = queue;
        Enqueue(item);
    }

    /// <summary>What the page mover does to an item it rescues: to memcached it is a new one.</summary>
    public void Relink(int item)
    {
        Stamp(item);
        MoveTo(item, _items[item].Queue);
    }

    /// <summary>Looks a key up; an item found expired or flushed is freed.</summary>
    public int FindLive(long key)
    {
        int item = _keys.Find(key);
        if (item == None)
            return None;
        ref Item found = ref _items[item];
        if ((found.ExpiresAt == 0 || found.ExpiresAt > Now) && !IsFlushed(found))
            return item;
        Remove(item);
        return None;
    }

    /// <summary>Whether whoever comes upon the item at the end of its queue frees it: one second later than a lookup does.</summary>
    public bool IsPast(in Item item) => (item.ExpiresAt != 0 && item.ExpiresAt < Now) || IsFlushed(item);

    /// <summary>Declares every item stored so far dead. Without CAS ids that includes what is stored within this second.</summary>
    public void FlushAll()
    {
        _flushedThrough = _hasCas ? Now - 1 : Now;
        if (_hasCas)
            _flushes++;
    }

    /// <summary>Gives a changed item a new CAS id.</summary>
    public void Renew(int item) => _items[item].Flushes = _flushes;

    private bool IsFlushed(in Item item) => item.Time <= _flushedThrough || item.Flushes < _flushes;

    private void Enter(int item)
    {
        Stamp(item);
        TotalBytes += _items[item].TotalBytes;
        Enqueue(item);
    }

    private void Leave(int item)
    {
        TotalBytes -= _items[item].TotalBytes;
        Unqueue(item);
    }

    private void Stamp(int item)
    {
        ref Item stamped = ref _items[item];
        stamped.Time = Now;
        stamped.Flushes = _flushes;
    }

    private void Enqueue(int item)
    {
        Item[] items = _items.All;
        ref Item added = ref items[item];
        ref QueueEnds queue = ref _queues[added.Class * QueuesPerClass + (int)added.Queue];
        int second = queue.Newest;
        added.Newer = None;
        added.Older = second;
        if (second != None)
            items[second].Newer = item;
        else
            queue.Oldest = item;
        queue.Newest = item;
        queue.Bytes += added.TotalBytes;
    }

    private void Unqueue(int item)
    {
        Item[] items = _items.All;
        ref Item removed = ref items[item];
        ref QueueEnds queue = ref _queues[removed.Class * QueuesPerClass + (int)removed.Queue];
        (int newer, int older) = (removed.Newer, removed.Older);
        if (newer != None)
            items[newer].Older = older;
        else
            queue.Newest = older;
        if (older != None)
            items[older].Newer = newer;
        else
            queue.Oldest = newer;
        queue.Bytes -= removed.TotalBytes;
    }
}
