using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Forecasts;

/// <summary>
/// What the model of the GC heap said of one GC before it looked at the outcome: given the regions it began with, the objects
/// it found alive and those it found pinned.
/// </summary>
/// <param name="Compacts">Whether small objects were to be moved.</param>
/// <param name="Generations">Generations 0 to 2 right after the GC, and the pinned heap after a full one.</param>
public sealed record GcPrediction(bool Compacts, IReadOnlyList<PredictedGeneration> Generations)
{
    /// <summary>Why nothing was predicted, in a few words; null where it was.</summary>
    public string? Missing { get; private init; }

    /// <summary>
    /// The same by a heap that the model keeps by itself, and is told of births and deaths only; null where it has none.
    /// </summary>
    public GcPrediction? Unaided { get; init; }

    /// <summary>GCs that this heap went through before, since it began as a copy of the real one.</summary>
    public int GcsBefore { get; init; }

    /// <summary>
    /// Pins that the runtime counted and the recording does not name: taken for objects that may be moved. They hold regions in
    /// generations 0 and 1, of which nothing is said then.
    /// </summary>
    public int UnknownPins { get; private init; }

    /// <summary>What was said of a generation; null when nothing was.</summary>
    public PredictedGeneration? Find(int generation)
    {
        foreach (PredictedGeneration one in Generations)
        {
            if (one.Generation == generation)
                return one;
        }

        return null;
    }

    internal GcPrediction WithoutPins(int unknown) => this with
    {
        UnknownPins = unknown,
        Generations = [.. Generations.Where(static one => one.Generation >= 2)],
        Unaided = Unaided?.WithoutPins(unknown),
    };

    internal static GcPrediction None(string missing) => new(false, []) { Missing = missing };
}
