using System;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// The blocks of one page. They come from a free list; freed ones wait on a list of their own until it is used up, and
/// blocks never used yet join it a few at a time.
/// </summary>
internal sealed class PageBlocks
{
    private readonly MimallocMemory _memory;
    private readonly Segments _segments;

    public PageBlocks(MimallocMemory memory)
    {
        _memory = memory;
        _segments = memory.Segments;
    }

    /// <summary>Takes a block off the free list, which is not empty.</summary>
    /// <param name="page">The page.</param>
    /// <param name="writtenBytes">Bytes at the block's start that the program writes to.</param>
    public long Pop(int page, long writtenBytes)
    {
        ref SlicePage of = ref _segments.Slice(page);
        int block = of.FirstFree;
        of.FirstFree = _memory.Links[of.Links + block];
        of.Used++;
        long place = MimallocMemory.PlaceOf(page, block);
        if (of.BlockBytes > MimallocMemory.OsPageBytes)
            _memory.Touch(place, 0, writtenBytes);
        return place;
    }

    /// <summary>Makes a page of blocks of a span that has just been taken.</summary>
    public void Begin(int page, int bin, long blockBytes, long pageBytes, int thread)
    {
        ref SlicePage begun = ref _segments.Slice(page);
        begun.BlockBytes = blockBytes;
        begun.Reserved = (int)((pageBytes - MimallocSizeClasses.FirstBlockOffset(blockBytes)) / blockBytes);
        begun.FirstFree = BlockLinks.End;
        begun.FirstFreed = BlockLinks.End;
        begun.FirstFreedElsewhere = BlockLinks.End;
        begun.Links = _memory.Links.Take(bin, begun.Reserved);
        begun.Thread = thread;
        _segments.CountMetadata(pageBytes - (begun.Reserved * blockBytes));
        Extend(page);
    }

    /// <summary>Puts the next blocks of a page on its free list.</summary>
    public void Extend(int page)
    {
        ref SlicePage of = ref _segments.Slice(page);
        int first = of.Capacity;
        int count = Math.Min(of.Reserved - first, MimallocSizeClasses.ExtensionOf(of.BlockBytes));
        for (int block = first; block < first + count; block++)
        {
            _memory.Links[of.Links + block] = block + 1;
            if (of.BlockBytes > MimallocMemory.OsPageBytes)
                _memory.Touch(MimallocMemory.PlaceOf(page, block), 0, 8);
        }

        if (of.BlockBytes <= MimallocMemory.OsPageBytes)
            _memory.Touch(MimallocMemory.PlaceOf(page, first), 0, count * of.BlockBytes);
        _memory.Links[of.Links + first + count - 1] = of.FirstFree;
        of.FirstFree = first;
        of.Capacity += count;
    }

    /// <summary>Makes freed blocks available once the free list is used up.</summary>
    public void CollectFreed(int page, bool isForced)
    {
        ref SlicePage of = ref _segments.Slice(page);
        while (of.FirstFreedElsewhere >= 0)
        {
            int block = of.FirstFreedElsewhere;
            of.FirstFreedElsewhere = _memory.Links[of.Links + block];
            _memory.Links[of.Links + block] = of.FirstFreed;
            of.FirstFreed = block;
            of.Used--;
        }

        if (of.FirstFreed < 0 || (of.FirstFree >= 0 && !isForced))
            return;
        if (of.FirstFree >= 0)
        {
            int last = of.FirstFreed;
            while (_memory.Links[of.Links + last] >= 0)
                last = _memory.Links[of.Links + last];
            _memory.Links[of.Links + last] = of.FirstFree;
        }

        of.FirstFree = of.FirstFreed;
        of.FirstFreed = BlockLinks.End;
    }
}
