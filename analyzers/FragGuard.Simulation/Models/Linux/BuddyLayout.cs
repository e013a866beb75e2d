using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>Draws a zone block by block: every live block is used, every block on a free or per-CPU list is free.</summary>
internal static class BuddyLayout
{
    public static HeapLayout Of(
        BuddyZone zone, LiveBlocks<PageBlock> blocks, in HeapCounters counters, long pageBytes)
    {
        List<LayoutExtent> extents = new();
        long[] used = new long[BuddyZone.Orders];
        long[] free = new long[BuddyZone.Orders];
        long freePages = 0;
        long run = 0;
        long largestRun = 0;
        for (int page = zone.Start; page < zone.End;)
        {
            byte state = zone.StateOf(page);
            int order = PageState.Order(state);
            Extent extent = new(page * pageBytes, pageBytes << order);
            if (PageState.IsUsed(state))
            {
                PageBlock block = blocks[zone.IdOf(page)];
                extents.Add(new LayoutExtent(extent, ExtentUse.Used, block.RequestedBytes, block.Site));
                used[order]++;
                run = 0;
            }
            else
            {
                extents.Add(new LayoutExtent(extent, ExtentUse.Free));
                free[order]++;
                freePages += 1L << order;
                run += 1L << order;
                largestRun = Math.Max(largestRun, run);
            }

            page += 1 << order;
        }

        SizeClass[] classes = new SizeClass[BuddyZone.Orders];
        for (int order = 0; order < classes.Length; order++)
        {
            classes[order] = new SizeClass(
                pageBytes << order, (used[order] + free[order]) << order, used[order], free[order]);
        }

        long pages = zone.End - zone.Start;
        ZonePages zonePages = new(pages * pageBytes, pageBytes, pages, freePages, largestRun);
        return new HeapLayout(counters, extents, classes, zonePages, pageBytes);
    }
}
