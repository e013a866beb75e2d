using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// The kernel's own indices of a zone, from its free blocks per order, in the kernel's own integer arithmetic
/// (mm/vmstat.c, Linux 6.16): what debugfs shows in extfrag/unusable_index and extfrag/extfrag_index.
/// </summary>
public static class FragmentationIndex
{
    /// <summary>The external index of a request that would succeed.</summary>
    public const int WouldSucceed = -1000;

    /// <summary>Free pages in blocks too small for the order, in thousandths of the free pages; 1000 when nothing is free.</summary>
    /// <param name="freeBlocks">Free blocks per order.</param>
    /// <param name="order">The order asked for.</param>
    public static int Unusable(IReadOnlyList<long> freeBlocks, int order)
    {
        (long pages, _, long suitable) = Sums(freeBlocks, order);
        return pages == 0 ? 1000 : (int)((pages - (suitable << order)) * 1000 / pages);
    }

    /// <summary>
    /// Why a request of the order fails, in thousandths: towards 0 for lack of memory, towards 1000 because memory is
    /// fragmented; −1000 when it would succeed, 0 when nothing is free. Few blocks give other negative values.
    /// </summary>
    /// <param name="freeBlocks">Free blocks per order.</param>
    /// <param name="order">The order asked for.</param>
    public static int External(IReadOnlyList<long> freeBlocks, int order)
    {
        (long pages, long blocks, long suitable) = Sums(freeBlocks, order);
        if (blocks == 0)
            return 0;
        return suitable > 0
            ? WouldSucceed
            : (int)(1000 - ((1000 + (pages * 1000 / (1L << order))) / blocks));
    }

    /// <summary>The percentage that proactive compaction weighs: free pages in blocks too small for the order.</summary>
    /// <param name="freeBlocks">Free blocks per order.</param>
    /// <param name="order">The order asked for.</param>
    public static int ExternalPercent(IReadOnlyList<long> freeBlocks, int order)
    {
        (long pages, _, long suitable) = Sums(freeBlocks, order);
        return pages == 0 ? 0 : (int)((pages - (suitable << order)) * 100 / pages);
    }

    /// <summary>Thousandths as the kernel prints them: whole part, point, rest with the sign it has.</summary>
    public static string Text(int thousandths)
    {
        int rest = thousandths % 1000;
        string digits = rest < 0
            ? "-" + (-rest).ToString("D2", CultureInfo.InvariantCulture)
            : rest.ToString("D3", CultureInfo.InvariantCulture);
        return (thousandths / 1000).ToString(CultureInfo.InvariantCulture) + "." + digits;
    }

    private static (long Pages, long Blocks, long Suitable) Sums(IReadOnlyList<long> freeBlocks, int order)
    {
        if (order < 0 || order >= Math.Max(BuddyZone.Orders, freeBlocks.Count))
            throw new ArgumentOutOfRangeException(nameof(order), "Orders are 0 to 10, or to the last one that has a count.");
        long pages = 0;
        long blocks = 0;
        long suitable = 0;
        for (int of = 0; of < freeBlocks.Count; of++)
        {
            pages += freeBlocks[of] << of;
            blocks += freeBlocks[of];
            if (of >= order)
                suitable += freeBlocks[of] << (of - order);
        }

        return (pages, blocks, suitable);
    }
}
