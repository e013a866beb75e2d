using System;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>When Ruby's heap grows or shrinks, and by how much: its defaults for the share of slots that should be free.</summary>
internal static class RubyGrowth
{
    /// <summary>Initial slots by default, for which Ruby allocates pages before it reads any setting.</summary>
    public const long DefaultInitialSlots = 10_000;

    private const long SmallestFreeSlots = 4_096;
    private const double MinFree = 0.20;
    private const double GoalFree = 0.40;
    private const double MaxFree = 0.65;
    private const double MostGrowth = 1.8;
    private const double LeastGrowth = 1.1;

    /// <summary>Empty pages that the coming sweep may give back.</summary>
    /// <param name="unmarked">Slots that hold nothing reachable.</param>
    /// <param name="total">All slots, those of pages that may be added included.</param>
    /// <param name="initialSlots">Initial slots of all pools.</param>
    /// <param name="pageSlots">Most base slots of a page.</param>
    public static long FreeablePages(long unmarked, long total, long initialSlots, int pageSlots)
    {
        long mostFree = Math.Max((long)(total * MaxFree), initialSlots);
        return unmarked > mostFree ? (unmarked - mostFree) / pageSlots : 0;
    }

    /// <summary>Whether the heap as a whole has to grow after marking.</summary>
    public static bool IsShort(long unmarked, long total) =>
        unmarked < Math.Max((long)(total * MinFree), SmallestFreeSlots);

    /// <summary>Free slots a sweep should leave in a pool that grows by itself.</summary>
    public static long LeastSwept(long poolSlots, long initialSlots) => (long)(Math.Max(poolSlots, initialSlots) * MinFree);

    /// <summary>Pages to add, so that the free share reaches its goal.</summary>
    public static long Extension(long free, long total, long pages)
    {
        double factor = (total - free) / ((1 - GoalFree) * total);
        if (factor > MostGrowth)
            factor = MostGrowth;
        if (factor < 1)
            factor = LeastGrowth;
        return Math.Max(1, (long)(factor * pages) - pages);
    }
}
