using System;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class ThreadCachesTests
{
    private const ulong RecordChunk = 0x290;

    /// <summary>Blocks of the program may all be as large as a cache's record, and hold zeros.</summary>
    [Fact]
    public void ChunksThatMayBeCaches_CostNothingToFollow()
    {
        const int chunks = 10_000;
        MemoryOfHeaps memory = new(chunks / 6 * 4096);
        HeapIndex index = memory.Index();
        CachedLists lists = new(memory, index, new CachedChunks());
        ThreadCaches caches = new();
        HeapMemory heap = index.MemoryOf(0);
        caches.Meet(memory.StartOf(0), RecordChunk, heap);
        caches.Follow(memory, lists);
        int readsBefore = memory.Reads;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (ulong i = 1; i < chunks; i++)
            caches.Meet(memory.StartOf(0) + (i * RecordChunk), RecordChunk, heap);
        long met = GC.GetAllocatedBytesForCurrentThread();
        caches.Follow(memory, lists);

        Assert.InRange(memory.Reads - readsBefore, chunks, chunks + (2 * index.Blocks));
        Assert.InRange(met - allocated, 0, 64L * chunks);
        Assert.Equal(0, LeastBytesOf(() => caches.Follow(memory, lists)));
        Assert.Equal(0, caches.Filled);
    }

    [Fact]
    public void CacheWithABlock_IsFilledAndOfItsLayout()
    {
        MemoryOfHeaps memory = new(1 << 20);
        HeapIndex index = memory.Index();
        ulong cache = memory.StartOf(0) + 0x1000;
        ulong block = memory.StartOf(0) + 0x2000;
        memory[cache + 16] = 1UL << 32;
        memory[cache + 16 + 128 + 16] = block + 16;
        memory[block + 8] = 64 | 1;
        memory.LinkAll([block], isMangled: true, isOfBlocks: true);
        CachedLists lists = new(memory, index, new CachedChunks());
        ThreadCaches caches = new();

        caches.Meet(cache, RecordChunk, index.MemoryOf(0));
        caches.Follow(memory, lists);

        Assert.Equal(1, caches.Filled);
        Assert.Equal("2.30 to 2.41", caches.Layout!.Versions);
        Assert.Equal(new CachedChunk(block, 64, ChunkUse.ThreadCache), Assert.Single(lists.Chunks.Filled(0).ToArray()));
    }
}
