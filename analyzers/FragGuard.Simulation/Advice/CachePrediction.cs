namespace FragGuard.Simulation.Advice;

/// <summary>What the simulator expects of one cache layout under its synthetic workload.</summary>
/// <param name="Model">Name of the model that predicts.</param>
/// <param name="Waste">
/// Share of the heap or zone that holds no live entry, 0..1. GC heap: free bytes / heap bytes right after a full GC, mean
/// over the steady state. Zone: 1 − live bytes / zone bytes when the first store is refused.
/// </param>
/// <param name="LiveBytes">Mean live bytes in the steady state.</param>
/// <param name="HeapBytes">Mean committed bytes in the steady state.</param>
/// <param name="PeakHeapBytes">Most committed bytes.</param>
public sealed record CachePrediction(string Model, double Waste, long LiveBytes, long HeapBytes, long PeakHeapBytes)
{
    /// <summary>Least waste among the runs that <see cref="Waste"/> is the mean of.</summary>
    public double WasteLow { get; init; } = Waste;

    /// <summary>Most waste among those runs.</summary>
    public double WasteHigh { get; init; } = Waste;

    /// <summary>Mean overhead in the steady state: heap bytes beyond the live bytes / live bytes; may exceed 1.</summary>
    public double Overhead => LiveBytes == 0 ? 0 : (double)(HeapBytes - LiveBytes) / LiveBytes;
}
