using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The kernel's memory as a page.</summary>
internal static class KernelPage
{
    public static ReportPage Build(KernelReport report) => new(
        "kernel memory", KernelWords.Title(report), [.. Facts(report)],
        [.. Measured(report).Select(section => section.OrMeasured()), Advice(report.Advice), .. Gaps(report)], [.. KernelHonesty.Of(report)]);

    private static IEnumerable<string> Facts(KernelReport report)
    {
        yield return report.Release is { Length: > 0 } release
            ? $"Linux {release}, pages of {Amounts.Bytes(report.PageBytes)}"
            : $"Saved files: {string.Join(", ", report.Sources.Select(source => source.Source))}; pages of {Amounts.Bytes(report.PageBytes)}";
        if (report.HugePages is { Enabled: { } enabled })
            yield return $"Transparent huge pages: {enabled}; a fault compacts: {report.HugePages.Defrag ?? "not known"}";
    }

    private static IEnumerable<PageSection> Measured(KernelReport report)
    {
        if (report.Series is { } series)
        {
            foreach (PageSection section in KernelSeriesPage.Sections(series))
                yield return section;
        }

        if (report.Recording is { } recording)
        {
            foreach (PageSection section in KernelRecordingPage.Sections(recording))
                yield return section;
        }

        if (report.Zones.Count > 0)
        {
            yield return Blocks(report);
            yield return Usable(report);
            yield return Fragmentation(report);
        }

        if (report.Zones.Any(zone => zone.Watermarks is not null))
            yield return Watermarks(report);
        if (report.MigrateTypes is { Count: > 0 } types)
            yield return Types(types, report.PageBytes);
        if (report.Slabs is not null)
            yield return Slabs(report);
        if (report.Memory.Count > 0)
            yield return Figures("Memory", "From meminfo.", "amount", report.Memory, Amounts.Bytes);
        if (report.Counters.Count > 0)
        {
            yield return Figures(
                "Stalls, compaction and reclaim since boot",
                "allocstall counts requests that had to reclaim memory themselves, compact_stall those that had to compact.", "count",
                report.Counters, value => Amounts.Count((long)value));
        }
    }

    private static IEnumerable<PageSection> Gaps(KernelReport report)
    {
        if (report.Gaps.Count > 0)
        {
            yield return new PageSection("Not read", "", new PageTable(
                ["file", "why"], [.. report.Gaps.Select(gap => (IReadOnlyList<PageCell>)[gap.Source, gap.Reason])]));
        }
    }

    private static PageSection Blocks(KernelReport report) => new(
        "Free blocks", "Number of free blocks by order: a block of order n is 2^n pages.",
        OrderTable(report, zone => zone.FreeBlocks.Select(Amounts.Count), KernelWords.Outlook), KernelPictures.FreeBlocks(report));

    private static PageSection Usable(KernelReport report) => new(
        "Free memory usable at each order",
        "Share of the zone's free memory that lies in blocks large enough; 100 % less the kernel's unusable index.",
        OrderTable(report, zone => zone.Unusable.Select(index => zone.FreePages == 0 ? "–" : Amounts.Percent(1 - index))),
        KernelPictures.Usable(report));

    private static PageSection Fragmentation(KernelReport report) => new(
        "Why requests would fail", "The kernel's fragmentation index: − where a request would succeed now, near 0 for lack of memory, near 1 for fragmentation.",
        OrderTable(report, zone => zone.External.Select(index => index <= -1 ? "−" : index.ToString("0.000", CultureInfo.InvariantCulture))));

