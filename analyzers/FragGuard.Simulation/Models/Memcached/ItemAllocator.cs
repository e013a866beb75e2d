using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>Finds chunks for new items, by eviction if there is no other way.</summary>
internal sealed class ItemAllocator
{
    private const int Rounds = 10;
    private const int LineEndBytes = 2;

    private readonly MemcachedRules _rules;
    private readonly ItemStore _items;
    private readonly QueueKeeper _queues;
    private readonly long[] _outOfMemory = new long[SlabClassTable.Most];

    public ItemAllocator(MemcachedRules rules, ItemStore items, QueueKeeper queues)
    {
        _rules = rules;
        _items = items;
        _queues = queues;
    }

    /// <summary>Stores of the class that found no chunk for the item itself.</summary>
    public long OutOfMemoryOf(int slabClass) => _outOfMemory[slabClass];

    /// <summary>Bytes of an item as memcached counts them; too many to store when above the item limit.</summary>
    public long TotalBytesOf(int keyBytes, long valueBytes) =>
        valueBytes > _rules.ItemMaxBytes ? long.MaxValue : _rules.HeadBytes(keyBytes) + valueBytes + LineEndBytes;

    /// <summary>Takes the chunks of an item.</summary>
    /// <param name="store">The store.</param>
    /// <param name="mayEvict">Whether live items may be evicted.</param>
    /// <param name="chunks">The chunks, with class and bytes given; without the item's own when none was found for it.</param>
    /// <returns>Whether all chunks were found.</returns>
    public bool TryAllocate(in AllocationEvent store, bool mayEvict, ref ItemChunks chunks)
    {
        bool isLarge = chunks.TotalBytes > _rules.ChunkMaxBytes;
        chunks.ChunkClass = isLarge
            ? _items.Pages.Table.Of(_rules.HeadBytes(store.KeyBytes) + MemcachedRules.PartHeaderBytes)
            : chunks.Class;
        chunks.Chunk = FindChunk(chunks.ChunkClass, mayEvict);
        if (chunks.Chunk == SlabPages.None)
        {
            _outOfMemory[chunks.Class]++;
            return false;
        }

        if (!isLarge || TryAddParts((int)store.Bytes + LineEndBytes, mayEvict, out chunks.FirstPart))
            return true;
        _items.FreeChunks(chunks.ChunkClass, chunks.Chunk, chunks.FirstPart);
        return false;
    }

    /// <summary>The second at which a time to live ends: whole seconds, rounded up; 0 for never, 1 for long ago.</summary>
    public int ExpiryOf(long milliseconds)
    {
        if (milliseconds <= 0)
            return milliseconds == 0 ? 0 : 1;
        long seconds = milliseconds / 1000 + (milliseconds % 1000 == 0 ? 0 : 1);
        return seconds > int.MaxValue - _items.Now ? int.MaxValue : _items.Now + (int)seconds;
    }

    /// <summary>Chunks for the value: largest ones, and for the rest one as small as possible.</summary>
    private bool TryAddParts(int bytes, bool mayEvict, out int first)
    {
        first = ItemStore.None;
        for (int last = ItemStore.None; bytes > 0;)
        {
            int size = System.Math.Min(bytes + MemcachedRules.PartHeaderBytes, _rules.ChunkMaxBytes);
            int slabClass = _items.Pages.Table.Of(size);
            int chunk = FindChunk(slabClass, mayEvict);
            if (chunk == SlabPages.None && size < _rules.ChunkMaxBytes && _rules.HasChunkFallback)
            {
                slabClass = _items.Pages.Table.Largest;
                chunk = FindChunk(slabClass, mayEvict);
            }

            if (chunk == SlabPages.None)
                return false;
            int used = size - MemcachedRules.PartHeaderBytes;
            last = _items.AddPart(last, new ItemPart { Chunk = chunk, Class = (byte)slabClass, UsedBytes = used });
            if (first == ItemStore.None)
                first = last;
            bytes -= used;
        }

        return true;
    }

    private int FindChunk(int slabClass, bool mayEvict)
    {
        for (int i = 0; i < Rounds; i++)
        {
            if (!_rules.IsSegmented)
                _queues.Reclaim(slabClass);
            int chunk = _items.Pages.Allocate(slabClass);
            if (chunk != SlabPages.None)
                return chunk;
            if (_queues.Evict(slabClass, mayEvict && _rules.Evicts) > 0)
                continue;
            if (!_rules.IsSegmented)
                return SlabPages.None;
            _queues.PushHot(slabClass);
        }

        return SlabPages.None;
    }
}
