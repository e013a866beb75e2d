using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Reports;

/// <summary>Makes the report of what the kernel's files said.</summary>
internal static class KernelReportBuilder
{
    private const int MostSlabs = 20;
    private const int MostTypes = 512;

    /// <param name="release">The running kernel's; null for saved files.</param>
    public static KernelReport Build(KernelSnapshot kernel, string? release) => new()
    {
        Release = release,
        Sources = [.. kernel.Texts.Select(text => new KernelSourceRow(Name(text.Kind), text.Source))],
        Gaps = [.. kernel.Gaps.Select(gap => new KernelGapRow(gap.Source, gap.Reason))],
        PageBytes = kernel.PageBytes,
        IsPageSizeKnown = kernel.IsPageSizeKnown,
        Zones = [.. kernel.Zones.Select(Row)],
        MigrateTypes = kernel.PageTypes is null ? null : Rows(kernel.PageTypes),
        Slabs = kernel.Slabs?.Take(MostSlabs).Select(cache => Row(cache, kernel.PageBytes)).ToArray(),
        AllSlabs = kernel.Slabs is null
            ? null
            : new KernelSlabSum(
                kernel.Slabs.Count, kernel.Slabs.Sum(cache => cache.Bytes(kernel.PageBytes)),
                kernel.Slabs.Sum(cache => cache.WasteBytes(kernel.PageBytes))),
        Memory = KernelFigures.Memory(kernel),
        Counters = KernelFigures.Counters(kernel),
        HugePages = new KernelHugePages(kernel.HugePages.Enabled, kernel.HugePages.Defrag),
        IndexCheck = kernel.Check is null ? null : new KernelIndexCheck(kernel.Check.Compared, kernel.Check.Different),
        Advice = KernelAdvice.For(kernel),
    };

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static KernelZoneRow Row(KernelZone zone) => new(
        zone.Node, zone.Name, zone.FreePages, zone.Buddies.FreeBlocks, Ratios(zone.Unusable), Ratios(zone.External),
        zone.LargestOrder, Name(zone.Outlook), Watermarks(zone));

    private static double[] Ratios(IEnumerable<int> thousandths) => [.. thousandths.Select(index => index / 1000.0)];

    private static KernelWatermarks? Watermarks(KernelZone zone) => zone.Info is not { } info
        ? null
        : new KernelWatermarks(
            info.ManagedPages, info.Watermarks.Min + info.BoostPages, info.Watermarks.Low + info.BoostPages,
            info.Watermarks.High + info.BoostPages, info.BoostPages, zone.PagesAboveLow!.Value, zone.PagesAboveMin!.Value);

    private static KernelTypeRow[] Rows(PageTypeInfo types) =>
        [.. types.Free.Take(MostTypes).Select(row => new KernelTypeRow(
            row.Node, row.Zone, row.Type, row.FreeBlocks.Select((blocks, order) => blocks << order).Sum(),
            types.Blocks.FirstOrDefault(blocks => blocks.Node == row.Node && string.Equals(blocks.Zone, row.Zone, StringComparison.Ordinal)
                && string.Equals(blocks.Type, row.Type, StringComparison.Ordinal))?.Blocks,
            row.IsCapped))];

    private static KernelSlabRow Row(SlabCache cache, long pageBytes) => new(
        cache.Name, cache.ActiveObjects, cache.Objects, cache.ObjectBytes, cache.Pages, cache.Bytes(pageBytes), cache.WasteBytes(pageBytes));
}