    private static PageTable OrderTable(
        KernelReport report, Func<KernelZoneRow, IEnumerable<string>> cells, Func<KernelZoneRow, string>? last = null)
    {
        int orders = report.Zones.Max(zone => zone.FreeBlocks.Count);
        string[] headings = ["zone", .. Enumerable.Range(0, orders).Select(order => FormattableString.Invariant($">{order}")), .. last is null ? Array.Empty<string>() : ["outlook"]];
        return new PageTable(headings, [.. report.Zones.Select(zone => (IReadOnlyList<PageCell>)
        [
            KernelWords.Name(zone), .. cells(zone).Concat(Enumerable.Repeat("", orders)).Take(orders), .. last is null ? Array.Empty<string>() : [last(zone)],
        ])]);
    }

    private static PageSection Watermarks(KernelReport report) => new(
        "Watermarks", "Below low the reclaimer runs in the background; below min requests stall and reclaim themselves.",
        new PageTable(
            ["zone", ">managed", ">free", ">min", ">low", ">high", ">boost", ">free above low", ">free above min"],
            [.. report.Zones.Where(zone => zone.Watermarks is { ManagedPages: > 0 }).Select(zone => Row(zone, zone.Watermarks!, report.PageBytes))]));

    private static IReadOnlyList<PageCell> Row(KernelZoneRow zone, KernelWatermarks marks, long pageBytes)
    {
        string Bytes(long pages) => Amounts.Bytes((double)pages * pageBytes);
        return
        [
            KernelWords.Name(zone), Bytes(marks.ManagedPages), Bytes(zone.FreePages), Bytes(marks.Min), Bytes(marks.Low), Bytes(marks.High),
            Bytes(marks.Boost), Bytes(marks.AboveLow), Bytes(marks.AboveMin),
        ];
    }

    private static PageSection Types(IReadOnlyList<KernelTypeRow> types, long pageBytes) => new(
        "Migrate types", "Unmovable pages among movable ones are what compaction cannot clear.",
        new PageTable(
            ["zone", "type", ">page blocks", ">free"],
            [.. types.Where(row => row.FreePages > 0 || row.PageBlocks is > 0).Select(row => (IReadOnlyList<PageCell>)
            [
                FormattableString.Invariant($"{row.Node} {row.Zone}"), row.Type, row.PageBlocks is { } blocks ? Amounts.Count(blocks) : "–",
                (row.IsCapped ? "> " : "") + Amounts.Bytes((double)row.FreePages * pageBytes),
            ])]));

    private static PageSection Slabs(KernelReport report) => new(
        "Slab caches",
        report.AllSlabs is { Bytes: > 0 } all
            ? $"{Amounts.Count(all.Caches)} caches hold {Amounts.Bytes(all.Bytes)}; at least {Amounts.Bytes(all.WasteBytes)} of it are filled by no object in use."
            : "No cache holds a page.",
        new PageTable(
            ["cache", ">objects in use", ">of", ">object", ">memory", ">waste", ">waste share"],
            [.. report.Slabs!.Where(cache => cache.Pages > 0).Select(cache => (IReadOnlyList<PageCell>)
            [
                cache.Name, Amounts.Count(cache.ActiveObjects), Amounts.Count(cache.Objects), Amounts.Bytes(cache.ObjectBytes),
                Amounts.Bytes(cache.Bytes), Amounts.Bytes(cache.WasteBytes), Amounts.Percent((double)cache.WasteBytes / cache.Bytes),
            ])]));

    private static PageSection Figures(
        string heading, string lead, string unit, IReadOnlyList<KernelFigureRow> rows, Func<double, string> amount) => new(
        heading, lead, new PageTable(["name", ">" + unit], [.. rows.Select(row => (IReadOnlyList<PageCell>)[row.Name, amount(row.Value)])]));

    private static PageSection Advice(IReadOnlyList<KernelAdviceRow> advice) => new(
        "What could be done",
        advice.Count == 0 ? "No sign of trouble was seen." : "Nothing of this is done here. Every remedy has its price.",
        advice.Count == 0 ? null : new PageTable(
            ["because", "remedy", "caution"], [.. advice.Select(row => (IReadOnlyList<PageCell>)[row.Because, row.Action, row.Caution])]));
}
