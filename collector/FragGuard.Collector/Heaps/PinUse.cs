using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>Pinned objects of one type and site in generations 0 to 2, and the holes they held open.</summary>
/// <param name="Type">The runtime's name.</param>
/// <param name="Site">Where they were allocated; null unless they were among the sampled objects.</param>
/// <param name="Pins">Pinned objects found, each once per GC.</param>
/// <param name="Gcs">GCs that found any.</param>
/// <param name="PinnedBytes">Their own bytes, summed over those GCs.</param>
/// <param name="HoleBytes">
/// Free bytes right beside them after the GC, summed over those GCs. A hole between two runs with pins counts half for each.
/// </param>
/// <param name="MostHoleBytes">The most of any one GC.</param>
public sealed record PinUse(
    string Type, AllocationSite? Site, long Pins, long Gcs, long PinnedBytes, long HoleBytes, long MostHoleBytes)
{
    /// <summary>Mean over the GCs that found any.</summary>
    public double MeanHoleBytes => Gcs == 0 ? 0 : (double)HoleBytes / Gcs;
}
