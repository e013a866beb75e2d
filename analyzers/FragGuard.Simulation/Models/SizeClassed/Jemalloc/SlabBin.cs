namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// The slabs of one small class in one arena: the current one, and the others that have free slots, oldest first.
/// </summary>
internal sealed class SlabBin
{
    private readonly PageExtents _extents;
    private readonly ArenaPages _pages;
    private readonly int _sizeClass;
    private readonly ExtentHeap _nonFull;
    private int _current = -1;

    public SlabBin(PageExtents extents, ArenaPages pages, int sizeClass)
    {
        _extents = extents;
        _pages = pages;
        _sizeClass = sizeClass;
        _nonFull = new ExtentHeap(extents);
    }

    /// <summary>Takes slots, the first one taken last in the list.</summary>
    /// <returns>How many were taken: fewer when there is no memory.</returns>
    public int Take(long[] places, int start, int count)
    {
        int end = start + count;
        int taken = 0;
        while (taken < count)
        {
            int slots = _current < 0 ? 0 : _extents[_current].FreeSlots;
            if (slots > 0)
            {
                int some = slots < count - taken ? slots : count - taken;
                _extents.TakeSlots(_current, places, end - taken, some);
                taken += some;
            }
            else if (!TryTurnToAnother())
            {
                break;
            }
        }

        return taken;
    }

    /// <returns>The slab that became empty and left the bin, or −1.</returns>
    public int Return(long place)
    {
        int slab = (int)(place >> PageExtents.SlotBits);
        int free = _extents.ReturnSlot(place);
        if (free == JemallocSizeClasses.SlabSlots[_sizeClass])
        {
            if (slab == _current)
                _current = -1;
            else if (free > 1)
                _nonFull.Remove(slab);
            return slab;
        }

        if (free == 1 && slab != _current)
            TakeIn(slab);
        return -1;
    }

    private void TakeIn(int slab)
    {
        if (_current >= 0 && _extents.Precedes(slab, _current))
        {
            if (_extents[_current].FreeSlots > 0)
                _nonFull.Add(_current);
            _current = slab;
        }
        else
        {
            _nonFull.Add(slab);
        }
    }

    private bool TryTurnToAnother()
    {
        _current = -1;
        if (!_nonFull.IsEmpty)
        {
            _current = _nonFull.First;
            _nonFull.Remove(_current);
            return true;
        }

        int slab = _pages.Allocate(JemallocSizeClasses.SlabBytes[_sizeClass], 1);
        if (slab < 0)
            return false;
        _extents.Cut(slab, _sizeClass);
        _current = slab;
        return true;
    }
}
