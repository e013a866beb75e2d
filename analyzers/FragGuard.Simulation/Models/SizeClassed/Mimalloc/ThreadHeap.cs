using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// One thread's heap: blocks come from the first page of a queue that has one, and go back to their own page.
/// </summary>
internal sealed class ThreadHeap
{
    private const int RetireLooks = 8;

    private readonly MimallocMemory _memory;
    private readonly Segments _segments;
    private readonly PageBlocks _blocks;
    private readonly PageQueues _queues;
    private readonly ThreadSegments _spans;
    private readonly int _thread;
    private readonly List<long> _delayed = [];
    private int _firstRetired = MimallocSizeClasses.FullBin;
    private int _lastRetired;

    public ThreadHeap(MimallocMemory memory, MimallocOptions options, int thread)
    {
        _memory = memory;
        _segments = memory.Segments;
        _blocks = new PageBlocks(memory);
        _queues = new PageQueues(memory.Segments);
        _spans = new ThreadSegments(memory.Segments, options, thread);
        _thread = thread;
    }

    /// <param name="bytes">Bytes of the block.</param>
    /// <param name="writtenBytes">Bytes at its start that the program writes to.</param>
    /// <returns>The place of a block, or −1 when there is no memory.</returns>
    public long Allocate(long bytes, long writtenBytes)
    {
        int page = bytes <= MimallocSizeClasses.LargestDirect
            ? _queues.First(MimallocSizeClasses.BinOf(bytes))
            : -1;
        if (page < 0 || _segments.Slice(page).FirstFree < 0)
        {
            page = FindPage(bytes);
            if (page < 0)
                return -1;
        }

        return _blocks.Pop(page, writtenBytes);
    }

    /// <returns>Offset of the block that a direct request for so many bytes would get now, or −1.</returns>
    public long NextDirectOffset(long bytes)
    {
        int page = _queues.First(MimallocSizeClasses.BinOf(bytes));
        return page < 0 || _segments.Slice(page).FirstFree < 0
            ? -1
            : _memory.OffsetOf(MimallocMemory.PlaceOf(page, _segments.Slice(page).FirstFree));
    }

    /// <summary>Frees a block of a page of this heap.</summary>
    public void Free(int page, int block)
    {
        ref SlicePage of = ref _segments.Slice(page);
        _memory.Links[of.Links + block] = of.FirstFreed;
        of.FirstFreed = block;
        if (--of.Used == 0)
            Retire(page);
        else if (of.IsFull)
            _queues.MoveLast(MimallocSizeClasses.FullBin, MimallocSizeClasses.BinOf(of.BlockBytes), page);
    }

    /// <summary>Another thread frees a block of a page of this heap.</summary>
    public void FreeElsewhere(int page, int block)
    {
        ref SlicePage of = ref _segments.Slice(page);
        if (!of.HasDelayedFree)
        {
            of.HasDelayedFree = true;
            _delayed.Add(MimallocMemory.PlaceOf(page, block));
            return;
        }

        _memory.Links[of.Links + block] = of.FirstFreedElsewhere;
        of.FirstFreedElsewhere = block;
    }

    /// <summary>Frees what waits to be freed, and every page without blocks.</summary>
    public void Collect()
    {
        FreeDelayed();
        CollectRetired(isForced: true);
        for (int bin = 0; bin <= MimallocSizeClasses.FullBin; bin++)
        {
            for (int page = _queues.First(bin); page >= 0;)
            {
                int next = _segments.Slice(page).Next;
                _blocks.CollectFreed(page, isForced: true);
                if (_segments.Slice(page).Used == 0)
                    FreePage(bin, page);
                page = next;
            }
        }
    }

    private int FindPage(long bytes)
    {
        FreeDelayed();
        int bin = MimallocSizeClasses.BinOf(bytes);
        if (bin == MimallocSizeClasses.SingleBlockBin)
            return FreshSingle(bytes);
        int page = _queues.First(bin);
        if (page >= 0)
        {
            _blocks.CollectFreed(page, isForced: false);
            if (_segments.Slice(page).FirstFree >= 0)
            {
                _segments.Slice(page).RetireCountdown = 0;
                return page;
            }
        }

        return SearchQueue(bin, page);
    }

