using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>The linked items: by key, in their queues, in their chunks, and what the clock says of them.</summary>
internal sealed class ItemStore
{
    /// <summary>No item.</summary>
    public const int None = 0;

    private const int QueuesPerClass = 4;

    private readonly bool _hasCas;
    private readonly RecordPool<Item> _items = new();
    private readonly KeyChains _keys = new();
    private readonly RecordPool<ItemPart> _parts = new();
    private readonly QueueEnds[] _queues = new QueueEnds[SlabClassTable.Most * QueuesPerClass];
    private ItemDetails[] _details = new ItemDetails[RecordPool<Item>.FirstLength];

    /// <summary>Second of each item's last access that counted.</summary>
    private int[] _times = new int[RecordPool<Item>.FirstLength];
    private int _flushedThrough;

    public ItemStore(MemcachedRules rules)
    {
        _hasCas = rules.HasCas;
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

    /// <summary>Second of the item's last access that counted.</summary>
    public ref int TimeOf(int item) => ref _times[item];

    public int SiteOf(int item) =>
        (_items[item].Marks & ItemMarks.Sited) == ItemMarks.None ? -1 : _details[item].Site;

    /// <summary>The first chunk of a large item's value; 0 for an item that fits into one chunk.</summary>
    public int FirstPartOf(int item) =>
        (_items[item].Marks & ItemMarks.Large) == ItemMarks.None ? None : _details[item].FirstPart;

    public ref ItemPart Part(int part) => ref _parts[part];

    /// <summary>Appends a part to the chain that ends with <paramref name="last"/>, or starts a chain.</summary>
    /// <returns>The new part.</returns>
    public int AddPart(int last, in ItemPart part)
    {
        int added = _parts.Add();
        _parts[added] = part;
        if (last != None)
            _parts[last].Next = added;
        return added;
    }

    /// <summary>Frees the chunks of an item that is not linked: its own first, then the parts in their order.</summary>
    public void FreeChunks(int chunkClass, int chunk, int firstPart)
    {
        Pages.Free(chunkClass, chunk);
        for (int part = firstPart; part != None; part = _parts[part].Next)
        {
            Pages.Free(_parts[part].Class, _parts[part].Chunk);
            _parts.Remove(part);
        }
    }

    /// <summary>Stores an item as the newest of its queue. The one of the same key is freed and leaves its record to the new
    /// one.</summary>
    /// <param name="link">What names the item of the key, or would.</param>
    /// <param name="key">The key.</param>
    /// <param name="chunks">Where the item is.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="marks">What kind of item it is.</param>
    /// <param name="expiresAt">Second from which it is expired.</param>
    /// <param name="site">Its site.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(
        ref int link, long key, in ItemChunks chunks, ItemQueue queue, ItemMarks marks, int expiresAt, int site)
    {
        int item = link;
        if (item == None)
            item = Add(ref link, key);
        else
            Empty(item);
        Item[] items = _items.All;
        ref Item stored = ref items[item];
        stored.Chunk = chunks.Chunk;
        stored.TotalBytes = chunks.TotalBytes;
        stored.Class = (byte)chunks.Class;
        stored.ChunkClass = (byte)chunks.ChunkClass;
        stored.Marks = Now <= _flushedThrough ? marks | ItemMarks.Flushed : marks;
        _times[item] = Now;
        if ((marks & (ItemMarks.Expires | ItemMarks.Large | ItemMarks.Sited)) != ItemMarks.None)
        {
            ref ItemDetails details = ref _details[item];
            details.ExpiresAt = expiresAt;
            details.FirstPart = chunks.FirstPart;
            details.Site = site;
        }

        TotalBytes += chunks.TotalBytes;
        Enqueue(items, item, ref stored, chunks.Class, queue);
    }

    /// <summary>Unlinks and frees an item.</summary>
    public void Remove(int item)
    {
        Item[] items = _items.All;
        Remove(ref _keys.LinkTo(items, items[item].Key));
    }

    /// <summary>Unlinks and frees the item that the link names.</summary>
    public void Remove(ref int link)
    {
        int item = link;
        _keys.Remove(_items.All, ref link);
        Empty(item);
        _items[item].ChunkClass = 0;
        _items.Remove(item);
    }

    /// <summary>Makes an item the newest of a queue of its class.</summary>
    public void MoveTo(int item, ItemQueue queue)
    {
        Item[] items = _items.All;
        ref Item moved = ref items[item];
        Unqueue(items, ref moved);
        Enqueue(items, item, ref moved, moved.Class, queue);
    }

    /// <summary>Makes the oldest items of a queue the newest cold ones while the queue has more bytes than the limit. It ends
    /// before an item that is active or past.</summary>
    public void Cool(int slabClass, ItemQueue queue, long limitBytes)
    {
        Item[] items = _items.All;
        ref QueueEnds cooled = ref _queues[slabClass * QueuesPerClass + (int)queue];
        while (cooled.Bytes > limitBytes)
        {
            int item = cooled.Oldest;
            if (item == None)
                return;
            ref Item oldest = ref items[item];
            if ((oldest.Marks & ItemMarks.Active) != ItemMarks.None || IsPast(item, oldest.Marks, Now - 1))
                return;
            int next = oldest.Newer;
            cooled.Oldest = next;
            if (next == None)
                cooled.Newest = None;
            else
                items[next].Older = None;
            cooled.Bytes -= oldest.TotalBytes;
            Enqueue(items, item, ref oldest, slabClass, ItemQueue.Cold);
        }
    }

