using System.Collections.Generic;
using FragGuard.Collector.Forecasts;

namespace FragGuard.Collector.Heaps;

/// <summary>One GC.</summary>
/// <param name="Number">The runtime's count.</param>
/// <param name="Generation">Oldest generation collected: 2 is a full GC, which includes large and pinned objects.</param>
/// <param name="Reason">The runtime's own word.</param>
/// <param name="StartMs">When it was started.</param>
/// <param name="PauseMs">How long the program stood still for it.</param>
/// <param name="IsCompacting">Whether small objects were moved.</param>
/// <param name="IsComplete">Whether its end and its measures were seen.</param>
/// <param name="PromotedBytes">Bytes that survived; the runtime leaves pinned-heap objects out of its event.</param>
public sealed record RecordedGc(
    int Number,
    int Generation,
    GcKind Kind,
    string Reason,
    double StartMs,
    double PauseMs,
    bool IsCompacting,
    bool IsComplete,
    GenerationMeasure Gen0,
    GenerationMeasure Gen1,
    GenerationMeasure Gen2,
    GenerationMeasure Loh,
    GenerationMeasure Poh,
    long PromotedBytes)
{
    /// <summary>
    /// Generations 0 to 4 right after the GC, put together from its lists of regions and survivors; empty when the recording
    /// has no such lists.
    /// </summary>
    public IReadOnlyList<GenerationFigures> Reconstruction { get; init; } = [];

    /// <summary>What a model said of it beforehand; null unless the reading was asked to predict.</summary>
    public GcPrediction? Prediction { get; init; }

    /// <summary>The runtime's own measure of a generation, 0 to 4.</summary>
    public GenerationMeasure MeasureOf(int generation) => generation switch
    {
        0 => Gen0,
        1 => Gen1,
        2 => Gen2,
        GenerationExtent.LargeObjects => Loh,
        _ => Poh,
    };

    /// <summary>All generations after the GC, free space included.</summary>
    public long HeapBytesAfter =>
        Gen0.BytesAfter + Gen1.BytesAfter + Gen2.BytesAfter + Loh.BytesAfter + Poh.BytesAfter;
}
