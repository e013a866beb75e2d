using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What was simulated for a zone as sections of a page.</summary>
internal static class ZonesSimulationPage
{
    public static IEnumerable<PageSection> Sections(string name, ZonesSimulation simulated)
    {
        if (simulated.Why is { } why)
        {
            yield return new PageSection($"{name}: after evictions", why) { Evidence = Evidence.Simulated };
            yield break;
        }

        yield return new PageSection(
            $"{name}: after evictions", "The oldest entries go first, as they do when a store finds no room; one store evicts at most 30 by force.",
            new PageTable(
                [">entries evicted", ">free", ">free pages", ">largest value that fits"],
                [.. simulated.Evictions.Select(row => (IReadOnlyList<PageCell>)
                [
                    Amounts.Count(row.Evicted), Amounts.Bytes(row.FreeBytes), Amounts.Count(row.FreePages), Amounts.ExactBytes(row.LargestValueBytes),
                ])]))
        {
            Evidence = Evidence.Simulated,
        };
        if (simulated.Split is { } split)
        {
            yield return new PageSection(
                $"{name}: split by size",
                $"New keys with values of the sizes found here are stored with set until the zone has been filled anew. "
                + $"The split: {string.Join(", ", split.Zones.Select(Zone))}.",
                new PageTable(
                    ["zones", ">stores", ">refused", ">entries evicted", ">entries kept", ">bytes kept"],
                    [Row("as it is", split.OneZone), Row("split", split.Split)]))
            {
                Evidence = Evidence.Simulated,
            };
        }
    }

    private static string Zone(ZonesSplitZone zone) =>
        $"{Amounts.Bytes(zone.Bytes)} for values " + (zone.LargestValueBytes is { } bytes ? $"up to {Amounts.ExactBytes(bytes)}" : "above");

    private static IReadOnlyList<PageCell> Row(string zones, ZonesFilled filled) =>
    [
        zones, Amounts.Count(filled.Stores), Amounts.Count(filled.Refused), Amounts.Count(filled.Evicted), Amounts.Count(filled.Entries),
        Amounts.Bytes(filled.LiveBytes),
    ];
}
