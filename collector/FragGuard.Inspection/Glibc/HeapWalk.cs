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
    private const ulong FencePost = ChunkFormat.FencePost;

    private const ulong MostGapBytes = 64UL << 20;

    private readonly ulong _leastMet = usedChunks.LeastBytes;
    private readonly ulong _mostMet = usedChunks.MostBytes;
    private readonly ChunkSearch _search = new(memory, region, top);
    private ListCheck _lists;
    private int _nextKnown;

    /// <summary>Takes what lies where.</summary>
    public RunList Runs { get; } = runs;

    /// <summary>Counts what lies on which page.</summary>
    public PageUses Pages { get; } = pages;

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

    /// <summary>Goes over the whole region.</summary>
    public void Run()
    {
        PassRecords();
        RunFrom(region.FirstChunk);
    }

    /// <summary>Takes what lies before the first chunk.</summary>
    public void PassRecords() => Add(region.Start, region.FirstChunk - region.Start, ChunkUse.Metadata);

    /// <summary>Goes on to the region's end.</summary>
    /// <param name="start">A chunk.</param>
    public void RunFrom(ulong start)
    {
        for (ulong at = start; at < region.End;)
        {
            at = PassWindow(at, region.End);
            if (at < region.End)
                at = Step(at);
        }
    }

    /// <summary>Goes on to a place; false when chunks do not lead there, or to something else than chunks before.</summary>
    /// <param name="start">A chunk.</param>
    /// <param name="end">Before the top.</param>
    public bool TryRunTo(ulong start, ulong end)
    {
        ulong at = start;
        while (at < end)
        {
            at = PassWindow(at, end);
            if (at < end && !TryPassOne(at, out at))
                return false;
        }

        return at == end;
    }

    /// <summary>
    /// Takes what a walk found that began where this one ended. Pages are not taken: both count into the same. Of runs and chunks none are kept
    /// when there are too many.
    /// </summary>
    public void Append(HeapWalk later)
    {
        UsedChunkCount += later.UsedChunkCount;
        UsedBytes += later.UsedBytes;
        FreeChunkCount += later.FreeChunkCount;
        FreeBytes += later.FreeBytes;
        TopBytes += later.TopBytes;
        MetadataBytes += later.MetadataBytes;
        UnparsedBytes += later.UnparsedBytes;
        _lists.Add(later._lists);
        Runs.Append(later.Runs);
        Chunks?.Append(later.Chunks!);
    }

    /// <summary>
    /// Goes over chunks that lie in the window with what follows them: most do. Used ones become one run, and what else is in doubt is left
    /// to <see cref="Step"/>.
    /// </summary>
    /// <param name="start">A chunk.</param>
    /// <param name="end">Where to end at the latest, once a chunk leads there or beyond.</param>
    /// <returns>The first chunk that is left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong PassWindow(ulong start, ulong end)
    {
        ulong wrong = region.IsMain ? IsMapped | NotMainArena : IsMapped;
        ulong stop = top >= start ? Math.Min(top, end) : end;
        ulong regionEnd = region.End;
        ulong leastMet = _leastMet;
        ulong mostMet = _mostMet;
        RunList found = Runs;
        PageUses uses = Pages;
        ListCheck lists = _lists;
        ReadOnlySpan<ulong> words = memory.WordsFrom(start);
        int index = 0;
        ulong at = start;
        ulong firstUsed = start;
        long used = 0;
        long free = 0;
        long freeBytes = 0;
        while (at < stop && index + 3 < words.Length)
        {
            ulong field = words[index + 1];
            ulong size = field & ~ChunkFormat.FlagBits;
            if (!ChunkFormat.IsSize(size, regionEnd - at) || (field & wrong) != 0)
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

    /// <summary>Takes what is at a place, whatever that is.</summary>
    /// <returns>Where to go on.</returns>
    private ulong Step(ulong at)
    {
        if (TryPassOne(at, out ulong next))
            return next;
        ulong size = memory.Word(at + 8) & ~ChunkFormat.FlagBits;
        if (at != top)
            return size == FencePost ? FencePosts(at) : Skip(at);
        if (size < FencePost || size % 16 != 0 || size != region.End - at)
            return Skip(at);
        Add(at, size, ChunkUse.Top);
        return region.End;
    }

    /// <summary>Takes one chunk, wherever it lies; false when it is the top, or none.</summary>
    private bool TryPassOne(ulong at, out ulong next)
    {
        next = at;
        ulong field = memory.Word(at + 8);
        ulong size = field & ~ChunkFormat.FlagBits;
        if (at == top || !ChunkFormat.IsSize(size, region.End - at) || (field & IsMapped) != 0 || (region.IsMain && (field & NotMainArena) != 0))
            return false;
        ulong forward = memory.Word(at + 16);
        ulong back = memory.Word(at + 24);
        bool isUsed = (memory.Word(at + size + 8) & PreviousInUse) != 0;
        if (!isUsed && memory.Word(at + size) != size)
            return false;
        next = at + size;
        if (isUsed)
            AddUsed(at, size);
        else
            AddFree(at, size, forward, back);
        return true;
    }

    private void AddUsed(ulong at, ulong size)
    {
        UsedChunkCount++;
        UsedBytes += (long)size;
        Runs.Add(at, (long)size, ChunkUse.Used);
        Chunks?.Add(at, (long)size, ChunkUse.Used);
        if (size >= _leastMet && size <= _mostMet)
            usedChunks.Meet(at, size, memory);
    }

    private void AddFree(ulong at, ulong size, ulong forward, ulong back)
    {
        FreeChunkCount++;
        FreeBytes += (long)size;
        _lists.Add(at, forward, back);
        Pages.AddFree(at, size);
        Runs.Add(at, (long)size, ChunkUse.Free);
        Chunks?.Add(at, (long)size, ChunkUse.Free);
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
        ulong found = _search.FirstFrom(next, ChunkFormat.Alignment, MostGapBytes);
        Add(next, found - next, ChunkUse.Metadata);
        return found;
    }

    private ulong Skip(ulong at)
    {
        if (region.MayHoldOthers)
        {
            ulong found = _search.FirstFrom(at + ChunkFormat.Alignment, (ulong)Pages.PageBytes, MostGapBytes);
            Pages.Leave(at, found);
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
                Pages.AddTop(at, bytes);
                break;
            case ChunkUse.Metadata:
                MetadataBytes += count;
                break;
            default:
                UnparsedBytes += count;
                break;
        }

        Runs.Add(at, count, use);
        Chunks?.Add(at, count, use);
    }
}
