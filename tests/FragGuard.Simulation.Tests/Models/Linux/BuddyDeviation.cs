using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>
/// What the kernel showed of its free blocks at one moment between two marks, zone by zone, and how near the model came
/// to it between them: for each zone at the moment when it was nearest, because the kernel counts a zone at one instant.
/// </summary>
internal sealed class BuddyDeviation(IReadOnlyList<BuddyInfo> shown)
{
    /// <summary>An order is compared by itself when its blocks hold at least this part of the free pages: 1 %.</summary>
    private const long SmallestShare = 100;

    private readonly long[][] _nearest = new long[shown.Count][];
    private readonly long[] _unaccounted = new long[shown.Count];
    private readonly long[] _nearestPages = Enumerable.Repeat(long.MaxValue, shown.Count).ToArray();

    /// <summary>Pages in blocks that the model has too many or too few of, in percent of the free pages.</summary>
    public double PercentOfPages => 100.0 * _nearestPages.Sum() / FreePages;

    /// <summary>Largest difference of one order's blocks, in percent of them, for orders with 1 % of the free pages.</summary>
    public double PercentOfBlocks => Enumerable.Range(0, BuddyZone.Orders).Max(order =>
    {
        long blocks = shown.Sum(zone => zone.FreeBlocks[order]);
        return (blocks << order) * SmallestShare < FreePages
            ? 0
            : 100.0 * _nearest.Sum(differences => differences[order]) / blocks;
    });

    /// <summary>
    /// Free pages more or less than the events say, in percent: whoever isolates free blocks, such as the reporting of
    /// free pages to a hypervisor, takes them without an event.
    /// </summary>
    public double PercentUnaccounted => 100.0 * _unaccounted.Sum() / FreePages;

    private long FreePages => shown.Sum(zone => zone.FreePages);

    public void Compare(IReadOnlyList<BuddyZone> zones)
    {
        for (int zone = 0; zone < shown.Count; zone++)
        {
            long pages = 0;
            for (int order = 0; order < BuddyZone.Orders; order++)
                pages += Difference(zones[zone], zone, order) << order;
            if (pages >= _nearestPages[zone])
                continue;
            _nearestPages[zone] = pages;
            int at = zone;
            _unaccounted[zone] = Math.Abs(Enumerable.Range(0, BuddyZone.Orders)
                .Sum(order => (zones[at].FreeBlocks[order] - shown[at].FreeBlocks[order]) << order));
            _nearest[zone] = Enumerable.Range(0, BuddyZone.Orders)
                .Select(order => Difference(zones[at], at, order)).ToArray();
        }
    }

    private long Difference(BuddyZone model, int zone, int order) =>
        Math.Abs(model.FreeBlocks[order] - shown[zone].FreeBlocks[order]);
}
