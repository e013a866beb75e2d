namespace FragGuard.Simulation.Models.Memcached;

/// <summary>What memcached's <c>stats slabs</c> and <c>stats items</c> say of one slab class.</summary>
/// <param name="Class">Number of the class, from 1.</param>
/// <param name="ChunkBytes">Bytes of one chunk.</param>
/// <param name="Pages">Pages cut into chunks of the class.</param>
/// <param name="TotalChunks">Chunks in them.</param>
/// <param name="UsedChunks">Chunks that hold an item or a part of one.</param>
/// <param name="FreeChunks">Chunks ready for reuse.</param>
/// <param name="Items">Items in the class's queues: large ones count in the largest class.</param>
/// <param name="ItemBytes">Their bytes: header, key, flags, CAS id, value and line end (<c>mem_requested</c>).</param>
/// <param name="Evicted">Live items evicted to make room.</param>
/// <param name="OutOfMemory">Stores that found no memory.</param>
/// <param name="Reclaimed">Expired and flushed items freed at the ends of the queues.</param>
public readonly record struct MemcachedClass(
    int Class, int ChunkBytes, int Pages, int TotalChunks, int UsedChunks, int FreeChunks, int Items, long ItemBytes,
    long Evicted, long OutOfMemory, long Reclaimed);
