namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// A zone whose blocks are taken and freed where a recording says. What an event says holds even where it contradicts
/// what is known, because the state at the start was read while the zone was in use; such pages are counted.
/// </summary>
internal sealed class RecordedZone
{
    private readonly BuddyZone _zone;

    public RecordedZone(BuddyZone zone) => _zone = zone;

    /// <summary>Pages that an event took although they were not free, or freed although they were.</summary>
    public long ContradictedPages { get; private set; }

    /// <summary>Takes the pages of a block off the free lists; the rest of the free blocks they were in stays free.</summary>
    public void Take(int page, int order)
    {
        long before = _zone.FreePages;
        TakeFree(page, order);
        ContradictedPages += (1L << order) - (before - _zone.FreePages);
    }

    /// <summary>Takes what is free of a block that should not be.</summary>
    public void TakeUnseen(int page, int order)
    {
        long before = _zone.FreePages;
        TakeFree(page, order);
        ContradictedPages += before - _zone.FreePages;
    }

    /// <summary>Takes the lowest free pages of a range.</summary>
    public void TakeLowest(int page, int end, long pages)
    {
        while (page < end && pages > 0)
        {
            int head = FreeBlockAround(page);
            if (head == BuddyZone.None)
            {
                page++;
                continue;
            }

            int order = head == page ? PageState.Order(_zone.StateOf(head)) : 0;
            while (1 << order > pages || page + (1 << order) > end)
                order--;
            TakeFree(page, order);
            page += 1 << order;
            pages -= 1 << order;
        }

        ContradictedPages += pages;
    }

    /// <summary>Frees the pages of a block, merging it with its buddies.</summary>
    public void Free(int page, int order)
    {
        long before = _zone.FreePages;
        TakeFree(page, order);
        ContradictedPages += before - _zone.FreePages;
        _zone.Release(page, order);
    }

    private void TakeFree(int page, int order)
    {
        int head = FreeBlockAround(page);
        int headOrder = head == BuddyZone.None ? 0 : PageState.Order(_zone.StateOf(head));
        if (head != BuddyZone.None && headOrder >= order)
        {
            TakeOutOf(head, headOrder, page, order);
            return;
        }

        for (int end = page + (1 << order); page < end; page++)
        {
            if (PageState.IsFree(_zone.StateOf(page)))
                _zone.Remove(page);
        }
    }

    private void TakeOutOf(int head, int headOrder, int page, int order)
    {
        int type = PageState.Type(_zone.StateOf(head));
        _zone.Remove(head);
        while (headOrder > order)
        {
            headOrder--;
            int half = head + (1 << headOrder);
            _zone.Add(page < half ? half : head, headOrder, type, atTail: false);
            if (page >= half)
                head = half;
        }
    }

    /// <summary>First page of the free block that a page is in; none when it is not free.</summary>
    private int FreeBlockAround(int page)
    {
        for (int order = 0; order <= BuddyZone.MaxOrder; order++)
        {
            int head = page & ~((1 << order) - 1);
            byte state = _zone.StateOf(head);
            if (PageState.IsFree(state) && page - head < 1 << PageState.Order(state))
                return head;
        }

        return BuddyZone.None;
    }
}
