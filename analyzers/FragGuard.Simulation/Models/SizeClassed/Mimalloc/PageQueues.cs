namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// The pages of one thread's heap: a queue for each bin, one for single blocks and one for full pages.
/// </summary>
internal sealed class PageQueues
{
    private readonly Segments _segments;
    private readonly int[] _first = new int[MimallocSizeClasses.FullBin + 1];
    private readonly int[] _last = new int[MimallocSizeClasses.FullBin + 1];

    public PageQueues(Segments segments)
    {
        _segments = segments;
        for (int i = 0; i < _first.Length; i++)
        {
            _first[i] = -1;
            _last[i] = -1;
        }
    }

    public int First(int bin) => _first[bin];

    public bool IsOnly(int bin, int page) => _first[bin] == page && _last[bin] == page;

    public int BinOf(int page)
    {
        ref SlicePage of = ref _segments.Slice(page);
        return of.IsFull ? MimallocSizeClasses.FullBin : MimallocSizeClasses.BinOf(of.BlockBytes);
    }

    public void AddFirst(int bin, int page)
    {
        ref SlicePage added = ref _segments.Slice(page);
        added.Previous = -1;
        added.Next = _first[bin];
        if (added.Next >= 0)
            _segments.Slice(added.Next).Previous = page;
        else
            _last[bin] = page;
        _first[bin] = page;
    }

    public void Remove(int bin, int page)
    {
        ref SlicePage removed = ref _segments.Slice(page);
        if (removed.Previous >= 0)
            _segments.Slice(removed.Previous).Next = removed.Next;
        else
            _first[bin] = removed.Next;
        if (removed.Next >= 0)
            _segments.Slice(removed.Next).Previous = removed.Previous;
        else
            _last[bin] = removed.Previous;
        removed.IsFull = false;
    }

    /// <summary>Moves a page to the end of another queue.</summary>
    public void MoveLast(int fromBin, int toBin, int page)
    {
        Remove(fromBin, page);
        ref SlicePage moved = ref _segments.Slice(page);
        moved.IsFull = toBin == MimallocSizeClasses.FullBin;
        moved.Next = -1;
        moved.Previous = _last[toBin];
        if (moved.Previous >= 0)
            _segments.Slice(moved.Previous).Next = page;
        else
            _first[toBin] = page;
        _last[toBin] = page;
    }
}
