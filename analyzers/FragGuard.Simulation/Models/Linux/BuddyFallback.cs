namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// What happens when the lists of the wanted migrate type are empty. Since Linux 6.15 the largest foreign blocks are
/// searched first for a page block worth claiming; only then is the smallest foreign block that suffices taken, and the
/// type of its page block stays. Up to 6.14 one search from the largest block down both claimed and took, so that a
/// claim that failed still broke up the largest block (mm/page_alloc.c).
/// </summary>
internal sealed class BuddyFallback
{
    /// <summary>By wanted type, the types to take from, best first.</summary>
    private static readonly int[][] Foreign =
    [
        [(int)MigrateType.Reclaimable, (int)MigrateType.Movable],
        [(int)MigrateType.Reclaimable, (int)MigrateType.Unmovable],
        [(int)MigrateType.Unmovable, (int)MigrateType.Movable],
    ];

    private readonly BuddyZone _zone;
    private readonly WatermarkBoost _boost;
    private readonly bool _claimsBeforeItSteals;

    public BuddyFallback(BuddyZone zone, WatermarkBoost boost, bool claimsBeforeItSteals)
    {
        _zone = zone;
        _boost = boost;
        _claimsBeforeItSteals = claimsBeforeItSteals;
    }

    /// <summary>Page blocks that got another type because a request claimed them.</summary>
    public long Claims { get; private set; }

    /// <summary>Blocks taken out of page blocks that kept their foreign type.</summary>
    public long Steals { get; private set; }

    /// <summary>Takes a block of the order from the lists of other types; none when that is not possible.</summary>
    /// <param name="order">Order wanted.</param>
    /// <param name="type">Type wanted.</param>
    /// <param name="wholeBlocksOnly">Only whole page blocks may change their type (ALLOC_NOFRAGMENT).</param>
    public int Take(int order, int type, bool wholeBlocksOnly)
    {
        int smallest = wholeBlocksOnly && order < _zone.PageBlockOrder ? _zone.PageBlockOrder : order;
        if (!_claimsBeforeItSteals)
            return ClaimOrBreak(order, smallest, type);
        int page = Claim(order, smallest, type);
        return page != BuddyZone.None || wholeBlocksOnly ? page : Steal(order, type);
    }

    /// <summary>Whether a request of the type would claim a page block for a free block of this order.</summary>
    public bool IsClaimable(int order, int type) =>
        order >= _zone.PageBlockOrder / 2 || type != (int)MigrateType.Movable;

    /// <summary>The foreign type to take a block of this order from; none when no foreign list has one.</summary>
    public int ForeignTypeWith(int order, int type)
    {
        foreach (int foreign in Foreign[type])
        {
            if (((_zone.OrdersWithBlocks(foreign) >> order) & 1) != 0)
                return foreign;
        }

        return BuddyZone.None;
    }

    private int Claim(int order, int smallest, int type)
    {
        for (int blockOrder = BuddyZone.MaxOrder; blockOrder >= smallest && IsClaimable(blockOrder, type); blockOrder--)
        {
            int foreign = ForeignTypeWith(blockOrder, type);
            if (foreign == BuddyZone.None)
                continue;
            int page = TryClaim(_zone.HeadOf(blockOrder, foreign), blockOrder, order, type, foreign);
            if (page != BuddyZone.None)
                return page;
        }

        return BuddyZone.None;
    }

    private int Steal(int order, int type)
    {
        for (int blockOrder = order; blockOrder <= BuddyZone.MaxOrder; blockOrder++)
        {
            int foreign = ForeignTypeWith(blockOrder, type);
            if (foreign != BuddyZone.None)
                return Break(_zone.HeadOf(blockOrder, foreign), blockOrder, order, foreign);
        }

        return BuddyZone.None;
    }

    private int ClaimOrBreak(int order, int smallest, int type)
    {
        for (int blockOrder = BuddyZone.MaxOrder; blockOrder >= smallest; blockOrder--)
        {
            int foreign = ForeignTypeWith(blockOrder, type);
            if (foreign == BuddyZone.None)
                continue;
            if (!IsClaimable(blockOrder, type))
                return Steal(order, type);
            int page = _zone.HeadOf(blockOrder, foreign);
            int claimed = TryClaim(page, blockOrder, order, type, foreign);
            return claimed != BuddyZone.None ? claimed : Break(page, blockOrder, order, foreign);
        }

        return BuddyZone.None;
    }

    private int Break(int page, int blockOrder, int order, int foreign)
    {
        _zone.TakeAndExpand(page, blockOrder, order, foreign);
        Steals++;
        return page;
    }

    /// <summary>Gives the page block of a free block the wanted type and takes from it; none when it is not worth it.</summary>
    private int TryClaim(int page, int blockOrder, int order, int type, int foreign)
    {
        if (blockOrder >= _zone.PageBlockOrder)
        {
            _zone.SetBlockTypes(page, blockOrder, type);
            _zone.TakeAndExpand(page, blockOrder, order, type);
            Claims += 1L << (blockOrder - _zone.PageBlockOrder);
            return page;
        }

        _boost.Raise();
        int start = page & ~(_zone.PagesPerBlock - 1);
        int end = start + _zone.PagesPerBlock;
        if (start < _zone.Start || end > _zone.End)
            return BuddyZone.None;
        (int free, int movable) = CountPages(start, end);
        int alike = type == (int)MigrateType.Movable ? movable
            : foreign == (int)MigrateType.Movable ? _zone.PagesPerBlock - free - movable
            : 0;
        if (free + alike < _zone.PagesPerBlock / 2)
            return BuddyZone.None;

        MoveFreeBlocks(start, end, type);
        _zone.SetBlockTypes(start, _zone.PageBlockOrder, type);
        Claims++;
        return _zone.TakeSmallest(order, type);
    }

    private (int Free, int Movable) CountPages(int start, int end)
    {
        int free = 0;
        int movable = 0;
        for (int page = start; page < end;)
        {
            byte state = _zone.StateOf(page);
            int pages = state == PageState.Inside ? 1 : 1 << PageState.Order(state);
            if (PageState.IsFree(state))
                free += pages;
            else if (PageState.IsUsed(state) && PageState.Type(state) == (int)MigrateType.Movable)
                movable += pages;
            page += pages;
        }

        return (free, movable);
    }

    /// <summary>Moves the free blocks of a page block to the tails of another type's lists.</summary>
    private void MoveFreeBlocks(int start, int end, int type)
    {
        for (int page = start; page < end;)
        {
            byte state = _zone.StateOf(page);
            int order = state == PageState.Inside ? 0 : PageState.Order(state);
            if (PageState.IsFree(state))
            {
                _zone.Remove(page);
                _zone.Add(page, order, type, atTail: true);
            }

            page += 1 << order;
        }
    }
}
