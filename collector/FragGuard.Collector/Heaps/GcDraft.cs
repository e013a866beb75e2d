using System.Collections.Generic;
using FragGuard.Collector.Forecasts;

namespace FragGuard.Collector.Heaps;

/// <summary>A GC whose events are still coming in.</summary>
internal sealed class GcDraft(int number, int generation, GcKind kind, string reason, double startMs)
{
    public int Number { get; } = number;

    public GcKind Kind { get; set; } = kind;

    public double PauseMs { get; set; }

    public double? StopMs { get; set; }

    public bool IsMeasured { get; set; }

    public bool IsCompacting { get; set; }

    public long PromotedBytes { get; set; }

    public GenerationMeasure[] Measures { get; } = new GenerationMeasure[GcLog.Generations];

    public IReadOnlyList<GenerationFigures> Reconstruction { get; set; } = [];

    public GcPrediction? Prediction { get; set; }

    public RecordedGc Build() => new(
        Number, generation, Kind, reason, startMs, PauseMs, IsCompacting, StopMs is not null && IsMeasured,
        Measures[0], Measures[1], Measures[2], Measures[3], Measures[4], PromotedBytes)
    {
        Reconstruction = Reconstruction,
        Prediction = Prediction,
    };
}
