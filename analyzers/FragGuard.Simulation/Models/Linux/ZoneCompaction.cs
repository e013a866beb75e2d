using System;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// Compaction of one zone: a migrate scanner walks up from the zone's start and collects movable blocks, page block by
/// page block, in clusters of 32 pages; they move to what the free scanner found, walking down from the end; the run ends
/// when a block for the request is free at the end of a page block, or when the scanners meet (mm/compaction.c, Linux
/// 6.5 to 6.16). Left out: the search of the free lists for a better start, skip marks of page blocks, asynchronous
/// runs, the split of large blocks that find no target.
/// </summary>
internal sealed class ZoneCompaction
{
    private const int ClusterPages = 32;
    private const int WholeZone = -1;

    private readonly BuddyZone _zone;
    private readonly LiveBlocks<PageBlock> _blocks;
    private readonly BuddyFallback _fallback;
    private readonly CompactionTargets _targets;
    private readonly int[] _cluster;

    private int _clusterBlocks;
    private int _clusterPages;
    private int _scanner;
    private int _cachedScanner;

    public ZoneCompaction(
        BuddyZone zone, LiveBlocks<PageBlock> blocks, BuddyFallback fallback, CompactionCounts counts, long minPages)
    {
        _zone = zone;
        _blocks = blocks;
        _fallback = fallback;
        Counts = counts;
        _targets = new CompactionTargets(zone, counts, minPages);
        _cluster = new int[Math.Max(zone.PagesPerBlock, ClusterPages)];
        _cachedScanner = zone.Start;
    }

    public CompactionCounts Counts { get; }

    private bool HaveScannersMet =>
        _targets.Scanner >> _zone.PageBlockOrder <= _scanner >> _zone.PageBlockOrder;

    /// <summary>Compacts the whole zone, as a write to /proc/sys/vm/compact_memory does.</summary>
    public void CompactAll() => Run(WholeZone, (int)MigrateType.Movable, wholeZone: true, anyTarget: false);

    /// <summary>Compacts until a block of the order is free for the type.</summary>
    /// <param name="order">Order of the request.</param>
    /// <param name="type">Type of the request.</param>
    /// <param name="wholeZone">Do not go on where the last run stopped, and take targets in any page block.</param>
    public void CompactFor(int order, int type, bool wholeZone) => Run(order, type, wholeZone, wholeZone);

    private void Run(int order, int type, bool wholeZone, bool anyTarget)
    {
        _scanner = wholeZone ? _zone.Start : _cachedScanner;
        _targets.Begin(wholeZone);
        int lastMoved = BuddyZone.None;
        while (true)
        {
            if (HaveScannersMet)
            {
                _cachedScanner = _zone.Start;
                _targets.StartAnew();
                break;
            }

            if (order != WholeZone && (_scanner & (_zone.PagesPerBlock - 1)) == 0 && IsFreeFor(order, type))
                break;
            int block = _scanner >> _zone.PageBlockOrder;
            Collect(order, wholeBlock: block == lastMoved);
            if (_clusterBlocks == 0)
                continue;
            lastMoved = block;
            if (!MoveCluster(order, anyTarget) && !HaveScannersMet)
                break;
        }

        _targets.ReleaseRest();
    }

    private bool IsFreeFor(int order, int type)
    {
        for (int of = order; of <= BuddyZone.MaxOrder; of++)
        {
            if (((_zone.OrdersWithBlocks(type) >> of) & 1) != 0
                || (_fallback.IsClaimable(of, type) && _fallback.ForeignTypeWith(of, type) != BuddyZone.None))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Collects movable blocks in the page block of the scanner and moves the scanner on.</summary>
    private void Collect(int order, bool wholeBlock)
    {
        _clusterBlocks = 0;
        _clusterPages = 0;
        int end = Math.Min((_scanner + _zone.PagesPerBlock) & ~(_zone.PagesPerBlock - 1), _zone.End);
        int page = _scanner;
        while (page < end && (wholeBlock || _clusterPages < ClusterPages))
        {
            byte state = _zone.StateOf(page);
            int blockOrder = state == PageState.Inside ? 0 : PageState.Order(state);
            if (PageState.IsUsed(state) && PageState.Type(state) == (int)MigrateType.Movable
                && blockOrder < (order == WholeZone ? _zone.PageBlockOrder : Math.Min(order, _zone.PageBlockOrder)))
            {
                AddToCluster(page, blockOrder);
            }

            page += 1 << blockOrder;
        }

        Counts.MigrateScanned += page - _scanner;
        _scanner = Math.Max(page, _scanner);
        if (page >= end && (_clusterBlocks == 0 || wholeBlock) && order != WholeZone)
            _cachedScanner = Math.Max(_cachedScanner, end);
    }

    private void AddToCluster(int page, int order)
    {
        if (_blocks[_zone.IdOf(page)].Pins > 0)
        {
            Counts.PinnedPages += 1L << order;
            return;
        }

        _cluster[_clusterBlocks++] = page;
        _clusterPages += 1 << order;
    }

    /// <returns>False when single pages find no target any more.</returns>
    private bool MoveCluster(int goalOrder, bool anyTarget)
    {
        for (int i = 0; i < _clusterBlocks; i++)
        {
            int from = _cluster[i];
            int order = PageState.Order(_zone.StateOf(from));
            int to = _targets.Take(order, _clusterPages, _scanner, goalOrder, anyTarget);
            if (to == BuddyZone.None)
            {
                Counts.PagesNotMigrated += 1L << order;
                if (order == 0)
                    return false;
                continue;
            }

            long id = _zone.IdOf(from);
            _zone.Occupy(to, order, (int)MigrateType.Movable, id);
            _blocks[id].Page = to;
            _zone.Release(from, order);
            _clusterPages -= 1 << order;
            Counts.PagesMigrated += 1L << order;
        }

        return true;
    }
}
