using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

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
            at = PassWindow(at);
            if (at < region.End)
                at = Step(at);
        }
    }

    /// <summary>
    /// Goes over chunks that lie in the window with what follows them: most do. Used ones become one run, and what else is in doubt is left
    /// to <see cref="Step"/>.
    /// </summary>
    /// <returns>The first chunk that is left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong PassWindow(ulong start)
    {
        ulong wrong = region.IsMain ? IsMapped | NotMainArena : IsMapped;
        ulong end = region.End;
        ulong leastMet = _leastMet;
        ulong mostMet = _mostMet;
        RunList found = runs;
        PageUses uses = pages;
        ListCheck lists = _lists;
        ReadOnlySpan<ulong> words = memory.WordsFrom(start);
        int index = 0;
        ulong at = start;
        ulong firstUsed = start;
        long used = 0;
        long free = 0;
        long freeBytes = 0;
        while (at != top && index + 3 < words.Length)
        {
            ulong field = words[index + 1];
            ulong size = field & ~ChunkFormat.FlagBits;
            if (!IsSize(size, end - at) || (field & wrong) != 0)
                break;
            ulong next = (ulong)index + (size / sizeof(ulong));
            if (next + 1 >= (ulong)words.Length)
                break;
            if ((words[(int)next + 1] & PreviousInUse) != 0)
            {
                used++;
                Chunks?.Add(at, (long)size, ChunkUse.Used);
                index = (int)next;
                if (size >= leastMet && size <= mostMet)
                {
                    usedChunks.Meet(at, size, memory);
                    words = memory.WordsFrom(at + size);
                    index = 0;
                }
            }
            else
            {
                if (words[(int)next] != size)
                    break;
                lists.Add(at, words[index + 2], words[index + 3]);
                free++;
                freeBytes += (long)size;
                uses.AddFree(at, size);
                found.Add(firstUsed, (long)(at - firstUsed), ChunkUse.Used);
                found.Add(at, (long)size, ChunkUse.Free);
                Chunks?.Add(at, (long)size, ChunkUse.Free);
                firstUsed = at + size;
                index = (int)next;
            }

            at += size;
        }

        _lists = lists;
        found.Add(firstUsed, (long)(at - firstUsed), ChunkUse.Used);
        UsedChunkCount += used;
        UsedBytes += (long)(at - start) - freeBytes;
        FreeChunkCount += free;
        FreeBytes += freeBytes;
        return at;
    }

    /// <summary>Takes one chunk, wherever it lies.</summary>
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
        if (!IsSize(size, region.End - at) || (field & IsMapped) != 0 || (region.IsMain && (field & NotMainArena) != 0))
            return Skip(at);
        ulong forward = memory.Word(at + 16);
        ulong back = memory.Word(at + 24);
        ulong next = at + size;
        bool isUsed = (memory.Word(next + 8) & PreviousInUse) != 0;
        if (!isUsed && memory.Word(next) != size)
            return Skip(at);
        if (isUsed)
            AddUsed(at, size);
        else
            AddFree(at, size, forward, back);
        return next;
    }

    private void AddUsed(ulong at, ulong size)
    {
        UsedChunkCount++;
        UsedBytes += (long)size;
        runs.Add(at, (long)size, ChunkUse.Used);
        Chunks?.Add(at, (long)size, ChunkUse.Used);
        if (size >= _leastMet && size <= _mostMet)
            usedChunks.Meet(at, size, memory);
    }

    private void AddFree(ulong at, ulong size, ulong forward, ulong back)
    {
        FreeChunkCount++;
        FreeBytes += (long)size;
        _lists.Add(at, forward, back);
        pages.AddFree(at, size);
        runs.Add(at, (long)size, ChunkUse.Free);
        Chunks?.Add(at, (long)size, ChunkUse.Free);
    }

    /// <summary>Whether a chunk of that size can be there, with fence posts or the top behind it.</summary>
    /// <param name="room">From its start to the region's end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSize(ulong size, ulong room) =>
        size >= ChunkFormat.LeastBytes && size % ChunkFormat.Alignment == 0 && size <= room && room - size >= FencePost;

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
            if (!IsSize(size, region.End - at))
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
                pages.AddTop(at, bytes);
                break;
            case ChunkUse.Metadata:
                MetadataBytes += count;
                break;
            default:
                UnparsedBytes += count;
                break;
        }

        runs.Add(at, count, use);
        Chunks?.Add(at, count, use);
    }
}
