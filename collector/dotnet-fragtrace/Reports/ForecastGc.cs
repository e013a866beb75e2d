using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Reports;

/// <summary>One GC, measured and foretold.</summary>
/// <param name="Gc">The runtime's number.</param>
/// <param name="Collected">Oldest generation collected.</param>
/// <param name="Compacted">Whether small objects were moved.</param>
/// <param name="PredictedToCompact">Whether they were to be moved.</param>
/// <param name="Generations">Right after it.</param>
public sealed record ForecastGc(
    int Gc,
    int Collected,
    double TimeMs,
    bool Compacted,
    bool PredictedToCompact,
    IReadOnlyList<ForecastGcGeneration> Generations)
{
    internal static ForecastGc Of(RecordedGc gc) => new(
        gc.Number, gc.Generation, gc.StartMs, gc.IsCompacting, gc.Prediction!.Compacts,
        [.. gc.Prediction.Generations.Select(one => ForecastGcGeneration.Of(gc.MeasureOf(one.Generation), one))]);
}

/// <summary>One generation right after a GC.</summary>
/// <param name="Generation">gen0, gen1, gen2 or poh.</param>
/// <param name="MeasuredBytes">Size, free space included.</param>
/// <param name="PredictedBytes">The same as foretold.</param>
/// <param name="MeasuredFreeBytes">All free space.</param>
/// <param name="PredictedFreeBytes">The same as foretold.</param>
public sealed record ForecastGcGeneration(
    string Generation, long MeasuredBytes, long PredictedBytes, long MeasuredFreeBytes, long PredictedFreeBytes)
{
    /// <summary>Foretold / measured size - 1; 0 when both are empty.</summary>
    public double BytesError => MeasuredBytes == PredictedBytes
        ? 0
        : MeasuredBytes == 0 ? 1 : ((double)PredictedBytes / MeasuredBytes) - 1;

    /// <summary>Foretold - measured free bytes, as a share of the larger size; 0 when both are empty.</summary>
    public double FreeError => MeasuredFreeBytes == PredictedFreeBytes
        ? 0
        : (double)(PredictedFreeBytes - MeasuredFreeBytes) / Math.Max(1, Math.Max(MeasuredBytes, PredictedBytes));

    internal static ForecastGcGeneration Of(GenerationMeasure measured, PredictedGeneration predicted) => new(
        GenerationNames.Of(predicted.Generation), measured.BytesAfter, predicted.SizeBytes, measured.FreeBytesAfter, predicted.FreeBytes);
}
