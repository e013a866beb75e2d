namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// Free extents of one arena in one state, by size for first fit and by age for eviction (jemalloc's ecache). Dirty
/// extents
/// merge late: large ones when freed, small ones when evicted. The others merge at once.
/// </summary>
internal sealed class FreeExtentQueue
{
    /// <summary>A dirty extent is not cut for a request less than a 64th of it.</summary>
    private const int LargestFitShift = 6;

    private const int PageBytes = JemallocSizeClasses.PageBytes;

    private readonly PageExtents _extents;
    private readonly PageExtentState _state;
    private readonly long _largePadBytes;
    private readonly ExtentHeap[] _bySize;
    private readonly ulong[] _nonEmpty;
    private int _freedFirst = -1;
    private int _freedLast = -1;

    public FreeExtentQueue(PageExtents extents, PageExtentState state, long largePadBytes)
    {
        _extents = extents;
        _state = state;
        _largePadBytes = largePadBytes;
        _bySize = new ExtentHeap[JemallocSizeClasses.PageSizeCount + 1];
        for (int i = 0; i < _bySize.Length; i++)
            _bySize[i] = new ExtentHeap(extents);
        _nonEmpty = new ulong[(_bySize.Length + 63) / 64];
    }

    /// <summary>Sum of the extents.</summary>
    public long Bytes { get; private set; }

    private bool MergesLate => _state == PageExtentState.Dirty;

    /// <summary>Takes the oldest and lowest extent that fits, cut to size; what is left over stays.</summary>
    /// <returns>The extent, now active, or −1.</returns>
    public int Take(long bytes, long alignment)
    {
        long padded = bytes + Bits.AlignUp(alignment, PageBytes) - PageBytes;
        int extent = FirstFit(padded);
        if (extent < 0 && alignment > PageBytes)
            extent = AlignedFit(bytes, padded, alignment);
        if (extent < 0)
            return -1;
        return TakeFrom(extent, bytes, alignment);
    }

    /// <summary>Takes one of the extents, cut to size.</summary>
    public int TakeFrom(int extent, long bytes, long alignment)
    {
        Remove(extent);
        return CutFrom(extent, bytes, alignment);
    }

    /// <summary>Takes bytes from the free extent right behind an active one.</summary>
    /// <returns>Whether there was one with so many bytes; it is merged then.</returns>
    public bool TryExtend(int extent, long bytes)
    {
        int next = _extents[extent].After;
        if (next < 0 || _extents[next].State != _state || _extents[next].Bytes < bytes)
            return false;
        Remove(next);
        CutFrom(next, bytes, 1);
        _extents.MergeWithNext(extent);
        return true;
    }

    /// <summary>Takes in an extent that was active.</summary>
    /// <returns>The extent it became part of.</returns>
    public int Record(int extent)
    {
        if (!MergesLate || _extents[extent].Bytes >= JemallocSizeClasses.SmallestLarge)
            extent = Merge(extent);
        Insert(extent);
        return extent;
    }

    /// <summary>
    /// Takes out the extent freed longest ago, merged with its free neighbours, unless so few bytes are left.
    /// </summary>
    /// <returns>The extent, now active, or −1.</returns>
    public int Evict(long keptBytes)
    {
        while (_freedFirst >= 0 && Bytes > keptBytes)
        {
            int extent = _freedFirst;
            Remove(extent);
            if (!MergesLate)
                return extent;
            int merged = MergeOnce(extent);
            if (merged < 0)
                return extent;
            Insert(merged);
        }

        return -1;
    }

    public void Remove(int extent)
    {
        ref PageExtent removed = ref _extents[extent];
        int sizeBin = SizeBinOf(removed.Bytes);
        _bySize[sizeBin].Remove(extent);
        if (_bySize[sizeBin].IsEmpty)
            _nonEmpty[sizeBin >> 6] &= ~(1UL << (sizeBin & 63));
        if (removed.FreedEarlier >= 0)
            _extents[removed.FreedEarlier].FreedLater = removed.FreedLater;
        else
            _freedFirst = removed.FreedLater;
        if (removed.FreedLater >= 0)
            _extents[removed.FreedLater].FreedEarlier = removed.FreedEarlier;
        else
            _freedLast = removed.FreedEarlier;
        Bytes -= removed.Bytes;
        removed.State = PageExtentState.Active;
    }

