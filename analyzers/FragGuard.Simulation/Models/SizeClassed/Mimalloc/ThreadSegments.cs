namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>The segments of one thread: free spans in queues by length, the latest freed first.</summary>
internal sealed class ThreadSegments
{
    private const int QueueCount = 36;
    private const int SlicesPerSegment = MimallocSizeClasses.SlicesPerSegment;

    private readonly Segments _segments;
    private readonly MimallocOptions _options;
    private readonly int _thread;
    private readonly int[] _first = new int[QueueCount];
    private int _count;

    public ThreadSegments(Segments segments, MimallocOptions options, int thread)
    {
        _segments = segments;
        _options = options;
        _thread = thread;
        for (int i = 0; i < QueueCount; i++)
            _first[i] = -1;
    }

    /// <param name="slices">Slices of the page.</param>
    /// <param name="isDelaying">Whether a first segment is committed piecemeal, as with several threads.</param>
    /// <returns>The first slice of a page, or −1 when there is no memory.</returns>
    public int Allocate(int slices, bool isDelaying)
    {
        int page = Find(slices);
        if (page < 0)
        {
            int segment = _segments.Open(_thread, _options.CommitsEagerly && !(isDelaying && _count == 0));
            if (segment < 0)
                return -1;
            _count++;
            int info = segment << Segments.SliceShift;
            MarkUsed(info, 1);
            MakeFree(info + 1, SlicesPerSegment - 1);
            page = Find(slices);
        }

        _segments.ReleaseDue(page >> Segments.SliceShift);
        return page;
    }

    /// <returns>The only page of a new segment, or −1.</returns>
    public int AllocateSingle(long bytes)
    {
        long needed = Bits.AlignUp(bytes + MimallocSizeClasses.SliceBytes, MimallocSizeClasses.SliceBytes);
        int segment = _segments.OpenSingle(_thread, needed);
        if (segment < 0)
            return -1;
        _count++;
        int page = (segment << Segments.SliceShift) + 1;
        _segments.Slice(page) = new SlicePage { BlockBytes = needed - MimallocSizeClasses.SliceBytes, SliceCount = 1 };
        _segments.Segment(segment).Used = 1;
        return page;
    }

    public void Free(int page)
    {
        int segment = page >> Segments.SliceShift;
        ref Segment owner = ref _segments.Segment(segment);
        if (owner.IsSingleBlock)
        {
            _count--;
            _segments.Unmap(segment);
            return;
        }

        int slices = _segments.Slice(page).SliceCount;
        _segments.Disuse(slices);
        MergeAndFree(page, slices);
        if (--owner.Used > 0)
            return;
        Unlink((segment << Segments.SliceShift) + 1);
        _count--;
        _segments.Close(segment);
    }

    private int Find(int slices)
    {
        for (int queue = QueueOf(slices); queue < QueueCount; queue++)
        {
            for (int span = _first[queue]; span >= 0; span = _segments.Slice(span).Next)
            {
                int count = _segments.Slice(span).SliceCount;
                if (count < slices)
                    continue;
                Unlink(span);
                if (count > slices)
                    MakeFree(span + slices, count - slices);
                _segments.Use(span, slices);
                MarkUsed(span, slices);
                _segments.Segment(span >> Segments.SliceShift).Used++;
                return span;
            }
        }

        return -1;
    }

    private void MergeAndFree(int span, int slices)
    {
        int index = span & (SlicesPerSegment - 1);
        int next = span + slices;
        if (index + slices < SlicesPerSegment && _segments.Slice(next).BlockBytes == SlicePage.Free)
        {
            slices += _segments.Slice(next).SliceCount;
            Unlink(next);
        }

        int previous = span - 1;
        previous -= _segments.Slice(previous).SliceOffset;
        if (_segments.Slice(previous).BlockBytes == SlicePage.Free)
        {
            slices += _segments.Slice(previous).SliceCount;
            Unlink(previous);
            span = previous;
        }

        _segments.Release(span, slices);
        MakeFree(span, slices);
    }

    private void MakeFree(int span, int slices)
    {
        int queue = QueueOf(slices);
        int next = _first[queue];
        ref SlicePage last = ref _segments.Slice(span + slices - 1);
        last.SliceCount = 0;
        last.SliceOffset = slices - 1;
        last.BlockBytes = SlicePage.Free;
        ref SlicePage first = ref _segments.Slice(span);
        first.SliceCount = slices;
        first.SliceOffset = 0;
        first.BlockBytes = SlicePage.Free;
        first.Previous = -1;
        first.Next = next;
        if (next >= 0)
            _segments.Slice(next).Previous = span;
        _first[queue] = span;
    }

    private void Unlink(int span)
    {
        ref SlicePage removed = ref _segments.Slice(span);
        if (removed.Previous >= 0)
            _segments.Slice(removed.Previous).Next = removed.Next;
        else
            _first[QueueOf(removed.SliceCount)] = removed.Next;
        if (removed.Next >= 0)
            _segments.Slice(removed.Next).Previous = removed.Previous;
        removed.BlockBytes = SlicePage.Inner;
    }

    private void MarkUsed(int span, int slices)
    {
        for (int i = 1; i < slices; i++)
            _segments.Slice(span + i) = new SlicePage { SliceOffset = i, BlockBytes = SlicePage.Inner };
        _segments.Slice(span) = new SlicePage
        {
            SliceCount = slices,
            BlockBytes = slices * MimallocSizeClasses.SliceBytes,
        };
    }

    private static int QueueOf(int slices)
    {
        if (slices <= 1)
            return slices;
        slices--;
        int bit = Bits.Highest(slices);
        return bit <= 2 ? slices + 1 : ((bit << 2) | ((slices >> (bit - 2)) & 3)) - 4;
    }
}
