namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// The blocks one thread keeps for itself: a stack for each class up to 32 KiB. Every 64 KiB allocated, and every 64
/// KiB
/// freed, the next class in turn loses three quarters of what it did not need since its last turn.
/// </summary>
internal sealed class ThreadCache
{
    private const long CollectionBytes = 65_536;

    private readonly JemallocHeap _heap;
    private readonly CachedBlocks[] _bins = new CachedBlocks[JemallocSizeClasses.CachedCount];
    private readonly int[] _emptied = new int[JemallocSizeClasses.MostCachedBlocks[0] * 2];
    private int _nextCollected;
    private long _allocatedBytes;
    private long _freedBytes;

    public ThreadCache(JemallocHeap heap, int arena)
    {
        _heap = heap;
        Arena = arena;
        for (int i = 0; i < _bins.Length; i++)
            _bins[i] = new CachedBlocks(JemallocSizeClasses.MostCachedBlocks[i]);
    }

    /// <summary>Number of the arena the thread allocates from.</summary>
    public int Arena { get; }

    public long CachedBytes
    {
        get
        {
            long bytes = 0;
            for (int i = 0; i < _bins.Length; i++)
                bytes += _bins[i].Count * JemallocSizeClasses.BytesOf(i);
            return bytes;
        }
    }

    /// <returns>The place of a small block, or −1 when there is no memory.</returns>
    public long TakeSmall(int sizeClass)
    {
        ref CachedBlocks bin = ref _bins[sizeClass];
        if (bin.Count == 0)
        {
            bin.Fill(_heap.BinOf(Arena, sizeClass));
            if (bin.Count == 0)
                return -1;
        }

        return bin.Pop();
    }

    /// <returns>The place of a large block, or −1 when none is cached.</returns>
    public long TakeLarge(int sizeClass)
    {
        ref CachedBlocks bin = ref _bins[sizeClass];
        if (bin.Count > 0)
            return bin.Pop();
        bin.LowWater = 0;
        return -1;
    }

    public void Put(int sizeClass, long place)
    {
        ref CachedBlocks bin = ref _bins[sizeClass];
        if (bin.Count == bin.Most)
            Flush(sizeClass, bin.Most / 2);
        bin.Push(place);
    }

    /// <summary>Tells the cache that the thread was granted so many bytes, after the fact.</summary>
    public void CountAllocated(long bytes)
    {
        _allocatedBytes += bytes;
        if (_allocatedBytes < CollectionBytes)
            return;
        _allocatedBytes = 0;
        CollectNext();
    }

    /// <summary>Tells the cache that the thread freed so many bytes, after the fact.</summary>
    public void CountFreed(long bytes)
    {
        _freedBytes += bytes;
        if (_freedBytes < CollectionBytes)
            return;
        _freedBytes = 0;
        CollectNext();
    }

    public void FlushAll()
    {
        for (int i = 0; i < _bins.Length; i++)
            Flush(i, 0);
    }

    private void CollectNext()
    {
        int sizeClass = _nextCollected;
        _nextCollected = sizeClass + 1 == _bins.Length ? 0 : sizeClass + 1;
        bool isSmall = sizeClass < JemallocSizeClasses.SmallCount;
        ref CachedBlocks bin = ref _bins[sizeClass];
        if (bin.LowWater > 0)
        {
            int quarter = bin.LowWater >> 2;
            Flush(sizeClass, bin.Count - bin.LowWater + quarter);
            if (isSmall)
                bin.FillLess();
        }
        else if (isSmall)
        {
            bin.FillMoreIfRefilled();
        }

        bin.LowWater = bin.Count;
    }

    /// <summary>Gives the blocks cached longest back to their arenas, the latest of them first.</summary>
    private void Flush(int sizeClass, int kept)
    {
        ref CachedBlocks bin = ref _bins[sizeClass];
        int flushed = bin.Count - kept;
        if (flushed <= 0)
            return;
        if (sizeClass < JemallocSizeClasses.SmallCount)
            FlushSlots(bin.Places, flushed);
        else
            FlushExtents(bin.Places, flushed);
        bin.DropOldest(flushed);
    }

    /// <summary>Arena by arena; slabs that become empty are freed after all slots are back.</summary>
    private void FlushSlots(long[] places, int flushed)
    {
        int emptied = 0;
        int left = flushed;
        while (left > 0)
        {
            int arena = _heap.ArenaOf(places[left - 1]);
            int others = left;
            int top = left;
            for (int i = left - 1; i >= 0; i--)
            {
                long place = places[i];
                if (_heap.ArenaOf(place) != arena)
                {
                    places[--others] = place;
                    continue;
                }

                int slab = _heap.ReturnSlot(place);
                if (slab >= 0)
                    _emptied[emptied++] = slab;
            }

            left = MoveDown(places, others, top);
        }

        for (int i = 0; i < emptied; i++)
            _heap.FreeExtent(_emptied[i]);
    }

    private void FlushExtents(long[] places, int flushed)
    {
        for (int i = flushed - 1; i >= 0; i--)
            _heap.FreeExtent((int)(places[i] >> PageExtents.SlotBits));
    }

    /// <returns>How many were moved.</returns>
    private static int MoveDown(long[] places, int start, int end)
    {
        for (int i = start; i < end; i++)
            places[i - start] = places[i];
        return end - start;
    }
}
