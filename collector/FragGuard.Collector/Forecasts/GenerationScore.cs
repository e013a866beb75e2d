namespace FragGuard.Collector.Forecasts;

/// <summary>
/// How far the predictions of one generation were off: sums of absolute differences over the sum of its measured sizes, 0 when
/// it was always empty.
/// </summary>
/// <param name="Generation">0, 1, 2, or 4 for pinned objects.</param>
/// <param name="Gcs">GCs with a prediction of it.</param>
/// <param name="MeasuredBytes">Mean of its measured sizes.</param>
/// <param name="SizeError">Of the size.</param>
/// <param name="FreeError">Of the free bytes.</param>
/// <param name="UnchangedSizeError">Of the size, had it been said to be as the GC before left it.</param>
/// <param name="UnchangedFreeError">Of the free bytes, had they been said to be as the GC before left them.</param>
public sealed record GenerationScore(
    int Generation,
    int Gcs,
    long MeasuredBytes,
    double SizeError,
    double FreeError,
    double UnchangedSizeError,
    double UnchangedFreeError);
