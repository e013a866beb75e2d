using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>Objects beside holes, pinned objects, and how long objects live.</summary>
internal static class RunPageObjects
{
    public static IEnumerable<PageSection> Of(HeapDetail? detail)
    {
        if (detail is { Neighbours.Count: > 0 })
            yield return Neighbours(detail.Neighbours);
        if (detail is { Pins.Count: > 0 })
            yield return Pins(detail.Pins);
        if (detail is { Lifetimes.Count: > 0 })
            yield return Lifetimes(detail.Lifetimes);
    }

    private static PageSection Neighbours(IReadOnlyList<NeighbourRow> rows) => new(
        "Beside the holes of the worst moment",
        "Objects right before or behind a hole, estimated from sampled objects. Each side of a hole has half of its bytes.",
        new PageTable(
            ["type and site", "where", ">seen beside", ">hole bytes", ">95 % interval"],
            [.. rows.Select(row => (IReadOnlyList<PageCell>)
            [
                row.Site ?? "unknown", row.Generation, Cells.Of($"{Amounts.Count(row.Sides)} sides", row.Sides),
                Cells.Bytes(row.HoleBytes), Cells.Of(HeapPictures.Interval(row), row.HighHoleBytes),
            ])]))
    {
        Evidence = Evidence.Sampled,
    };

    private static PageSection Pins(IReadOnlyList<PinRow> rows) => new(
        "Pinned objects and the holes they hold open",
        "Free bytes right beside pinned objects of generations 0 to 2 after the GCs that found them.",
        new PageTable(
            ["type", "site", ">pins", ">GCs", ">pinned", ">holes, mean", ">holes, most"],
            [.. rows.Select(row => (IReadOnlyList<PageCell>)
            [
                row.Type, row.Site ?? "unknown", Cells.Count(row.Pins), Cells.Count(row.Gcs), Cells.Bytes(row.PinnedBytes),
                Cells.Bytes(row.MeanHoleBytes), Cells.Bytes(row.MostHoleBytes),
            ])]))
    {
        Evidence = Evidence.Measured,
    };

    private static PageSection Lifetimes(IReadOnlyList<LifetimeRow> rows) => new(
        "Lifetimes",
        "Where the allocated bytes of each site died, estimated from sampled objects; a lifetime ends with the GC that found the object dead. "
            + "Not known: born after the last GC that looked, or lost sight of.",
        new PageTable(
            ["type and site", ">per second", ">±", ">gen0", ">gen1", ">gen2", ">loh, poh", ">alive", ">not known", ">median"],
            [.. rows.Select(row => (IReadOnlyList<PageCell>)
            [
                row.Site ?? "unknown", Cells.Bytes(row.BytesPerSecond), HeapPictures.Error(row), .. Shares(row),
                Cells.Of(HeapPictures.Median(row), row.MedianMs),
            ])]))
    {
        Evidence = Evidence.Sampled,
    };

    /// <summary>Shares of the row's bytes, which add up to all of them.</summary>
    private static IEnumerable<PageCell> Shares(LifetimeRow row)
    {
        double[] known = [row.DiedGen0, row.DiedGen1, row.DiedGen2, row.DiedLoh + row.DiedPoh, row.LiveShare];
        bool isJudged = known.Any(static share => share > 0);
        return [.. known.Select(share => Cells.Percent(isJudged ? share : null)), Cells.Percent(row.UnjudgedShare + row.UnknownShare)];
    }
}
