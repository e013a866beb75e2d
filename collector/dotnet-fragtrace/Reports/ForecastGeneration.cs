using FragGuard.Collector.Forecasts;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// How far the predictions of one generation were off: sums of absolute differences over the sum of its measured sizes.
/// </summary>
/// <param name="Generation">gen0, gen1, gen2 or poh.</param>
/// <param name="Gcs">GCs with a prediction of it; of the pinned heap only full ones.</param>
/// <param name="MeanBytes">Mean of its measured sizes.</param>
/// <param name="BytesError">Of the size.</param>
/// <param name="FreeError">Of the free bytes.</param>
/// <param name="UnchangedBytesError">Of the size, had it been said to be as the GC before left it.</param>
/// <param name="UnchangedFreeError">Of the free bytes, had they been said to be as the GC before left them.</param>
public sealed record ForecastGeneration(
    string Generation,
    int Gcs,
    long MeanBytes,
    double BytesError,
    double FreeError,
    double UnchangedBytesError,
    double UnchangedFreeError)
{
    internal static ForecastGeneration Of(GenerationScore score) => new(
        GenerationNames.Of(score.Generation), score.Gcs, score.MeasuredBytes, score.SizeError, score.FreeError,
        score.UnchangedSizeError, score.UnchangedFreeError);
}
