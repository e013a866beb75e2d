using System;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// The blocks of one class that no thread holds: whole batches in transfer slots, and single ones on the lists of their
/// spans. A class in need of slots takes them from the others in turn.
/// </summary>
internal sealed class CentralList
{
    private const int MostSlots = 64;
    private const int FirstSlots = 16;
    private const long MostSlotBytes = 1 << 20;

    private readonly TcmallocHeap _heap;
    private readonly int _sizeClass;
    private readonly int _batch;
    private readonly int _mostSlots;
    private readonly long[] _batches;
    private SpanList _withFree = SpanList.Empty;
    private int _slots;
    private int _usedSlots;

    public CentralList(TcmallocHeap heap, int sizeClass)
    {
        _heap = heap;
        _sizeClass = sizeClass;
        _batch = TcmallocSizeClasses.BatchBlocks[sizeClass];
        _mostSlots = sizeClass == 0
            ? MostSlots
            : (int)Math.Min(MostSlots, Math.Max(1, MostSlotBytes / (TcmallocSizeClasses.Bytes[sizeClass] * _batch)));
        _slots = Math.Min(FirstSlots, _mostSlots);
        _batches = new long[_mostSlots * _batch];
    }

    /// <summary>Blocks in transfer slots.</summary>
    public int TransferBlocks => _usedSlots * _batch;

    /// <summary>Blocks on the lists of spans.</summary>
    public long ListedBlocks { get; private set; }

    /// <summary>Takes blocks, the one to be used first in front.</summary>
    /// <returns>How many were taken; 0 when there is no memory.</returns>
    public int Take(long[] blocks, int wanted)
    {
        if (wanted == _batch && _usedSlots > 0)
        {
            Array.Copy(_batches, --_usedSlots * _batch, blocks, 0, _batch);
            return _batch;
        }

        int taken = TakeFromSpan(blocks, wanted);
        if (taken == 0 && TryPopulate())
            taken = TakeFromSpan(blocks, wanted);
        while (taken > 0 && taken < wanted && _withFree.First >= 0)
        {
            int more = Math.Min(wanted - taken, FreeIn(_withFree.First));
            Array.Copy(blocks, 0, blocks, more, taken);
            taken += TakeFromSpan(blocks, more);
        }

        return taken;
    }

    /// <summary>Takes blocks back, in the order given.</summary>
    public void Return(long[] blocks, int count)
    {
        if (count == _batch && TryMakeRoom())
        {
            Array.Copy(blocks, 0, _batches, _usedSlots++ * _batch, _batch);
            return;
        }

        for (int i = 0; i < count; i++)
            ReturnToSpan(blocks[i]);
    }

    /// <summary>Gives up one slot for another class.</summary>
    /// <param name="isForced">Whether to give up a slot in use.</param>
    public bool TryGiveSlot(bool isForced)
    {
        if (_slots == 0 || (_usedSlots == _slots && !isForced))
            return false;
        _slots--;
        if (_usedSlots > _slots)
        {
            _usedSlots--;
            for (int i = 0; i < _batch; i++)
                ReturnToSpan(_batches[(_usedSlots * _batch) + i]);
        }

        return true;
    }

    private bool TryMakeRoom()
    {
        if (_usedSlots < _slots)
            return true;
        if (_slots == _mostSlots
            || (!_heap.TryTakeSlot(_sizeClass, isForced: false) && !_heap.TryTakeSlot(_sizeClass, isForced: true)))
        {
            return false;
        }

        _slots++;
        return true;
    }

    private int FreeIn(int span) => TcmallocSizeClasses.SpanBlocks[_sizeClass] - _heap.Pages.Spans[span].Used;

    private int TakeFromSpan(long[] blocks, int wanted)
    {
        int span = _withFree.First;
        if (span < 0)
            return 0;
        ref Span from = ref _heap.Pages.Spans[span];
        int taken = 0;
        int block = from.FirstFree;
        for (; taken < wanted && block >= 0; taken++)
        {
            blocks[taken] = TcmallocHeap.PlaceOf(span, block);
            block = _heap.Links[from.Links + block];
        }

        from.FirstFree = block;
        from.Used += taken;
        ListedBlocks -= taken;
        if (block < 0)
            _withFree.Remove(_heap.Pages.Spans, span);
        return taken;
    }

    private void ReturnToSpan(long place)
    {
        int span = TcmallocHeap.SpanOf(place);
        int block = TcmallocHeap.BlockOf(place);
        ref Span to = ref _heap.Pages.Spans[span];
        if (to.FirstFree < 0)
            _withFree.Add(_heap.Pages.Spans, span);
        ListedBlocks++;
        if (--to.Used > 0)
        {
            _heap.Links[to.Links + block] = to.FirstFree;
            to.FirstFree = block;
            return;
        }

        ListedBlocks -= TcmallocSizeClasses.SpanBlocks[_sizeClass];
        _withFree.Remove(_heap.Pages.Spans, span);
        _heap.CountSpans(_sizeClass, -1);
        _heap.Links.Return(_sizeClass, to.Links);
        _heap.Pages.Free(span);
    }

    private bool TryPopulate()
    {
        int span = _heap.Pages.Allocate(TcmallocSizeClasses.SpanPages[_sizeClass]);
        if (span < 0)
            return false;
        int blocks = TcmallocSizeClasses.SpanBlocks[_sizeClass];
        ref Span cut = ref _heap.Pages.Spans[span];
        cut.SizeClass = _sizeClass;
        cut.Used = 0;
        cut.FirstFree = 0;
        cut.Links = _heap.Links.Take(_sizeClass, blocks);
        _heap.Cached.Ensure(cut.Links + blocks);
        for (int block = 0; block < blocks; block++)
            _heap.Links[cut.Links + block] = block + 1 < blocks ? block + 1 : BlockLinks.End;
        _withFree.Add(_heap.Pages.Spans, span);
        _heap.CountSpans(_sizeClass, 1);
        ListedBlocks += blocks;
        return true;
    }
}
