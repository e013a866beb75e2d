using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>
/// Parts of a map that were given with their places, now each right behind the one before, and no more of them than a page
/// can hold: where they are finer, neighbours become cells of used and free bytes. In a cell released bytes count as free,
/// all others as used.
/// </summary>
/// <param name="Start">Of the first one.</param>
/// <param name="Holes">The free parts, counted before any became part of a cell.</param>
internal sealed record PlacedParts(long Start, IReadOnlyList<MapPart> Parts, MapHoles Holes)
{
    /// <summary>Larger maps have their small extents summed up in cells.</summary>
    public const int Most = 20_000;

    /// <summary>What a script can count exactly.</summary>
    private const long MostBytes = 1L << 52;

    /// <summary>Gaps of a map, as a share of its parts; where there are more, all are closed up.</summary>
    private const int PartsOfAGap = 8;

    /// <summary>
    /// In the order of addresses, with gaps between what does not touch. What has no bytes, or more than any heap, is left
    /// out; where two overlap the first one counts.
    /// </summary>
    public static PlacedParts Of(IEnumerable<(long Start, MapPart Part)> extents, int most = Most)
    {
        List<MapPart> parts = [];
        MapHoles holes = default;
        long first = 0;
        long end = 0;
        int gaps = 0;
        foreach ((long start, MapPart part) in extents.Where(IsOfAHeap).OrderBy(extent => extent.Start))
        {
            if (parts.Count == 0)
                first = end = start;
            long from = Math.Max(start, end);
            long to = start + part.Bytes;
            if (to <= from || to - first > MostBytes)
                continue;
            if (from > end)
            {
                parts.Add(new MapPart(MapUse.Gap, from - end));
                gaps++;
            }

            MapPart placed = from == start ? part : part.Last(to - from);
            parts.Add(placed);
            if (placed.Use == MapUse.Free)
                holes = holes.With(placed.Bytes);
            end = to;
        }

        if (gaps > most / PartsOfAGap)
            parts.RemoveAll(part => part.Use == MapUse.Gap);
        return new PlacedParts(first, parts.Count > most ? Coarse(parts, most) : parts, holes);
    }

    private static bool IsOfAHeap((long Start, MapPart Part) extent) =>
        extent.Part.Bytes is > 0 and <= MostBytes && extent.Start is >= 0 and <= long.MaxValue - MostBytes;

    /// <summary>Keeps what is large, and gaps; sums up what is small between them, so that at most so many parts remain.</summary>
    private static List<MapPart> Coarse(List<MapPart> parts, int most)
    {
        long total = parts.Sum(part => part.Use == MapUse.Gap ? 0 : part.Bytes);
        long cellBytes = 1;
        while (3 * (total / cellBytes) > most)
            cellBytes *= 2;
        List<MapPart> coarse = [];
        ExtentMerger merger = new(
            cellBytes,
            extent => coarse.Add(extent.Use == TrackUse.Cell
                ? new MapPart(MapUse.Cell, extent.Bytes) { UsedBytes = extent.UsedBytes }
                : parts[extent.Site]));
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Use == MapUse.Gap)
            {
                merger.Complete();
                coarse.Add(parts[i]);
            }
            else
            {
                // What is left whole is found again by its index.
                merger.Add(new TrackExtent(TrackUse.Used, parts[i].Bytes, TakenBytes(parts[i]), Site: i));
            }
        }

        merger.Complete();
        return coarse;
    }

    private static long TakenBytes(MapPart part) => part.Use switch
    {
        MapUse.Cell => part.UsedBytes,
        MapUse.Free or MapUse.Released => 0,
        _ => part.Bytes,
    };
}
