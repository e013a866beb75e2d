using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Metrics;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// The numbers that <see cref="FragmentationMetrics"/> gives for a zone's layout, from its page table alone: the layout of a
/// full 1 GiB zone has millions of extents.
/// </summary>
public sealed record ZoneMetrics
{
    private static readonly long[] Blocks = [64L << 10, 1L << 20];

    /// <summary>(A − L) / A; null where only the zone's owner knows what was asked for.</summary>
    public required double? Internal { get; init; }

    /// <summary>1 − M / F.</summary>
    public required double External { get; init; }

    /// <summary>1 − Σ⌊f/s⌋·s / F, for one page of the zone, 64 KiB and 1 MiB.</summary>
    public required IReadOnlyList<(long Bytes, double Ratio)> Unusable { get; init; }

    /// <summary>Share of F inside pages that also hold live bytes.</summary>
    public required double Trapped { get; init; }

    /// <summary>M.</summary>
    public required long LargestFreeBytes { get; init; }

    public static ZoneMetrics Of(SlabZone zone)
    {
        LuaDictContent? dict = zone.Dict is { IsWhole: true } whole ? whole : null;
        return new ZoneMetrics
        {
            Internal = dict is null ? null : Ratio(dict.GrantedBytes - dict.EntryBytes, dict.GrantedBytes),
            External = zone.FreeBytes == 0 ? 0 : 1 - Ratio(zone.LargestFitBytes, zone.FreeBytes),
            Unusable = [.. Blocks.Prepend(zone.PageBytes).Select(bytes => (bytes, UnusableFor(zone, bytes)))],
            Trapped = Ratio(TrappedBytes(zone, dict), zone.FreeBytes),
            LargestFreeBytes = zone.LargestFitBytes,
        };
    }

    /// <summary>Slots are shorter than a page, so nothing of that size fits there.</summary>
    private static double UnusableFor(SlabZone zone, long bytes) => zone.FreeBytes == 0 ? 0 : 1 - Ratio(
        zone.Table.Pages.Where(page => page.Use == ZonePageUse.FreeStart).Sum(page => (long)page.Pages * zone.PageBytes / bytes * bytes),
        zone.FreeBytes);

    /// <summary>Free slots beside used ones; what a dictionary keeps for itself is not live.</summary>
    private static long TrappedBytes(SlabZone zone, LuaDictContent? dict)
    {
        if (dict is null)
            return zone.FreeSlotBytes;
        SlabHeader header = zone.Table.Header;
        bool[] holdsEntry = new bool[zone.Pages];
        dict.Records.MarkPages(holdsEntry);
        foreach (LuaDictListElement element in dict.Elements)
            holdsEntry[header.PageOf(header.Base + (ulong)element.OffsetBytes)] = true;
        return zone.Table.Pages.Where((page, i) => page.Use == ZonePageUse.Cut && holdsEntry[i])
            .Sum(page => (long)(ZoneSlots.Usable(header.PageShift, page.Shift) - page.Used) << page.Shift);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
