using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The zones of an nginx process as a page.</summary>
internal static class ZonesPage
{
    public static ReportPage Build(ZonesReport report) => new(
        "shared zones", ZonesWords.Title(report), [.. Facts(report)],
        [All(report).OrMeasured(), .. report.Zones.SelectMany(Sections).Select(section => section.OrMeasured())], [.. ZonesHonesty.Of(report)]);

    private static IEnumerable<string> Facts(ZonesReport report)
    {
        yield return $"Process {report.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)}"
            + (report.Program.Length > 0 ? $", {report.Program}" : "");
        int others = report.SharedMappings - report.Zones.Count;
        if (others > 0)
            yield return $"{Amounts.Count(others)} other shared mappings hold no slab zone";
    }

    private static PageSection All(ZonesReport report) => new(
        "Zones", "Largest fit: the longest request that is served now, whatever is free in sum.",
        new PageTable(
            ["zone", "kind", ">size", ">loaded", ">used", ">free", ">free pages", ">largest fit", ">refused", "reading"],
            [.. report.Zones.Select(zone => (IReadOnlyList<PageCell>)
            [
                ZonesWords.Name(zone), Kind(zone), Amounts.Bytes(zone.Bytes), Amounts.Bytes(zone.Loaded.ResidentBytes),
                Amounts.Bytes(zone.UsedBytes), Amounts.Bytes(zone.FreeBytes),
                Amounts.Count(zone.FreePages), Amounts.Bytes(zone.LargestFitBytes), Refused(zone), ZonesWords.Reading(zone.Reading),
            ])]));

    /// <summary>That they are zones is said already.</summary>
    private static string Kind(ZonesRow zone)
    {
        string kind = zone.Kind ?? "–";
        return kind.EndsWith(" zone", StringComparison.Ordinal) ? kind[..^" zone".Length] : kind;
    }

    private static string Refused(ZonesRow zone) => zone.SizeClasses.All(row => row.Failures is null)
        ? "–"
        : Amounts.Count((long)zone.SizeClasses.Aggregate(0UL, (sum, row) => sum + (row.Failures ?? 0)));

    private static IEnumerable<PageSection> Sections(ZonesRow zone)
    {
        string name = ZonesWords.Name(zone);
        yield return new PageSection(
            $"{name}: slots",
            $"External fragmentation {Amounts.Percent(zone.Metrics.External)}"
            + (zone.Metrics.Internal is { } lost ? $", internal {Amounts.Percent(lost)}" : "")
            + $", {Amounts.Percent(zone.Metrics.Trapped)} of the free bytes lie in pages that also hold something. {zone.Reading.Header}.",
            new PageTable(
                ["slot", ">pages", ">used", ">free", ">used bytes", ">free bytes", ">requests", ">refused"],
                [.. zone.SizeClasses.Where(row => row.Pages > 0 || row.Requests > 0).Select(ClassCells), BlockCells(zone)]),
            ZonesPictures.Slots(zone));
        yield return new PageSection(
            $"{name}: pages", $"{Amounts.Count(zone.FreePages)} free pages of {Amounts.Bytes(zone.PageBytes)}.",
            zone.FreeRuns.Count == 0 ? null : new PageTable(
                [">run of pages", ">runs", ">pages"],
                [.. zone.FreeRuns.Select(row => (IReadOnlyList<PageCell>)
                [
                    row.MinPages == 1 ? "1" : $"{Amounts.Count(row.MinPages)}–{Amounts.Count((2 * row.MinPages) - 1)}",
                    Amounts.Count(row.Runs), Amounts.Count(row.Pages),
                ])]))
        {
            Map = ZonesMap.Of(zone),
        };
        if (zone.Dict is { } dict)
        {
            foreach (PageSection section in ZonesDictPage.Sections(name, dict))
                yield return section;
        }

        if (zone is { Dict: not null, Simulated: { } simulated })
        {
            foreach (PageSection section in ZonesSimulationPage.Sections(name, simulated))
                yield return section;
        }
    }

    private static IReadOnlyList<PageCell> ClassCells(ZonesClassRow row) =>
    [
        Cells.Bytes(row.SlotBytes), Amounts.Count(row.Pages), Amounts.Count(row.Used), Amounts.Count(row.Free),
        Amounts.Bytes((double)row.Used * row.SlotBytes), Amounts.Bytes((double)row.Free * row.SlotBytes), Count(row.Requests), Count(row.Failures),
    ];

    private static IReadOnlyList<PageCell> BlockCells(ZonesRow zone) =>
    [
        "whole pages", Amounts.Count(zone.BlockPages), Amounts.Count(zone.Blocks), "", Amounts.Bytes((double)zone.BlockPages * zone.PageBytes), "", "", "",
    ];

    private static string Count(ulong? count) => count is { } known ? Amounts.Count((long)Math.Min(known, long.MaxValue)) : "–";
}
