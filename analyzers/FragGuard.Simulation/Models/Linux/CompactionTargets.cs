using System;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// The free scanner of compaction: walks the page blocks from the zone's end downwards and takes free blocks out of the
/// movable ones as targets, inside a page block from low to high addresses.
/// </summary>
internal sealed class CompactionTargets
{
    private readonly BuddyZone _zone;
    private readonly CompactionCounts _counts;
    private readonly long _minPages;

    /// <summary>First isolated block per order; the next one is linked from it.</summary>
    private readonly int[] _isolated = new int[BuddyZone.Orders];

    private int _cachedScanner;

    public CompactionTargets(BuddyZone zone, CompactionCounts counts, long minPages)
    {
        _zone = zone;
        _counts = counts;
        _minPages = minPages;
        for (int order = 0; order < _isolated.Length; order++)
            _isolated[order] = BuddyZone.None;
        StartAnew();
    }

    /// <summary>Where the next run would look first.</summary>
    public int Scanner { get; private set; }

    /// <summary>Pages isolated and not yet used.</summary>
    public int Pages { get; private set; }

    private int Top => (_zone.End - 1) & ~(_zone.PagesPerBlock - 1);

    /// <summary>Forgets where the last run stopped.</summary>
    public void StartAnew() => _cachedScanner = Top;

    public void Begin(bool wholeZone) => Scanner = wholeZone ? Top : _cachedScanner;

    /// <summary>Takes a target out of the isolated blocks, scanning for more if need be; none when there is none.</summary>
    /// <param name="order">Order of the block to move.</param>
    /// <param name="wantedPages">Pages that wait to be moved.</param>
    /// <param name="migrateScanner">Where the other scanner is; page blocks up to its own are not touched.</param>
    /// <param name="goalOrder">Order the run is to create; page blocks that begin with such a free block are left alone.</param>
    /// <param name="anyType">Whether page blocks that are not movable serve too.</param>
    public int Take(int order, int wantedPages, int migrateScanner, int goalOrder, bool anyType)
    {
        int page = TakeIsolated(order);
        if (page != BuddyZone.None)
            return page;
        Isolate(wantedPages, migrateScanner, goalOrder, anyType);
        return TakeIsolated(order);
    }

    /// <summary>Frees what is left of the isolated blocks.</summary>
    public void ReleaseRest()
    {
        int highest = 0;
        for (int order = 0; order < _isolated.Length; order++)
        {
            while (_isolated[order] != BuddyZone.None)
            {
                int page = Pop(order);
                highest = Math.Max(highest, page);
                _zone.Release(page, order);
            }
        }

        if (highest > 0)
            _cachedScanner = Math.Max(_cachedScanner, highest & ~(_zone.PagesPerBlock - 1));
    }

    private int TakeIsolated(int order)
    {
        int from = order;
        while (from < _isolated.Length && _isolated[from] == BuddyZone.None)
            from++;
        if (from == _isolated.Length)
            return BuddyZone.None;
        int page = Pop(from);
        while (from > order)
        {
            from--;
            Push(page + (1 << from), from);
        }

        return page;
    }

    private void Isolate(int wantedPages, int migrateScanner, int goalOrder, bool anyType)
    {
        int pagesPerBlock = _zone.PagesPerBlock;
        int lowest = (migrateScanner + pagesPerBlock) & ~(pagesPerBlock - 1);
        int start = Scanner;
        for (int block = start & ~(pagesPerBlock - 1); block >= lowest; block -= pagesPerBlock, start = block)
        {
            if (!IsTarget(block, goalOrder, anyType))
                continue;
            int end = Math.Min(block + pagesPerBlock, _zone.End);
            start = IsolateIn(start, end, wantedPages);
            if (start >= end)
                _cachedScanner = Math.Min(_cachedScanner, Math.Max(block - pagesPerBlock, 0));
            if (Pages >= wantedPages && start >= end)
                start = block - pagesPerBlock;
            else if (Pages < wantedPages && start >= end)
                continue;
            break;
        }

        Scanner = start;
    }

    /// <returns>Where the scan stopped: at the end, or before it because there is enough or too little memory.</returns>
    private int IsolateIn(int page, int end, int wantedPages)
    {
        while (page < end)
        {
            byte state = _zone.StateOf(page);
            int order = state == PageState.Inside ? 0 : PageState.Order(state);
            int pages = 1 << order;
            if (PageState.IsFree(state))
            {
                if (_zone.FreePages <= _minPages + pages)
                    return page;
                _zone.Remove(page);
                Push(page, order);
            }

            page += pages;
            _counts.FreeScanned += pages;
            if (PageState.IsFree(state) && Pages >= wantedPages)
                break;
        }

        return page;
    }

    private bool IsTarget(int block, int goalOrder, bool anyType)
    {
        byte state = _zone.StateOf(block);
        if (PageState.IsFree(state) && PageState.Order(state) >= (goalOrder > 0 ? goalOrder : _zone.PageBlockOrder))
            return false;
        return anyType || _zone.TypeOfBlockAt(block) == (int)MigrateType.Movable;
    }

    private void Push(int page, int order)
    {
        _zone.SetLink(page, _isolated[order]);
        _isolated[order] = page;
        Pages += 1 << order;
    }

    private int Pop(int order)
    {
        int page = _isolated[order];
        _isolated[order] = _zone.LinkOf(page);
        Pages -= 1 << order;
        return page;
    }
}
