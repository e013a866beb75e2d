using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>How far to trust a report of zones.</summary>
internal static class ZonesHonesty
{
    public static IEnumerable<string> Of(ZonesReport report)
    {
        if (report.UnreadZones > 0)
            yield return $"{Amounts.Count(report.UnreadZones)} further zones were left out: they, or all together, have more pages than are read.";
        foreach (ZonesRow zone in report.Zones.Where(zone => zone.Reading.Torn))
        {
            yield return $"Zone {ZonesWords.Name(zone)} is torn: it was rewritten while it was read, or is damaged. After "
                + $"{Amounts.Count(zone.Reading.Attempts)} readings these did not agree: {string.Join(", ", zone.Reading.Doubts)}; nothing is known of "
                + $"{Amounts.Count(zone.Reading.UnparsedPages)} of its {Amounts.Count(zone.Pages)} pages.";
        }

        foreach (ZonesRow zone in report.Zones.Where(zone => zone.Dict is { Whole: false }))
        {
            yield return zone.Dict!.Cut
                ? $"Zone {ZonesWords.Name(zone)} has more than {Amounts.Count(zone.Dict.Entries)} entries and {Amounts.Count(zone.Dict.Elements)} list elements; "
                    + "the others are missing in everything said of entries."
                : $"Zone {ZonesWords.Name(zone)}: entries were stored and evicted while they were read. {Amounts.Count(zone.Dict.Entries)} were found in their slots, "
                    + $"{Amounts.Count(zone.Dict.Unordered)} of them without a place in the order of use; some may be missing.";
        }

        yield return "Measured: read from the memory of the running process, which was not stopped and not written to. "
            + "Pages and slots of a zone that is not torn agree with nginx's own counts and lists"
            + (report.Zones.Any(zone => zone.SizeClasses.All(row => row.Requests is null)) ? "; nginx before 1.11.7 keeps no counts, so only lists." : ".");
        if (report.Zones.Any(zone => zone.Reading.ThroughProcess))
        {
            yield return "The pages that were read are mapped into the process now, and count in its resident size; with CAP_CHECKPOINT_RESTORE "
                + "or CAP_SYS_ADMIN not even that happens.";
        }

        if (report.Zones.Any(zone => !zone.Loaded.Complete))
        {
            yield return "Loaded is a lower bound: what the page tables of this process and of its nginx relatives that could be read have in "
                + "memory. Pages that only another process used, such as the one that started nginx, are missing.";
        }

        if (report.Zones.Any(zone => zone.Dict is not null))
        {
            yield return "ngx_lua keeps no time of last use: age is the order of use, and times are those of expiry. "
                + "Keys and values are not looked at, only their lengths.";
        }

        if (report.Zones.Any(zone => zone.Simulated is { Why: null }))
        {
            yield return "What fits after evictions and what a split saves is simulated, with the model nginx/lua-shared-dict continued "
                + "from the state that was read; its placements are exact for nginx 1.7.2 and later. Other zones are not continued: what their owners would evict is not known.";
        }
    }
}
