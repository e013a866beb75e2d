using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>Plays the recorded large objects through <c>dotnet-loh</c>, collecting exactly where the recorded GCs did.</summary>
internal static class LohReplay
{
    private const string Model = "dotnet-loh";

    private static readonly KeyValuePair<string, string>[] AsRecorded = [new("gc", "scripted")];

    /// <summary>The simulated heap beside the measured one; null when nothing large was recorded.</summary>
    public static ReplaySummary? Run(LargeObjectHistory recorded, HeapSummary measured)
    {
        if (recorded.Births == 0 || measured.SteadyStateGcs == 0)
            return null;
        List<HeapCounters> afterFullGcs = [];
        SimulationResult result = Simulator.Run(
            recorded.Trace,
            Model,
            AsRecorded,
            (long _, in AllocationEvent played, EventOutcome _, in HeapCounters counters) =>
            {
                if (played.Kind == AllocationEventKind.Trim)
                    afterFullGcs.Add(counters);
            });
        HeapCounters[] steady = afterFullGcs.Skip(afterFullGcs.Count - measured.SteadyStateGcs)
            .Where(counters => counters.CommittedBytes > 0).ToArray();
        if (steady.Length == 0)
            return null;
        return new ReplaySummary(
            Model,
            result.Operations,
            steady.Average(counters => (double)counters.FreeBytes / counters.CommittedBytes),
            measured.LohFragmentation,
            (long)steady.Average(counters => (double)counters.CommittedBytes),
            measured.LohMeanBytes,
            AllocatorModels.ByName(Model).Fidelity);
    }
}
