using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Forecasts;

namespace FragGuard.FragTrace.Reports;

/// <summary>GCs foretold by a heap that the model keeps by itself.</summary>
/// <param name="PredictedGcs">GCs that were foretold and measured; the first of each heap is left out.</param>
/// <param name="RightDecisions">Those of them that compact, or sweep, as foretold.</param>
/// <param name="CommonDecisions">Those of them that decide as most do.</param>
/// <param name="Generations">How far each generation was off.</param>
public sealed record UnaidedForecast(
    int PredictedGcs, int RightDecisions, int CommonDecisions, IReadOnlyList<ForecastGeneration> Generations)
{
    internal static UnaidedForecast Of(PredictionScore score) => new(
        score.Gcs, score.RightDecisions, score.CommonDecisions, [.. score.Generations.Select(ForecastGeneration.Of)]);
}
