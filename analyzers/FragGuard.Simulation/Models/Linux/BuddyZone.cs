using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// The free lists of one zone of Linux's buddy allocator, orders 0 to 10, one list per order and migrate type. Pages are
/// numbered from a base that is a multiple of the largest block; a page outside the zone is never free. Taking a block
/// uses the head of the smallest list that has one and gives the high halves back to the heads of the lower lists;
/// releasing merges with the buddy as long as it is free, and puts the block at the tail of its list when the next
/// merge is likely, else at the head (mm/page_alloc.c, Linux 6.10 to 6.19).
/// </summary>
public sealed class BuddyZone
{
    public const int MaxOrder = 10;
    public const int Orders = MaxOrder + 1;

    /// <summary>Free lists per order: one for each <see cref="MigrateType"/>.</summary>
    internal const int Types = 3;

    internal const int None = -1;

    private const int LargestBlockPages = 1 << MaxOrder;

    private static readonly byte[] LowestBits = LowestBitOfMasks();

    private readonly byte[] _states;
    private readonly byte[] _blockTypes;
    private readonly int[] _heads = new int[Orders * Types];
    private readonly int[] _tails = new int[Orders * Types];
    private readonly int[] _ordersWithBlocks = new int[Types];
    private readonly long[] _freeBlocks = new long[Orders];

    private readonly Links[] _links;

    /// <param name="firstPage">Number of the zone's first page (its page frame number).</param>
    /// <param name="endPage">Number behind its last page.</param>
    /// <param name="pageBlockOrder">Order of the page blocks that have one migrate type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The zone is empty or holds 2^31 pages or more.</exception>
    public BuddyZone(long firstPage, long endPage, int pageBlockOrder)
    {
        BasePage = firstPage & ~(LargestBlockPages - 1L);
        long pages = (endPage - BasePage + LargestBlockPages - 1) & ~(LargestBlockPages - 1L);
        if (firstPage < 0 || endPage <= firstPage || pages > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(endPage), "A zone holds 1 to 2^31 − 1 pages.");
        if (pageBlockOrder is < 1 or > MaxOrder)
            throw new ArgumentOutOfRangeException(nameof(pageBlockOrder), "A page block has an order from 1 to 10.");
        FirstPage = firstPage;
        EndPage = endPage;
        PageBlockOrder = pageBlockOrder;
        _states = new byte[pages];
        _links = new Links[pages];
        _blockTypes = new byte[pages >> pageBlockOrder];
        for (int block = 0; block < _blockTypes.Length; block++)
            _blockTypes[block] = (byte)MigrateType.Movable;
        for (int list = 0; list < _heads.Length; list++)
            _heads[list] = _tails[list] = None;
    }

    public long FirstPage { get; }

    public long EndPage { get; }

    public int PageBlockOrder { get; }

    /// <summary>Pages on the free lists.</summary>
    public long FreePages { get; private set; }

    /// <summary>Free blocks per order, all migrate types together: a line of /proc/buddyinfo.</summary>
    public IReadOnlyList<long> FreeBlocks => _freeBlocks;

    /// <summary>The page frame number of page 0 of the arrays.</summary>
    internal long BasePage { get; }

    /// <summary>First page of the zone, from the base.</summary>
    internal int Start => (int)(FirstPage - BasePage);

    /// <summary>Page behind the zone, from the base.</summary>
    internal int End => (int)(EndPage - BasePage);

    internal int PagesPerBlock => 1 << PageBlockOrder;

    /// <summary>The type of the page block a page is in.</summary>
    public MigrateType BlockTypeOf(long page) => (MigrateType)TypeOfBlockAt((int)(page - BasePage));

    /// <summary>Frees every page of the zone, in the largest blocks that fit, lowest address first on the lists.</summary>
    internal void ReleaseAll()
    {
        for (int page = Start; page < End;)
        {
            int order = LargestOrderAt(page, End);
            Add(page, order, (int)MigrateType.Movable, atTail: true);
            page += 1 << order;
        }
    }

    /// <summary>Largest order of a block that begins at the page and does not reach beyond the end.</summary>
    internal static int LargestOrderAt(int page, int end)
    {
        int order = 0;
        while (order < MaxOrder && (page & ((2 << order) - 1)) == 0 && page + (2 << order) <= end)
            order++;
        return order;
    }

    internal byte StateOf(int page) => _states[page];

    internal int TypeOfBlockAt(int page) => _blockTypes[page >> PageBlockOrder];

    /// <summary>Sets the type of every page block that the block at the page covers.</summary>
    internal void SetBlockTypes(int page, int order, int type)
    {
        int end = (page + (1 << order) - 1) >> PageBlockOrder;
        for (int block = page >> PageBlockOrder; block <= end; block++)
            _blockTypes[block] = (byte)type;
    }

    /// <summary>First page of the list's head; none when the list is empty.</summary>
    internal int HeadOf(int order, int type) => _heads[(order * Types) + type];

    /// <summary>Bit o is set while the type's list of order o has a block.</summary>
    internal int OrdersWithBlocks(int type) => _ordersWithBlocks[type];

    /// <summary>Index of the lowest set bit of a mask of orders that has one.</summary>
    internal static int LowestOrder(int orders) => LowestBits[orders];

