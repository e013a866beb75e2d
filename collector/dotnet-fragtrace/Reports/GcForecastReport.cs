using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// Each blocking GC of a recording foretold one step ahead by the plan of <c>dotnet-gc</c>, beside what the runtime measured.
/// </summary>
/// <param name="Given">What the model is told of each GC.</param>
/// <param name="PredictedGcs">GCs that were foretold and measured.</param>
/// <param name="RightDecisions">Those of them that compact, or sweep, as foretold.</param>
/// <param name="CommonDecisions">Those of them that decide as most do: who always says the same is right that often.</param>
/// <param name="GcsWithUnknownPins">Those of them that found pins which the recording counts and does not name.</param>
/// <param name="MostUnknownPins">The most such pins of one GC.</param>
/// <param name="Generations">How far each generation was off.</param>
/// <param name="Gcs">GC by GC, in the order of the recording; of very many an even choice.</param>
/// <param name="NotPredicted">Why the others were not foretold; most GCs first.</param>
public sealed record GcForecastReport(
    string Given,
    int PredictedGcs,
    int RightDecisions,
    int CommonDecisions,
    int GcsWithUnknownPins,
    int MostUnknownPins,
    IReadOnlyList<ForecastGeneration> Generations,
    IReadOnlyList<ForecastGc> Gcs,
    IReadOnlyList<UnpredictedGcs> NotPredicted)
{
    /// <summary>
    /// The same by a heap that the model keeps by itself: it began as a copy of the real one and is told of births and deaths only.
    /// Null where there was none for two GCs in a row.
    /// </summary>
    public UnaidedForecast? Unaided { get; init; }

    internal const string Model = "dotnet-gc";

    private const int MostGcs = 1 << 10;

    private const string GivenWords =
        "what lived in the heap before, what was pinned, what the GC found alive, and whether it was asked to compact";

    /// <summary>Whether the model is that of the whole heap.</summary>
    internal static bool IsOf(string model) => string.Equals(model, Model, StringComparison.Ordinal);

    /// <summary>Null when the model is not that of the whole heap, or the reading did not predict.</summary>
    internal static GcForecastReport? Of(string model, IReadOnlyList<RecordedGc> gcs)
    {
        if (!IsOf(model) || PredictionScore.Of(gcs) is not { } score)
            return null;
        RecordedGc[] scored = [.. gcs.Where(PredictionScore.IsScored)];
        int step = Math.Max(1, (scored.Length + MostGcs - 1) / MostGcs);
        return new GcForecastReport(
            GivenWords, score.Gcs, score.RightDecisions, score.CommonDecisions, score.GcsWithUnknownPins, score.MostUnknownPins,
            [.. score.Generations.Select(ForecastGeneration.Of)],
            [.. scored.Where((_, index) => (scored.Length - 1 - index) % step == 0).Select(ForecastGc.Of)],
            [.. score.Missing.Select(missing => new UnpredictedGcs(missing.Reason, missing.Gcs))])
        {
            Unaided = PredictionScore.OfUnaided(gcs) is { } unaided ? UnaidedForecast.Of(unaided) : null,
        };
    }
}

/// <summary>GCs that were not foretold for one reason.</summary>
public sealed record UnpredictedGcs(string Reason, int Gcs);
