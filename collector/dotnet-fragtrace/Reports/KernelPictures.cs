using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports;

/// <summary>Pictures of the kernel's zones: bars by order, one for each zone.</summary>
internal static class KernelPictures
{
    private const int MostZones = 10;

    public static Picture FreeBlocks(KernelReport report) => Draw(
        report, "Free memory by the order of its blocks",
        (zone, order) => order < zone.FreeBlocks.Count ? (double)(zone.FreeBlocks[order] << order) * report.PageBytes : 0, Amounts.Bytes, null);

    public static Picture Usable(KernelReport report) => Draw(
        report, "Share of free memory usable at each order",
        (zone, order) => order < zone.Unusable.Count && zone.FreePages > 0 ? 1 - zone.Unusable[order] : 0, Amounts.Percent, 1);

    private static Picture Draw(
        KernelReport report, string title, Func<KernelZoneRow, int, double> value, Func<double, string> format, double? largest)
    {
        KernelZoneRow[] drawn = [.. report.Zones.OrderByDescending(zone => zone.FreePages).Take(MostZones)];
        KernelZoneRow[] zones = [.. report.Zones.Where(drawn.Contains)];
        int orders = zones.Max(zone => zone.FreeBlocks.Count);
        return BarChart.Draw(
            title, [.. zones.Select((zone, index) => (Ink.Series0 + index, KernelWords.Name(zone)))],
            [.. Enumerable.Range(0, orders).Select(order => (
                FormattableString.Invariant($"order {order}"),
                (IReadOnlyList<double>)[.. zones.Select(zone => value(zone, order))]))],
            format, largest);
    }
}
