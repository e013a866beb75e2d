using System;

namespace FragGuard.Simulation.Advice;

/// <summary>What a zone wastes with several lifetimes in it, and what it would waste otherwise.</summary>
/// <param name="AsWritten">All lifetimes in one zone.</param>
/// <param name="SameLifetimes">The same sizes in one zone, all living equally long.</param>
/// <param name="Split">The short-lived and the long-lived in zones of their own, as large together as the one.</param>
/// <param name="ShortestLong">The lifetime from which an entry belongs to the long-lived.</param>
/// <param name="LongShare">Share of the zone bytes that the long-lived get.</param>
public sealed record LifetimeAdvice(
    CachePrediction AsWritten, CachePrediction SameLifetimes, CachePrediction Split, double ShortestLong, double LongShare)
{
    /// <summary>Waste that the mix of lifetimes causes and the split saves, 0..1.</summary>
    public double Harm => Math.Max(0, AsWritten.Waste - Math.Max(Split.Waste, SameLifetimes.Waste));
}
