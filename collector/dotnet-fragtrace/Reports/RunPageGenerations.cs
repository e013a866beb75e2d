using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>The generations at the worst moment and at the end.</summary>
internal static class RunPageGenerations
{
    public static IEnumerable<PageSection> Of(HeapDetail? detail) => (detail?.Moments ?? []).Select(picture => new PageSection(
        HeapPictures.Title(picture),
        picture.Generations.Any(row => row.Holes is not null)
            ? "Share: free of size. External: share of the free bytes outside the largest hole. Unknown: handed out since the generation was "
                + "last collected. Largest: the largest hole. Fits: the largest object that fits without another region."
            : "The GCs listed no regions, so nothing is known of holes.",
        new PageTable(
            ["", ">size", ">live", ">free", ">share", ">external", ">unknown", ">regions", ">holes", ">largest", ">fits"],
            [.. picture.Generations.Select(row => (IReadOnlyList<PageCell>)
            [
                row.Name, Cells.Bytes(row.Bytes), Cells.Bytes(row.LiveBytes), Cells.Bytes(row.FreeBytes),
                Cells.Percent(row.Share()), Cells.Percent(row.External()), Cells.Bytes(row.UnknownBytes),
                Cells.Count(row.Regions), Cells.Count(row.Holes), Cells.Bytes(row.LargestHoleBytes), Cells.Bytes(row.LargestFitBytes),
            ])]))
    {
        Evidence = Evidence.Measured,
    });
}
