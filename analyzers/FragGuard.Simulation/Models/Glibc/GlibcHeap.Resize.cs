namespace FragGuard.Simulation.Models.Glibc;

/// <summary>Resized and aligned blocks.</summary>
internal sealed partial class GlibcHeap
{
    /// <summary>memalign.</summary>
    /// <returns>Address of the block, or <see cref="None"/>.</returns>
    public long AllocateAligned(long bytes, long alignmentBytes)
    {
        if (alignmentBytes <= ChunkSizes.HeaderBytes)
            return Allocate(bytes);
        long alignment = 2L * ChunkSizes.HeaderBytes;
        while (alignment < alignmentBytes)
            alignment <<= 1;
        long words = ChunkSizes.OfRequest(bytes);
        if (Memory.Rules.AlignedLooksIntoCache && TakeAlignedFromCache(words, alignment) is long cached and >= 0)
            return cached;

        Arena arena = ArenaFor(Saturated(bytes, alignment));
        long address = arena.AllocateAligned(words, alignment, _cache);
        return address < 0 && _threads.Count > 1
            ? OtherArena(arena, bytes).AllocateAligned(words, alignment, _cache)
            : address;
    }

    /// <summary>realloc to at least one byte.</summary>
    /// <returns>Address of the block, or <see cref="None"/>; the old block stays then.</returns>
    public long Reallocate(long address, long bytes)
    {
        if (Memory.Rules.ResizeFillsUsableBytes && FillsUsableBytes(address, bytes))
            return address;
        if (MappedChunks.Holds(address))
            return ReallocateMapped(address, bytes);

        ThreadCache? cache = _cache ?? MakeCache();
        Arena arena = _arenas[Arena.NumberOf(address)];
        long moved = arena.Reallocate(Arena.ChunkAt(address), ChunkSizes.OfRequest(bytes), cache);
        if (moved >= 0 || _threads.Count == 1)
            return moved;
        moved = Allocate(bytes);
        if (moved >= 0)
            arena.Free(Arena.ChunkAt(address), cache);
        return moved;
    }

    private long ReallocateMapped(long address, long bytes)
    {
        long chunkBytes = ChunkSizes.OfRequest(bytes) << ChunkSizes.WordShift;
        if (chunkBytes > 0 && Mapped.Remap(address, chunkBytes))
            return address;
        long usableBytes = Mapped.ChunkBytesOf(address) - ChunkSizes.WordBytes;
        if (chunkBytes > 0 && usableBytes >= chunkBytes)
            return address;
        long moved = Allocate(bytes);
        if (moved >= 0)
            Mapped.Unmap(address);
        return moved;
    }

    private bool FillsUsableBytes(long address, long bytes)
    {
        bool isMapped = MappedChunks.Holds(address);
        long usableBytes = isMapped
            ? Mapped.ChunkBytesOf(address) - ChunkSizes.HeaderBytes
            : ((long)ChunkWordsOf(address) << ChunkSizes.WordShift) - ChunkSizes.WordBytes;
        long spareBytes = usableBytes - bytes;
        return spareBytes >= 0
            && (spareBytes < ChunkSizes.HeaderBytes || (isMapped && spareBytes <= ResidentPages.PageBytes));
    }

    private long TakeAlignedFromCache(long words, long alignment)
    {
        if (_cache is null || words > ChunkSizes.MaxCachedWords)
            return None;
        int bin = ChunkSizes.CacheBinOf((int)words);
        for (int depth = 0; depth < _cache.CountOf(bin); depth++)
        {
            if ((_cache.Peek(bin, depth) & (alignment - 1)) == 0)
                return _cache.TakeAt(bin, depth);
        }

        return None;
    }

    private static long Saturated(long bytes, long alignmentBytes)
    {
        const long spareBytes = ChunkSizes.MinWords * ChunkSizes.WordBytes;
        return bytes > long.MaxValue - alignmentBytes - spareBytes ? long.MaxValue : bytes + alignmentBytes + spareBytes;
    }
}
