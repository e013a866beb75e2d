using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// Where the bytes of each generation are: its track over the run, or the single moments that are known. A generation that
/// never has a hole has nothing to show.
/// </summary>
internal static class RunPageMaps
{
    private const string Lead =
        "From the lowest address to the highest, at the moment with most free bytes first. An object needs a hole at least as large as itself; "
        + "what fits in no hole makes the heap grow.";

    public static IEnumerable<PageSection> Of(RunReport report)
    {
        string lead = Lead;
        foreach (string generation in Generations(report))
        {
            HeapTrack? track = report.Tracks.FirstOrDefault(one => IsSame(one.Generation, generation) && one.Moments.Any(moment => moment.FreeBytes > 0));
            PageMap? map = track is null ? SingleMoments(report, generation) : MapOf(track);
            if (map is null)
                continue;
            yield return new PageSection($"Map: {map.Title}", lead)
            {
                Map = map,
                Evidence = (track?.Measured ?? IsMeasured(report, generation)) ? Evidence.Measured : Evidence.Simulated,
            };
            lead = "";
        }
    }

    private static string[] Generations(RunReport report) =>
    [
        .. report.Tracks.Select(track => track.Generation)
            .Concat(report.HeapDetail?.Moments.SelectMany(picture => picture.Generations).Select(row => row.Name) ?? [])
            .Append("loh")
            .Distinct(StringComparer.Ordinal)
            .OrderBy(HeapNames.PlaceOf).ThenBy(name => name, StringComparer.Ordinal),
    ];

    private static PageMap MapOf(HeapTrack track)
    {
        HeapTrackMoment worst = track.Moments.MaxBy(moment => moment.FreeBytes)!;
        return new PageMap(
            HeapNames.Of(track.Generation), track.Sites,
            [.. track.Moments.Select(moment => new PageMapMoment(Label(moment), Caption(moment), moment.Start, moment.Layout))],
            track.Moments.TakeWhile(moment => !ReferenceEquals(moment, worst)).Count());
    }

    private static string Label(HeapTrackMoment moment) =>
        $"GC {Amounts.Count(moment.Gc)}, {Amounts.Milliseconds(moment.TimeMs)}";

    private static string Caption(HeapTrackMoment moment) =>
        $"After {moment.Kind} GC {Amounts.Count(moment.Gc)} at {Amounts.Milliseconds(moment.TimeMs)}: {Amounts.Bytes(moment.Bytes)}, "
        + $"{Free(moment.FreeBytes, moment.Holes, moment.LargestHoleBytes)}";

    private static PageMap? SingleMoments(RunReport report, string generation)
    {
        MapDraft draft = new(HeapNames.Of(generation));
        foreach (HeapPicture picture in report.HeapDetail?.Moments ?? [])
        {
            foreach (GenerationRow row in picture.Generations.Where(row => IsSame(row.Name, generation)))
                draft.Add(picture.TimeMs, $"GC {Amounts.Count(picture.Gc)}, {Amounts.Milliseconds(picture.TimeMs)}", _ => Caption(picture, row), row.Map);
        }

        if (report.WorstMoment is { } worst && IsSame(generation, "loh"))
            draft.Add(worst.TimeMs, LabelOf(worst), holes => $"{worst.Title}: {Amounts.Bytes(worst.Bytes)}. {holes.InWords()}", worst.Extents);
        return draft.Finish();
    }

    private static string LabelOf(HeapMap map) =>
        double.IsFinite(map.TimeMs) ? $"worst, {Amounts.Milliseconds(map.TimeMs)}" : "worst";

    private static string Caption(HeapPicture picture, GenerationRow row) =>
        $"{HeapPictures.Title(picture)}: {Amounts.Bytes(row.Bytes)}, {Free(row.FreeBytes, row.Holes, row.LargestHoleBytes)}";

    private static string Free(long bytes, long? holes, long? largest) => bytes == 0
        ? "nothing free."
        : holes is { } count && largest is { } most
            ? $"{Amounts.Bytes(bytes)} of it free in {Holes(count)}, the largest of {Amounts.Bytes(most)}."
            : $"{Amounts.Bytes(bytes)} of it free.";

    private static string Holes(long count) => count == 1 ? "1 hole" : $"{Amounts.Count(count)} holes";

    // Layouts of HeapDetail are put together from what GCs listed; only the worst moment may be another's word.
    private static bool IsMeasured(RunReport report, string generation) =>
        !IsSame(generation, "loh") || report.WorstMoment is not { Measured: false };

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}
