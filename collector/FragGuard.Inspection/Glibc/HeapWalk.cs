using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Goes through the chunks of one region, from the first to the top or the fence posts at the end. A chunk is free when
/// the one behind it says so (malloc/malloc.c, PREV_INUSE); what is in a fastbin or in a thread's cache looks used here.
/// Where the bytes make no chunk it goes on at the next known one; what lies between is unparsed.
/// </summary>
internal sealed class HeapWalk(HeapMemory memory, HeapRegion region, ulong top, PageUses pages, RunList runs, IUsedChunks usedChunks)
{
    private const ulong PreviousInUse = 1;
    private const ulong IsMapped = 2;
    private const ulong NotMainArena = 4;
    private const ulong FencePost = 16;

    private const int MostLooksBehindGap = 4096;
    private const ulong MostGapBytes = 64UL << 20;

    private readonly ulong _leastMet = usedChunks.LeastBytes;
    private readonly ulong _mostMet = usedChunks.MostBytes;
    private ListCheck _lists;
    private int _looks;
    private int _nextKnown;

    /// <summary>Known chunks in address order, where the walk can go on; asked for only when it has to.</summary>
    public required Func<IReadOnlyList<ulong>> KnownChunks { get; init; }

    /// <summary>Takes every chunk by itself; null when nobody asks for that.</summary>
    public RunList? Chunks { get; init; }

    public ListCheck Lists => _lists;

    public long UsedChunkCount { get; private set; }

    public long UsedBytes { get; private set; }

    public long FreeChunkCount { get; private set; }

    public long FreeBytes { get; private set; }

    public long TopBytes { get; private set; }

    public long MetadataBytes { get; private set; }

    public long UnparsedBytes { get; private set; }

    /// <summary>What the arena has of the region.</summary>
    public long ArenaBytes => UsedBytes + FreeBytes + TopBytes + MetadataBytes + UnparsedBytes;

    public void Run()
    {
        Add(region.Start, region.FirstChunk - region.Start, ChunkUse.Metadata);
        for (ulong at = region.FirstChunk; at < region.End;)
        {
            at = PassUsed(at);
            at = Step(at);
        }
    }

    /// <summary>Goes over chunks in use, of which most heaps have far more than of others: as one run, and each size is read once.</summary>
    /// <returns>The first chunk that is not one; there always is.</returns>
    private ulong PassUsed(ulong start)
    {
        const ulong wrong = ChunkFormat.FlagBits & ~PreviousInUse & ~NotMainArena;
        ulong wrongHere = region.IsMain ? wrong | NotMainArena : wrong;
        ulong at = start;
        long count = 0;
        for (ulong field = memory.Word(at + 8); at != top;)
        {
            ulong size = field & ~ChunkFormat.FlagBits;
            if (size < ChunkFormat.LeastBytes || size % 16 != 0 || size > region.End - at - FencePost || (field & wrongHere) != 0)
                break;
            ulong behind = memory.Word(at + size + 8);
            if ((behind & PreviousInUse) == 0)
                break;
            if (size >= _leastMet && size <= _mostMet)
                usedChunks.Meet(at, size, memory);
            Chunks?.Add(at, (long)size, ChunkUse.Used);
            count++;
            at += size;
            field = behind;
        }

        UsedChunkCount += count;
        UsedBytes += (long)(at - start);
        runs.Add(start, (long)(at - start), ChunkUse.Used);
        return at;
    }

    /// <returns>Where to go on.</returns>
    private ulong Step(ulong at)
    {
        ulong field = memory.Word(at + 8);
        ulong size = field & ~ChunkFormat.FlagBits;
        if (at == top)
        {
            if (size < FencePost || size % 16 != 0 || size != region.End - at)
                return Skip(at);
            Add(at, size, ChunkUse.Top);
            return region.End;
        }

        if (size == FencePost)
            return FencePosts(at);
        if (size < ChunkFormat.LeastBytes || size % 16 != 0 || size > region.End - at - FencePost
            || (field & IsMapped) != 0 || (region.IsMain && (field & NotMainArena) != 0))
        {
            return Skip(at);
        }

        ulong forward = memory.Word(at + 16);
        ulong back = memory.Word(at + 24);
        ulong next = at + size;
        if (memory.Word(next) != size || (memory.Word(next + 8) & PreviousInUse) != 0)
            return Skip(at);
        FreeChunkCount++;
        FreeBytes += (long)size;
        _lists.Add(at, forward, back);
        pages.Add(at, next, ChunkUse.Free);
        runs.Add(at, (long)size, ChunkUse.Free);
        Chunks?.Add(at, (long)size, ChunkUse.Free);
        return next;
    }

    /// <summary>
    /// Two headers that never become free: at the end of a heap that is followed by another one, and before memory that
    /// someone else took from the program's break.
    /// </summary>
    private ulong FencePosts(ulong at)
    {
        ulong second = memory.Word(at + FencePost + 8) & ~ChunkFormat.FlagBits;
        bool isEnd = second == 0 && at + (2 * FencePost) == region.End;
        bool isGap = second == FencePost && region.IsMain;
        if (!isEnd && !isGap)
            return Skip(at);
        ulong next = at + (2 * FencePost);
        Add(at, next - at, ChunkUse.Metadata);
        if (isEnd)
            return region.End;
        if (region.MayHoldOthers)
            return next;
        ulong found = FirstChunkFrom(next, ChunkFormat.Alignment);
        Add(next, found - next, ChunkUse.Metadata);
        return found;
    }

    /// <summary>The first place from which chunks lead on for a while; the region's end when there is none.</summary>
    private ulong FirstChunkFrom(ulong from, ulong alignment)
    {
        for (ulong at = (from + alignment - 1) / alignment * alignment; at < region.End && at - from < MostGapBytes; at += alignment)
        {
            if ((memory.Word(at + 8) & ~ChunkFormat.FlagBits) >= ChunkFormat.LeastBytes && _looks++ < MostLooksBehindGap && LeadsOn(at))
                return at;
        }

        return region.End;
    }

    private bool LeadsOn(ulong at)
    {
        const int steps = 16;
        if ((memory.Word(at + 8) & PreviousInUse) == 0)
            return false;
        for (int i = 0; i < steps && at != top; i++)
        {
            ulong size = memory.Word(at + 8) & ~ChunkFormat.FlagBits;
            if (size < ChunkFormat.LeastBytes || size % 16 != 0 || size > region.End - at - FencePost)
                return false;
            at += size;
        }

        return true;
    }

    private ulong Skip(ulong at)
    {
        if (region.MayHoldOthers)
        {
            ulong found = FirstChunkFrom(at + ChunkFormat.Alignment, (ulong)pages.PageBytes);
            pages.Leave(at, found);
            return found;
        }

        IReadOnlyList<ulong> known = KnownChunks();
        while (_nextKnown < known.Count && known[_nextKnown] <= at)
            _nextKnown++;
        ulong next = _nextKnown < known.Count && known[_nextKnown] < region.End ? known[_nextKnown] : region.End;
        Add(at, next - at, ChunkUse.Unparsed);
        return next;
    }

    private void Add(ulong at, ulong bytes, ChunkUse use)
    {
        if (bytes == 0)
            return;
        long count = (long)bytes;
        switch (use)
        {
            case ChunkUse.Top:
                TopBytes += count;
                break;
            case ChunkUse.Metadata:
                MetadataBytes += count;
                break;
            default:
                UnparsedBytes += count;
                break;
        }

        pages.Add(at, at + bytes, use);
        runs.Add(at, count, use);
        Chunks?.Add(at, count, use);
    }
}
