using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>Runs a cache's synthetic workload as written and with every remedy, and ranks what it finds.</summary>
public static class CacheAdvisor
{
    /// <summary>
    /// A cache of arrays on the GC heap of a workstation process. Only entries that are large objects count: with none
    /// of them the prediction is all zero and has no remedies. A large cache is simulated with fewer entries and scaled up.
    /// </summary>
    /// <param name="assumptions">The runtime's defaults and a guessed number of entries when null.</param>
    public static CacheAdvice OnGcHeap(SizeMix mix, GcHeapAssumptions? assumptions = null)
    {
        assumptions ??= new GcHeapAssumptions();
        GcHeapWorkload workload = new(mix);
        if (workload.IsEmpty)
            return new CacheAdvice(new CachePrediction("dotnet-loh", 0, 0, 0, 0), Array.Empty<RemedyPrediction>());

        return new CacheAdvice(GcHeapSpread.AsWritten(mix, assumptions), Ranked(
            new("pooled-chunks", "store each value in 64 KiB chunks rented from a pool", workload.InPooledChunks()),
            new("array-pool", "rent the arrays from ArrayPool<T>.Shared and return them", workload.ThroughArrayPool(assumptions.IsConcurrent)),
            new("one-size", "give every array the size of the largest", workload.PaddedToOneSize(assumptions.IsConcurrent)),
            new("conserve-memory-5", "set GCConserveMemory to 5", workload.AsWritten(assumptions.IsConcurrent, conserve: 5)),
            new("conserve-memory-9", "set GCConserveMemory to 9", workload.AsWritten(assumptions.IsConcurrent, conserve: 9))));
    }

    /// <summary>
    /// A cache in a shared-memory zone of the given size. Keys are added, one old key replaced after each, until a store
    /// is refused. A remedy's heap bytes are the zone bytes that would hold what the zone as written holds by then.
    /// </summary>
    /// <param name="model">Name of the model that plays the zone, such as <c>lua-shared-dict</c>.</param>
    /// <exception cref="Models.ModelSettingException">No model has that name.</exception>
    public static CacheAdvice InZone(SizeMix mix, string model, long zoneBytes)
    {
        ZoneWorkload workload = new(mix, model, zoneBytes);
        CachePrediction asWritten = workload.OneZone();
        if (!workload.CanSplit)
            return new CacheAdvice(asWritten, Array.Empty<RemedyPrediction>());
        return new CacheAdvice(asWritten, Ranked(
            new RemedyPrediction("split-by-size", workload.SplitAdvice, workload.ZonesBySize(asWritten))));
    }

    private static List<RemedyPrediction> Ranked(params RemedyPrediction[] remedies) =>
        [.. remedies.OrderBy(remedy => remedy.Prediction.HeapBytes).ThenBy(remedy => remedy.Id, StringComparer.Ordinal)];
}
