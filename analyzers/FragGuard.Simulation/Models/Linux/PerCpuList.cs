using System;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// One per-CPU list in front of the buddy lists, for blocks of up to 8 pages: it takes a batch when it is empty and gives
/// one back, the oldest blocks first and round the lists, when it holds more than its limit. The kernel has one per CPU
/// and tunes batch and limit by itself; here there is one, and both are fixed.
/// </summary>
internal sealed class PerCpuList
{
    /// <summary>Largest order that is kept.</summary>
    public const int LargestOrder = 3;

    private const int Lists = (LargestOrder + 1) * BuddyZone.Types;

    private readonly BuddyZone _zone;
    private readonly int _high;
    private readonly int _batch;
    private readonly int[] _newest = new int[Lists];
    private readonly int[] _oldest = new int[Lists];

    private int _pages;
    private int _nextToDrain;

    public PerCpuList(BuddyZone zone, int high, int batch)
    {
        _zone = zone;
        _high = high;
        _batch = batch;
        for (int list = 0; list < Lists; list++)
            _newest[list] = _oldest[list] = BuddyZone.None;
    }

    /// <summary>Blocks to ask the buddy lists for at once.</summary>
    public int BatchOf(int order) => Math.Max(_batch >> order, 1);

    /// <summary>Takes the newest block; none when there is none.</summary>
    public int Take(int order, int type)
    {
        int list = ListOf(order, type);
        int page = _newest[list];
        if (page == BuddyZone.None)
            return page;
        int older = _zone.LinkOf(page);
        _newest[list] = older;
        if (older == BuddyZone.None)
            _oldest[list] = BuddyZone.None;
        else
            _zone.SetBackLink(older, BuddyZone.None);
        _pages -= 1 << order;
        return page;
    }

    /// <summary>Adds a block from the buddy lists behind those that came before it.</summary>
    public void AddOldest(int page, int order, int type)
    {
        int list = ListOf(order, type);
        int newer = _oldest[list];
        _zone.SetLink(page, BuddyZone.None);
        _zone.SetBackLink(page, newer);
        _oldest[list] = page;
        if (newer == BuddyZone.None)
            _newest[list] = page;
        else
            _zone.SetLink(newer, page);
        _pages += 1 << order;
    }

    /// <summary>Adds a block that was freed, and drains a batch when there are too many pages.</summary>
    public void AddFreed(int page, int order)
    {
        int list = ListOf(order, _zone.TypeOfBlockAt(page));
        int older = _newest[list];
        _zone.MarkInside(page);
        _zone.SetLink(page, older);
        _zone.SetBackLink(page, BuddyZone.None);
        _newest[list] = page;
        if (older == BuddyZone.None)
            _oldest[list] = page;
        else
            _zone.SetBackLink(older, page);
        _pages += 1 << order;
        if (_pages > _high)
            Drain(_batch);
    }

    /// <summary>Gives every block back.</summary>
    public void DrainAll() => Drain(_pages);

    private static int ListOf(int order, int type) => (order * BuddyZone.Types) + type;

    private void Drain(int pages)
    {
        int left = _pages - Math.Min(pages, _pages);
        while (_pages > left)
        {
            while (_oldest[_nextToDrain] == BuddyZone.None)
                _nextToDrain = (_nextToDrain + 1) % Lists;
            GiveBackOldest(_nextToDrain);
            _nextToDrain = (_nextToDrain + 1) % Lists;
        }
    }

    private void GiveBackOldest(int list)
    {
        int page = _oldest[list];
        int order = list / BuddyZone.Types;
        int newer = _zone.BackLinkOf(page);
        _oldest[list] = newer;
        if (newer == BuddyZone.None)
            _newest[list] = BuddyZone.None;
        else
            _zone.SetLink(newer, BuddyZone.None);
        _pages -= 1 << order;
        _zone.Release(page, order);
    }
}