    /// <summary>What the page mover does to an item it rescues: to memcached it is a new one.</summary>
    public void Relink(int item)
    {
        _times[item] = Now;
        MoveTo(item, _items[item].Queue);
    }

    /// <summary>Looks a key up.</summary>
    /// <returns>What names the item, or 0 where one of the key would be named; good until items come or go.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int LinkTo(long key) => ref _keys.LinkTo(_items.All, key);

    /// <summary>Frees the item that was looked up if it is expired or flushed.</summary>
    /// <param name="link">What names the item.</param>
    /// <param name="key">Its key.</param>
    /// <returns>What names the item now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int FreePast(ref int link, long key)
    {
        if (link != None && IsPast(link, _items[link].Marks, Now))
        {
            Remove(ref link);
            return ref LinkTo(key);
        }

        return ref link;
    }

    /// <summary>Looks a key up; an item found expired or flushed is freed.</summary>
    /// <returns>What names the item, or 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int FindLive(long key) => ref FreePast(ref LinkTo(key), key);

    /// <summary>Whether whoever comes upon the item at the end of its queue frees it: one second later than a lookup does.</summary>
    public bool IsPast(int item) => IsPast(item, _items[item].Marks, Now - 1);

    /// <summary>Sets the second from which the item is expired; 0 for never.</summary>
    public void SetExpiry(int item, int expiresAt)
    {
        _items[item].Marks &= ~ItemMarks.Expires;
        if (expiresAt != 0)
            _items[item].Marks |= ItemMarks.Expires;
        _details[item].ExpiresAt = expiresAt;
    }

    /// <summary>Declares every item stored so far dead. Without CAS ids that includes what is stored within this second.</summary>
    public void FlushAll()
    {
        _flushedThrough = _hasCas ? Now - 1 : Now;
        foreach (QueueEnds queue in _queues)
        {
            // What is older than a flushed item of the queue is flushed too.
            for (int item = queue.Newest; item != None && (_items[item].Marks & ItemMarks.Flushed) == ItemMarks.None;)
            {
                ref Item flushed = ref _items[item];
                flushed.Marks |= ItemMarks.Flushed;
                item = flushed.Older;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPast(int item, ItemMarks marks, int second)
    {
        ItemMarks mortal = marks & (ItemMarks.Expires | ItemMarks.Flushed);
        return mortal != ItemMarks.None && (mortal >= ItemMarks.Flushed || _details[item].ExpiresAt <= second);
    }

    /// <summary>Takes a record for an item and names it where the link ends.</summary>
    private int Add(ref int link, long key)
    {
        if (_keys.IsFull || _items.IsFull)
        {
            MakeRoom();
            link = ref LinkTo(key);
        }

        int item = _items.Add();
        Item[] items = _items.All;
        items[item].Key = key;
        _keys.Add(items, ref link, item);
        return item;
    }

    private void MakeRoom()
    {
        _items.MakeRoom();
        Item[] items = _items.All;
        _keys.MakeRoom(items);
        if (_times.Length < items.Length)
        {
            Array.Resize(ref _times, items.Length);
            Array.Resize(ref _details, items.Length);
        }
    }

    /// <summary>Takes an item out of its queue and frees its chunks.</summary>
    private void Empty(int item)
    {
        Item[] items = _items.All;
        ref Item emptied = ref items[item];
        TotalBytes -= emptied.TotalBytes;
        Unqueue(items, ref emptied);
        if ((emptied.Marks & ItemMarks.Large) == ItemMarks.None)
            Pages.Free(emptied.ChunkClass, emptied.Chunk);
        else
            FreeChunks(emptied.ChunkClass, emptied.Chunk, _details[item].FirstPart);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enqueue(Item[] items, int item, ref Item added, int slabClass, ItemQueue into)
    {
        ref QueueEnds queue = ref _queues[slabClass * QueuesPerClass + (int)into];
        int second = queue.Newest;
        queue.Newest = item;
        queue.Bytes += added.TotalBytes;
        added.Queue = into;
        added.Newer = None;
        added.Older = second;
        if (second != None)
            items[second].Newer = item;
        else
            queue.Oldest = item;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unqueue(Item[] items, ref Item removed)
    {
        ref QueueEnds queue = ref _queues[removed.Class * QueuesPerClass + (int)removed.Queue];
        int newer = removed.Newer;
        int older = removed.Older;
        queue.Bytes -= removed.TotalBytes;
        if (newer != None)
            items[newer].Older = older;
        else
            queue.Newest = older;
        if (older != None)
            items[older].Newer = newer;
        else
            queue.Oldest = newer;
    }
}
