using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Forecasts;

/// <summary>The predictions of a recording held against what the runtime measured.</summary>
/// <param name="Gcs">GCs that were predicted and measured.</param>
/// <param name="RightDecisions">Those of them that compact, or sweep, as predicted.</param>
/// <param name="CommonDecisions">
/// Those of them that decide as most do: who always says the same is right that often.
/// </param>
/// <param name="Generations">By generation.</param>
/// <param name="Missing">Why GCs were not predicted, and how many for that reason; most first.</param>
public sealed record PredictionScore(
    int Gcs,
    int RightDecisions,
    int CommonDecisions,
    IReadOnlyList<GenerationScore> Generations,
    IReadOnlyList<(string Reason, int Gcs)> Missing)
{
    /// <summary>GCs among those predicted that found pins which the recording does not name.</summary>
    public int GcsWithUnknownPins { get; private init; }

    /// <summary>The most such pins of one GC.</summary>
    public int MostUnknownPins { get; private init; }

    /// <summary>The same of the predictions by the heap that the model keeps by itself; those of its first GC left out.</summary>
    public static PredictionScore? OfUnaided(IReadOnlyList<RecordedGc> gcs) => Of(
        [.. gcs.Select(static gc => gc with { Prediction = gc.Prediction?.Unaided is { GcsBefore: > 0 } own ? own : null })]);

    /// <summary>Null when nobody tried to predict.</summary>
    public static PredictionScore? Of(IReadOnlyList<RecordedGc> gcs)
    {
        RecordedGc[] tried = [.. gcs.Where(static gc => gc.Prediction is not null)];
        if (tried.Length == 0)
            return null;
        RecordedGc[] scored = [.. tried.Where(IsScored)];
        int compacting = scored.Count(static gc => gc.IsCompacting);
        return new PredictionScore(
            scored.Length,
            scored.Count(static gc => gc.Prediction!.Compacts == gc.IsCompacting),
            Math.Max(compacting, scored.Length - compacting),
            [.. Enumerable.Range(0, GcLog.Generations).Select(generation => Of(gcs, generation)).OfType<GenerationScore>()],
            [
                .. tried.Where(static gc => gc.Prediction!.Missing is not null)
                    .GroupBy(static gc => gc.Prediction!.Missing!, StringComparer.Ordinal)
                    .Select(static group => (group.Key, group.Count()))
                    .OrderByDescending(static pair => pair.Item2)
                    .ThenBy(static pair => pair.Key, StringComparer.Ordinal),
            ])
        {
            GcsWithUnknownPins = scored.Count(static gc => gc.Prediction!.UnknownPins > 0),
            MostUnknownPins = scored.Select(static gc => gc.Prediction!.UnknownPins).DefaultIfEmpty().Max(),
        };
    }

    /// <summary>Whether a GC was predicted, and measured to its end.</summary>
    public static bool IsScored(RecordedGc gc) => gc is { IsComplete: true, Prediction.Missing: null };

    private static GenerationScore? Of(IReadOnlyList<RecordedGc> gcs, int generation)
    {
        int count = 0;
        double size = 0, sizeOff = 0, freeOff = 0, unchangedSizeOff = 0, unchangedFreeOff = 0;
        GenerationMeasure earlier = default;
        foreach (RecordedGc gc in gcs.Where(static gc => gc.IsComplete))
        {
            GenerationMeasure measured = gc.MeasureOf(generation);
            if (IsScored(gc) && gc.Prediction!.Find(generation) is { } predicted)
            {
                count++;
                size += measured.BytesAfter;
                sizeOff += Math.Abs((double)predicted.SizeBytes - measured.BytesAfter);
                freeOff += Math.Abs((double)predicted.FreeBytes - measured.FreeBytesAfter);
                unchangedSizeOff += Math.Abs((double)earlier.BytesAfter - measured.BytesAfter);
                unchangedFreeOff += Math.Abs((double)earlier.FreeBytesAfter - measured.FreeBytesAfter);
            }

            earlier = measured;
        }

        double scale = size <= 0 ? 0 : 1 / size;
        return count == 0 ? null : new GenerationScore(
            generation, count, (long)(size / count), sizeOff * scale, freeOff * scale, unchangedSizeOff * scale, unchangedFreeOff * scale);
    }
}
