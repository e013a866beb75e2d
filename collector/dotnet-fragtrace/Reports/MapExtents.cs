using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Simulation.Heap;

namespace FragGuard.FragTrace.Reports;

/// <summary>Extents of a layout as results list them, in a bounded number, and as maps draw them.</summary>
internal static class MapExtents
{
    public const int Most = 2048;

    public const string Unknown = "unknown";

    /// <param name="siteOf">Text of a site by its number.</param>
    public static IReadOnlyList<MapExtent> Of(GenerationLayout generation, Func<int, string?> siteOf)
    {
        IReadOnlyList<LayoutExtent> extents = generation.Layout.Extents;
        HashSet<Extent> unknown = [.. generation.Unknown];
        if (extents.Count > Most)
            return Cells(extents, unknown);

        List<MapExtent> map = [];
        foreach (LayoutExtent one in extents)
            map.Add(new MapExtent(one.Extent.Start, one.Extent.Bytes, Word(one, unknown), siteOf(one.Site)));
        return map;
    }

    public static string Word(ExtentUse use) => use switch
    {
        ExtentUse.Used => "used",
        ExtentUse.Free => "free",
        ExtentUse.Released => "released",
        _ => "metadata",
    };

    /// <summary>Takes any word: what is none of these is the allocator's own.</summary>
    /// <param name="sites">Numbers the extent's site.</param>
    public static MapPart PartOf(MapExtent extent, MapSites sites) => new(UseOf(extent.Use), extent.Bytes)
    {
        Site = sites.NumberOf(extent.Site is { Length: > 0 } site ? site : null),
    };

    private static MapUse UseOf(string word) => word switch
    {
        "used" => MapUse.Used,
        "free" => MapUse.Free,
        "released" => MapUse.Released,
        Unknown => MapUse.Unknown,
        _ => MapUse.Metadata,
    };

    private static string Word(LayoutExtent one, HashSet<Extent> unknown) =>
        unknown.Contains(one.Extent) ? Unknown : Word(one.Use);

    // In each cell the bytes of one use stand together, so that every use keeps its exact sum.
    private static List<MapExtent> Cells(IReadOnlyList<LayoutExtent> extents, HashSet<Extent> unknown)
    {
        long total = extents[^1].Extent.End;
        long cellBytes = Math.Max(1, (total + (Most / 4) - 1) / (Most / 4));
        Dictionary<string, long> cell = new(StringComparer.Ordinal);
        List<MapExtent> map = [];
        long cellEnd = cellBytes;
        foreach (LayoutExtent one in extents)
        {
            string use = Word(one, unknown);
            for (long at = one.Extent.Start; at < one.Extent.End;)
            {
                long end = Math.Min(one.Extent.End, cellEnd);
                cell[use] = cell.GetValueOrDefault(use) + (end - at);
                at = end;
                if (at < cellEnd)
                    continue;

                Flush(cell, cellEnd - cellBytes, map);
                cellEnd += cellBytes;
            }
        }

        Flush(cell, cellEnd - cellBytes, map);
        return map;
    }

    private static void Flush(Dictionary<string, long> cell, long start, List<MapExtent> map)
    {
        foreach (string use in new[] { "used", Unknown, "metadata", "released", "free" })
        {
            if (cell.GetValueOrDefault(use) is > 0 and long bytes)
                Append(map, new MapExtent(start, bytes, use, null));
            start += cell.GetValueOrDefault(use);
        }

        cell.Clear();
    }

    private static void Append(List<MapExtent> map, MapExtent next)
    {
        if (map.Count > 0 && string.Equals(map[^1].Use, next.Use, StringComparison.Ordinal) && map[^1].Start + map[^1].Bytes == next.Start)
            map[^1] = map[^1] with { Bytes = map[^1].Bytes + next.Bytes };
        else
            map.Add(next);
    }
}
