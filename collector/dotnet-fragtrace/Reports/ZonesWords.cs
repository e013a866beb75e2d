using System;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>Zones in words.</summary>
internal static class ZonesWords
{
    public static string Name(ZonesRow zone) => zone.Name ?? FormattableString.Invariant($"at 0x{zone.Start:x}, unnamed");

    public static string Title(ZonesReport report)
    {
        ZonesRow[] refusing = [.. report.Zones.Where(zone => zone.SizeClasses.Any(row => row.Failures > 0))];
        ZonesRow worst = report.Zones.OrderByDescending(zone => zone.Metrics.External * zone.FreeBytes).First();
        string found = report.Zones.Count == 1 ? "1 zone" : $"{Amounts.Count(report.Zones.Count)} zones";
        string refused = refusing.Length == 0
            ? "none refused a slot"
            : $"refused slots: {string.Join(", ", refusing.Take(4).Select(Name))}{(refusing.Length > 4 ? " …" : "")}";
        return worst.FreeBytes == 0
            ? $"{found}; {refused}"
            : $"{found}; {refused}; zone {Name(worst)} has {Amounts.Bytes(worst.FreeBytes)} free, and at most {Amounts.Bytes(worst.LargestFitBytes)} fit";
    }

    public static string Reading(ZonesReading reading)
    {
        if (reading.Torn)
        {
            return reading.UnparsedPages > 0
                ? $"torn, {Amounts.Percent(reading.UnparsedShare)} unparsed"
                : $"torn: {string.Join(", ", reading.Doubts)}";
        }

        return "whole";
    }
}
