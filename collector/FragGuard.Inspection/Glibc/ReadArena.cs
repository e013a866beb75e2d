using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Glibc;

/// <summary>One attempt at an arena, before fastbins and caches are told apart from used chunks.</summary>
internal sealed record ReadArena(MallocState State, bool IsMain, IReadOnlyList<ReadHeap> Heaps, bool IsConsistent)
{
    public long UnparsedBytes => Heaps.Sum(heap => heap.Walk.UnparsedBytes);
}

/// <summary>One heap of it.</summary>
internal sealed record ReadHeap(
    HeapRegion Region, HeapMemory Memory, HeapWalk Walk, PageUses Pages, ChunkRunCollection? Runs, ChunkRunCollection? Chunks)
{
    public HeapInMemory InMemory => new(Region, Memory);
}
