using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>The page size of another machine, as its texts give it away.</summary>
internal static class PageSize
{
    public const long Common = 4096;

    private const long Largest = 65536;

    /// <summary>
    /// MemTotal over the managed pages of all zones, which it is the sum of unless a hypervisor took or gave memory meanwhile, or else the
    /// size of huge pages over the pages of a page block; 0 when neither gives a page size that exists.
    /// </summary>
    public static long From(IReadOnlyDictionary<string, long>? memory, IReadOnlyList<ZoneInfo> zones, PageTypeInfo? types)
    {
        if (memory is null)
            return 0;
        long managed = zones.Sum(zone => zone.ManagedPages);
        long byPages = memory.TryGetValue("MemTotal", out long total) && managed > 0 ? Nearest(total * 1024.0 / managed) : 0;
        if (byPages > 0)
            return byPages;
        return memory.TryGetValue("Hugepagesize", out long huge) && types is { PageBlockOrder: > 0 }
            ? Nearest(huge * 1024.0 / (1L << types.PageBlockOrder))
            : 0;
    }

    private static long Nearest(double bytes)
    {
        double rounded = Math.Round(Math.Log2(bytes));
        long size = rounded is >= 12 and <= 16 ? 1L << (int)rounded : 0;
        return size is >= Common and <= Largest && BitOperations.IsPow2(size) && Math.Abs(bytes / size - 1) < 0.1 ? size : 0;
    }
}
