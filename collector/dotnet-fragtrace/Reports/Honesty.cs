using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>What every form of a report says of its own numbers.</summary>
internal static class Honesty
{
    public const string SimulationNote =
        "Every number here is simulated: it is what the model makes of the trace, not a measurement of a process.";

    /// <summary>How complete a recording is: one sentence each, losses first.</summary>
    public static IReadOnlyList<string> Recording(TraceQuality quality) =>
    [
        $"Events: {Amounts.Count(quality.EventsRead)} read, {Amounts.Count(quality.EventsLost)} lost ({Amounts.Percent(quality.LostRatio)}).",
        quality.UnknownLifetimeRatio > 0
            ? $"Unknown lifetimes: {Amounts.Percent(quality.UnknownLifetimeRatio)} of the recorded large-object bytes."
            : "No large object was recorded whose lifetime is unknown.",
        quality.Truncated
            ? $"The recording {quality.Damage ?? "ends without its end mark"}. What came after is not in these numbers."
            : "The recording is complete up to its end mark.",
        .. quality.Omissions,
    ];

    /// <summary>One sentence each, losses first.</summary>
    public static IReadOnlyList<string> Facts(RunReport report)
    {
        List<string> facts =
        [
            .. Recording(report.Quality),
            "Measured by the runtime's own events: heap, timeline, caches and array pools.",
        ];
        if (report.Gap is { } gap)
            facts.Add(gap);
        if (report.HeapDetail is { } heap)
            facts.AddRange(HeapHonesty.Facts(heap));
        if (report.Replay is { } replay)
        {
            facts.Add(
                $"Replay of the {Amounts.Count(replay.Operations)} recorded large-object operations through "
                    + $"{replay.Model}: {Amounts.Percent(replay.SimulatedLohFragmentation)} free simulated, "
                    + $"{Amounts.Percent(replay.MeasuredLohFragmentation)} measured; heap "
                    + $"{Amounts.Bytes(replay.SimulatedLohBytes)} simulated, "
                    + $"{Amounts.Bytes(replay.MeasuredLohBytes)} measured. Of this model: {replay.Fidelity.TrimEnd('.')}.");
        }

        if (report.WhatIf.Count > 0)
            facts.Add("Simulated: every row of the what-if table. Predictions of findings are simulated as well.");
        if (report.WorstMoment is { } map)
            facts.Add(map.Measured ? "The heap map was measured." : "The heap map is simulated.");
        if (report.Tracks.FirstOrDefault(track => !track.Measured) is { } simulated)
            facts.Add($"Simulated: the map of the {HeapNames.Of(simulated.Generation)} over time.");
        facts.AddRange((report.HeapDetail?.Missing ?? []).Select(fact => $"Not in this recording: {fact}"));
        facts.Add($"Recording: {report.Quality.RecordingFile}. As JSON this is {report.Schema}.");
        return facts;
    }
}