    private int SearchQueue(int bin, int page)
    {
        while (page >= 0)
        {
            int next = _segments.Slice(page).Next;
            _blocks.CollectFreed(page, isForced: false);
            ref SlicePage of = ref _segments.Slice(page);
            if (of.FirstFree < 0 && of.Capacity < of.Reserved)
                _blocks.Extend(page);
            if (of.FirstFree >= 0)
            {
                of.RetireCountdown = 0;
                return page;
            }

            _queues.MoveLast(bin, MimallocSizeClasses.FullBin, page);
            _blocks.CollectFreed(page, isForced: false);
            page = next;
        }

        CollectRetired(isForced: false);
        long blockBytes = MimallocSizeClasses.BlockBytes[bin];
        int slices = blockBytes <= MimallocSizeClasses.LargestSmall
            ? 1
            : (int)(MimallocSizeClasses.MediumPageBytes / MimallocSizeClasses.SliceBytes);
        page = _spans.Allocate(slices, _memory.HasSeveralThreads);
        if (page >= 0)
            Begin(page, bin, blockBytes, slices * MimallocSizeClasses.SliceBytes);
        return page;
    }

    private int FreshSingle(long bytes)
    {
        long blockBytes = MimallocSizeClasses.SingleBlockBytes(bytes);
        int page;
        if (blockBytes > MimallocSizeClasses.LargestInSegment)
        {
            page = _spans.AllocateSingle(blockBytes);
        }
        else
        {
            long unit = blockBytes > MimallocSizeClasses.MediumPageBytes
                ? MimallocSizeClasses.MediumPageBytes
                : MimallocSizeClasses.SliceBytes;
            int slices = (int)(Bits.AlignUp(blockBytes, unit) / MimallocSizeClasses.SliceBytes);
            page = _spans.Allocate(slices, _memory.HasSeveralThreads);
        }

        if (page >= 0)
        {
            long pageBytes = _segments.Slice(page).BlockBytes;
            Begin(page, MimallocSizeClasses.SingleBlockBin, pageBytes, pageBytes);
        }

        return page;
    }

    private void Begin(int page, int bin, long blockBytes, long pageBytes)
    {
        _blocks.Begin(page, bin, blockBytes, pageBytes, _thread);
        _queues.AddFirst(bin, page);
    }

    private void FreeDelayed()
    {
        for (int i = 0; i < _delayed.Count; i++)
        {
            int page = MimallocMemory.PageOf(_delayed[i]);
            _segments.Slice(page).HasDelayedFree = false;
            _blocks.CollectFreed(page, isForced: false);
            Free(page, MimallocMemory.BlockOf(_delayed[i]));
        }

        _delayed.Clear();
    }

    /// <summary>Keeps an empty page for a while if it is the only one of its bin.</summary>
    private void Retire(int page)
    {
        int bin = _queues.BinOf(page);
        ref SlicePage of = ref _segments.Slice(page);
        if (bin < MimallocSizeClasses.SingleBlockBin && _queues.IsOnly(bin, page))
        {
            of.RetireCountdown =
                1 + (of.BlockBytes <= MimallocSizeClasses.LargestSmall ? RetireLooks : RetireLooks / 4);
            _firstRetired = Math.Min(_firstRetired, bin);
            _lastRetired = Math.Max(_lastRetired, bin);
            return;
        }

        FreePage(bin, page);
    }

    private void CollectRetired(bool isForced)
    {
        int first = MimallocSizeClasses.FullBin;
        int last = 0;
        for (int bin = _firstRetired; bin <= _lastRetired; bin++)
        {
            int page = _queues.First(bin);
            if (page < 0 || _segments.Slice(page).RetireCountdown == 0)
                continue;
            ref SlicePage of = ref _segments.Slice(page);
            if (of.Used > 0)
            {
                of.RetireCountdown = 0;
            }
            else if (--of.RetireCountdown == 0 || isForced)
            {
                FreePage(bin, page);
            }
            else
            {
                first = Math.Min(first, bin);
                last = Math.Max(last, bin);
            }
        }

        _firstRetired = first;
        _lastRetired = last;
    }

    private void FreePage(int bin, int page)
    {
        ref SlicePage of = ref _segments.Slice(page);
        _memory.Links.Return(MimallocSizeClasses.BinOf(of.BlockBytes), of.Links);
        long pageBytes = Math.Max(of.SliceCount * MimallocSizeClasses.SliceBytes, of.BlockBytes);
        _segments.CountMetadata((of.Reserved * of.BlockBytes) - pageBytes);
        _queues.Remove(bin, page);
        _spans.Free(page);
    }
}