    /// <summary>Takes a block from the type's smallest sufficient list; none when there is none.</summary>
    internal int TakeSmallest(int order, int type)
    {
        int orders = _ordersWithBlocks[type] >> order;
        if (orders == 0)
            return None;
        int found = order + LowestBits[orders];
        int page = _heads[(found * Types) + type];
        TakeAndExpand(page, found, order, type);
        return page;
    }

    /// <summary>Takes the low part of a free block off the lists and puts the high halves, largest first, on the type's.</summary>
    internal void TakeAndExpand(int page, int blockOrder, int order, int type)
    {
        Remove(page);
        for (int high = blockOrder; high > order;)
        {
            high--;
            Add(page + (1 << high), high, type, atTail: false);
        }
    }

    /// <summary>Frees a block that is on no list, one page block at a time.</summary>
    internal void Release(int page, int order)
    {
        if (order <= PageBlockOrder)
        {
            ReleasePart(page, order);
            return;
        }

        _states[page] = PageState.Inside;
        int end = page + (1 << order);
        for (; page < end; page += PagesPerBlock)
            ReleasePart(page, PageBlockOrder);
    }

    /// <summary>Marks the first page of a block that was taken.</summary>
    internal void Occupy(int page, int order, int type, long id)
    {
        _states[page] = PageState.Used(order, type);
        _links[page].Next = unchecked((int)id);
        _links[page].Previous = (int)(id >> 32);
    }

    /// <summary>The id that the used block beginning at a page was marked with.</summary>
    internal long IdOf(int page) => ((long)_links[page].Previous << 32) | unchecked((uint)_links[page].Next);

    /// <summary>What <see cref="SetLink"/> noted at the first page of a block that is on no list.</summary>
    internal int LinkOf(int page) => _links[page].Next;

    internal void SetLink(int page, int next) => _links[page].Next = next;

    /// <summary>The same for <see cref="SetBackLink"/>.</summary>
    internal int BackLinkOf(int page) => _links[page].Previous;

    internal void SetBackLink(int page, int previous) => _links[page].Previous = previous;

    /// <summary>The block that began here is used no longer, and not on a free list.</summary>
    internal void MarkInside(int page) => _states[page] = PageState.Inside;

    /// <summary>Takes a free block off its list.</summary>
    internal void Remove(int page)
    {
        byte state = _states[page];
        int order = PageState.Order(state);
        int type = PageState.Type(state);
        int list = (order * Types) + type;
        int next = _links[page].Next;
        int previous = _links[page].Previous;
        if (previous == None)
            _heads[list] = next;
        else
            _links[previous].Next = next;
        if (next == None)
            _tails[list] = previous;
        else
            _links[next].Previous = previous;
        if (_heads[list] == None)
            _ordersWithBlocks[type] &= ~(1 << order);
        _states[page] = PageState.Inside;
        _freeBlocks[order]--;
        FreePages -= 1L << order;
    }

    /// <summary>Puts a block that is on no list on the type's list, without merging it.</summary>
    internal void Add(int page, int order, int type, bool atTail)
    {
        int list = (order * Types) + type;
        int neighbour = atTail ? _tails[list] : _heads[list];
        if (neighbour == None)
        {
            _heads[list] = _tails[list] = page;
            _links[page] = new Links(None, None);
            _ordersWithBlocks[type] |= 1 << order;
        }
        else if (atTail)
        {
            _links[neighbour].Next = _tails[list] = page;
            _links[page].Previous = neighbour;
            _links[page].Next = None;
        }
        else
        {
            _links[neighbour].Previous = _heads[list] = page;
            _links[page].Next = neighbour;
            _links[page].Previous = None;
        }

        _states[page] = PageState.Free(order, type);
        _freeBlocks[order]++;
        FreePages += 1L << order;
    }

    private void ReleasePart(int page, int order)
    {
        int type = TypeOfBlockAt(page);
        _states[page] = PageState.Inside;
        for (; order < MaxOrder; order++)
        {
            int buddy = page ^ (1 << order);
            byte state = _states[buddy];
            if (!PageState.IsFree(state, order))
                break;
            if (PageState.Type(state) != type)
                SetBlockTypes(buddy, order, type);
            Remove(buddy);
            page &= buddy;
        }

        Add(page, order, type, IsMergeLikely(page, order));
    }

    /// <summary>Whether the block and its buddy, once that is freed too, would merge again.</summary>
    private bool IsMergeLikely(int page, int order) =>
        order < MaxOrder - 1
        && PageState.IsFree(_states[(page & ~(1 << order)) ^ (2 << order)], order + 1);

    private static byte[] LowestBitOfMasks()
    {
        byte[] bits = new byte[1 << Orders];
        for (int mask = 1; mask < bits.Length; mask++)
        {
            while (((mask >> bits[mask]) & 1) == 0)
                bits[mask]++;
        }

        return bits;
    }

    /// <summary>
    /// Of a page that begins a free block its neighbours on the list; of one that begins a used block both halves of its id.
    /// </summary>
    private struct Links(int next, int previous)
    {
        public int Next = next;
        public int Previous = previous;
    }
}