    private void Insert(int extent)
    {
        ref PageExtent inserted = ref _extents[extent];
        inserted.State = _state;
        inserted.IsSlab = false;
        int sizeBin = SizeBinOf(inserted.Bytes);
        _bySize[sizeBin].Add(extent);
        _nonEmpty[sizeBin >> 6] |= 1UL << (sizeBin & 63);
        inserted.FreedEarlier = _freedLast;
        inserted.FreedLater = -1;
        if (_freedLast >= 0)
            _extents[_freedLast].FreedLater = extent;
        else
            _freedFirst = extent;
        _freedLast = extent;
        Bytes += inserted.Bytes;
    }

    private int CutFrom(int extent, long bytes, long alignment)
    {
        long start = _extents[extent].Start;
        long lead = Bits.AlignUp(start, Bits.AlignUp(alignment, PageBytes)) - start;
        int lower = -1;
        if (lead > 0)
        {
            lower = extent;
            extent = _extents.Split(lower, lead);
        }

        int upper = _extents[extent].Bytes > bytes ? _extents.Split(extent, bytes) : -1;
        if (lower >= 0)
            Insert(lower);
        if (upper >= 0)
            Insert(upper);
        return extent;
    }

    private int Merge(int extent)
    {
        for (int merged = MergeOnce(extent); merged >= 0; merged = MergeOnce(extent))
            extent = merged;
        return extent;
    }

    /// <returns>The merged extent, or −1 when neither neighbour is free.</returns>
    private int MergeOnce(int extent)
    {
        int next = _extents[extent].After;
        if (next >= 0 && _extents[next].State == _state)
        {
            Remove(next);
            _extents.MergeWithNext(extent);
            return extent;
        }

        int previous = _extents[extent].Before;
        if (previous >= 0 && _extents[previous].State == _state)
        {
            Remove(previous);
            _extents.MergeWithNext(previous);
            return previous;
        }

        return -1;
    }

    private int FirstFit(long bytes)
    {
        int found = -1;
        for (int i = NextNonEmpty(PageClass(QuantizedUp(bytes))); i >= 0; i = NextNonEmpty(i + 1))
        {
            if (MergesLate && JemallocSizeClasses.PageClassBytes(i) >> LargestFitShift > bytes)
                break;
            int oldest = _bySize[i].First;
            if (found < 0 || _extents.Precedes(oldest, found))
                found = oldest;
        }

        return found;
    }

    private int AlignedFit(long bytes, long padded, long alignment)
    {
        int end = PageClass(QuantizedUp(padded));
        for (int i = NextNonEmpty(PageClass(QuantizedUp(bytes))); i >= 0 && i < end; i = NextNonEmpty(i + 1))
        {
            ref PageExtent candidate = ref _extents[_bySize[i].First];
            long lead = Bits.AlignUp(candidate.Start, alignment) - candidate.Start;
            if (lead < candidate.Bytes && candidate.Bytes - lead >= bytes)
                return _bySize[i].First;
        }

        return -1;
    }

    private int NextNonEmpty(int sizeBin)
    {
        int word = sizeBin >> 6;
        if (word >= _nonEmpty.Length)
            return -1;
        ulong bits = _nonEmpty[word] & (ulong.MaxValue << (sizeBin & 63));
        while (bits == 0)
        {
            if (++word >= _nonEmpty.Length)
                return -1;
            bits = _nonEmpty[word];
        }

        return (word << 6) + Bits.Lowest(bits);
    }

    private int SizeBinOf(long bytes) => PageClass(QuantizedDown(bytes));

    private static int PageClass(long bytes) => JemallocSizeClasses.PageClassOf(bytes);

    /// <summary>Largest class of pages, padded as a large block is, that is no larger.</summary>
    private long QuantizedDown(long bytes)
    {
        int pageClass = PageClass(bytes - _largePadBytes + 1);
        return pageClass == 0 ? bytes : JemallocSizeClasses.PageClassBytes(pageClass - 1) + _largePadBytes;
    }

    private long QuantizedUp(long bytes)
    {
        long down = QuantizedDown(bytes);
        return down == bytes
            ? down
            : JemallocSizeClasses.PageClassBytes(PageClass(down - _largePadBytes + 1)) + _largePadBytes;
    }
}
