using System;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// The free pages below which a zone wakes the reclaimer (low), lets it sleep (high), or refuses (min), as
/// __setup_per_zone_wmarks computes them for a zone of low memory (mm/page_alloc.c, Linux 5.10 to 6.19).
/// </summary>
/// <param name="Min">Pages that only requests with special rights may use.</param>
/// <param name="Low">Pages below which the reclaimer is woken.</param>
/// <param name="High">Pages above which the reclaimer sleeps.</param>
public readonly record struct ZoneWatermarks(long Min, long Low, long High)
{
    /// <summary>The unit of watermark_scale_factor and watermark_boost_factor is one part in this many.</summary>
    internal const long FactorUnit = 10_000;

    private const long SmallestMinFreeKilobytes = 128;
    private const long LargestMinFreeKilobytes = 262_144;

    /// <summary>Huge pages ask for at most this part of low memory: 5 %.</summary>
    private const long HugePagesShare = 20;

    /// <param name="managedPages">Pages of the zone that the buddy allocator manages.</param>
    /// <param name="lowPages">The same of all zones of low memory together.</param>
    /// <param name="minFreePages">vm.min_free_kbytes, in pages.</param>
    /// <param name="scaleFactor">vm.watermark_scale_factor.</param>
    public static ZoneWatermarks Of(long managedPages, long lowPages, long minFreePages, long scaleFactor)
    {
        long min = minFreePages * managedPages / Math.Max(1, lowPages);
        long step = Math.Max(min / 4, managedPages * scaleFactor / FactorUnit);
        return new ZoneWatermarks(min, min + step, min + (2 * step));
    }

    /// <summary>vm.min_free_kbytes as the kernel chooses it: the root of 16 × low memory, more with huge pages.</summary>
    /// <param name="lowPages">Managed pages of all zones of low memory together.</param>
    /// <param name="pageBytes">Bytes of one page.</param>
    /// <param name="zones">Number of those zones.</param>
    /// <param name="pagesPerBlock">Pages of one page block.</param>
    /// <param name="hugePages">Whether transparent huge pages are in use, at least on request.</param>
    public static long DefaultMinFreeKilobytes(
        long lowPages, long pageBytes, long zones, long pagesPerBlock, bool hugePages)
    {
        long kilobytesPerPage = pageBytes / 1024;
        long chosen = Math.Min(
            LargestMinFreeKilobytes,
            Math.Max(SmallestMinFreeKilobytes, Root(lowPages * kilobytesPerPage * 16)));
        if (!hugePages)
            return chosen;
        long forHugePages = pagesPerBlock * zones * (2 + (BuddyZone.Types * BuddyZone.Types));
        return Math.Max(chosen, Math.Min(forHugePages, lowPages / HugePagesShare) * kilobytesPerPage);
    }

    /// <summary>The whole part of the square root.</summary>
    private static long Root(long square)
    {
        long root = (long)Math.Sqrt(square);
        while (root * root > square)
            root--;
        while ((root + 1) * (root + 1) <= square)
            root++;
        return root;
    }
}
