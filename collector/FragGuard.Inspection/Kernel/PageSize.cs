using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// The page size of another machine, as its texts give it away: where one of them tells in bytes what another one tells in pages.
/// Neither total, managed nor free pages are asked, since a hypervisor that takes memory may change one sum and not the other.
/// </summary>
internal static class PageSize
{
    public const long Common = 4096;

    public const long Largest = 65_536;

    /// <summary>Two texts are not of the same instant.</summary>
    private const double Drift = 0.1;

    /// <summary>In bytes: all that x64 and arm64 have.</summary>
    private static readonly long[] Sizes = [Common, 16_384, Largest];

    /// <summary>0 when the texts give no page size that exists, or contradict each other.</summary>
    public static long From(
        IReadOnlyDictionary<string, long>? memory, IReadOnlyList<ZoneInfo> zones, IReadOnlyDictionary<string, long>? counters, PageTypeInfo? types)
    {
        if (memory is null)
            return 0;
        long slabs = memory.GetValueOrDefault("SReclaimable");
        long[] told =
        [
            .. new[]
            {
                Nearest(slabs, zones.Sum(zone => zone.ReclaimableSlabPages), Drift),
                Nearest(slabs, counters?.GetValueOrDefault(ZoneInfo.ReclaimableSlabs) ?? 0, Drift),
                Nearest(memory.GetValueOrDefault("Hugepagesize"), types is { PageBlockOrder: > 0 } ? 1L << types.PageBlockOrder : 0, 0),
            }.Where(size => size > 0).Distinct(),
        ];
        return told.Length == 1 ? told[0] : 0;
    }

    private static long Nearest(long kilobytes, long pages, double tolerance) => pages == 0
        ? 0
        : Array.Find(Sizes, size => Math.Abs((kilobytes * 1024.0 / pages / size) - 1) <= tolerance);
}
