using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Reports;

/// <summary>Plays the recorded large objects through <c>dotnet-loh</c>, collecting exactly where the recorded GCs did.</summary>
internal static class LohReplay
{
    private static readonly KeyValuePair<string, string>[] AsRecorded = [new("gc", "scripted")];

    /// <summary>The simulated heap beside the measured one; null when too little was recorded of them.</summary>
    public static ReplaySummary? Run(RecordedRun run)
    {
        IReadOnlyList<RecordedGc> steady = SteadyState.FullGcs(run.Collections);
        if (steady.Count == 0 || LargeObjectGap.Of(run.LargeObjects) is not null)
            return null;
        ReplayedGcs replayed = new();
        SimulationResult result = Simulator.Run(run.LargeObjects.Trace, ModelValidation.LargeObjectModel, AsRecorded, replayed.Observe);
        return ModelValidation.Of(ModelValidation.LargeObjectModel, replayed, steady) is { Gcs.Count: > 0 } validation
            ? new ReplaySummary(
                ModelValidation.LargeObjectModel,
                result.Operations,
                validation.Gcs.Average(gc => gc.SimulatedFragmentation),
                validation.Gcs.Average(gc => gc.MeasuredFragmentation),
                (long)validation.Gcs.Average(gc => (double)gc.SimulatedBytes),
                (long)validation.Gcs.Average(gc => (double)gc.MeasuredBytes),
                AllocatorModels.ByName(ModelValidation.LargeObjectModel).Fidelity)
            : null;
    }
}
