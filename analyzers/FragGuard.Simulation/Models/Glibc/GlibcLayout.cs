using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>Draws a process's arenas chunk by chunk, then its mappings.</summary>
internal sealed class GlibcLayout
{
    private readonly GlibcHeap _heap;
    private readonly long[] _addresses;
    private readonly GlibcBlock[] _blocks;
    private readonly HashSet<long> _caches = new();
    private readonly List<LayoutExtent> _extents = new();
    private int _next;

    private GlibcLayout(GlibcHeap heap, IReadOnlyCollection<GlibcBlock> blocks)
    {
        _heap = heap;
        _blocks = [.. blocks];
        _addresses = new long[_blocks.Length];
        for (int i = 0; i < _blocks.Length; i++)
            _addresses[i] = _blocks[i].Address;
        Array.Sort(_addresses, _blocks);
        foreach (GlibcThread thread in heap.Threads)
            _caches.Add(thread.CacheAddress);
    }

    /// <param name="heap">The process to draw.</param>
    /// <param name="counters">Its sums.</param>
    /// <param name="blocks">The live blocks, in any order.</param>
    public static HeapLayout Of(GlibcHeap heap, in HeapCounters counters, IReadOnlyCollection<GlibcBlock> blocks) =>
        new GlibcLayout(heap, blocks).Draw(counters);

    private HeapLayout Draw(in HeapCounters counters)
    {
        DrawChunks(_heap.MainArena, heap: 0);
        foreach (Arena arena in _heap.Arenas)
        {
            for (int heap = 0; heap < arena.Heaps; heap++)
                DrawHeap(arena, heap);
        }

        foreach ((long start, long bytes) in _heap.Mapped.All)
            DrawChunk(start, bytes);
        return new HeapLayout(counters, _extents);
    }

    private void DrawHeap(Arena arena, int heap)
    {
        long start = arena.AddressOf(Arena.StartOfHeap(heap)) - ChunkSizes.HeaderBytes;
        Add(start, arena.AddressOf(arena.FirstChunkOf(heap)) - ChunkSizes.HeaderBytes - start, ExtentUse.Metadata);
        long drawn = DrawChunks(arena, heap);
        Add(drawn, start + arena.BytesOfHeap(heap) - drawn, ExtentUse.Metadata);
    }

    /// <returns>Where the last chunk ends.</returns>
    private long DrawChunks(Arena arena, int heap)
    {
        long end = 0;
        foreach ((long address, long bytes) in arena.Chunks(heap))
        {
            end = address - ChunkSizes.HeaderBytes + bytes;
            DrawChunk(address - ChunkSizes.HeaderBytes, bytes);
        }

        return end;
    }

    private void DrawChunk(long start, long bytes)
    {
        if (_next < _blocks.Length && _addresses[_next] < start + bytes)
        {
            GlibcBlock block = _blocks[_next++];
            _extents.Add(new LayoutExtent(
                new Extent(start, bytes), ExtentUse.Used, _heap.RequestedBytesOf(block), block.Site));
        }
        else
        {
            Add(start, bytes, _caches.Contains(start + ChunkSizes.HeaderBytes) ? ExtentUse.Metadata : ExtentUse.Free);
        }
    }

    private void Add(long start, long bytes, ExtentUse use)
    {
        if (bytes > 0)
            _extents.Add(new LayoutExtent(new Extent(start, bytes), use));
    }
}
