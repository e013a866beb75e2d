using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads;

/// <summary>Entries whose value sizes are uniform in [MinBytes, MaxBytes], both ends included.</summary>
/// <param name="Weight">Share of stores that draw from this part, relative to the other parts.</param>
public readonly record struct SizeMixPart(long MinBytes, long MaxBytes, double Weight = 1);

/// <summary>The sizes one cache holds, and how long its synthetic workload runs.</summary>
/// <param name="Parts">At least one part.</param>
/// <param name="Entries">Live entries once the cache is full.</param>
/// <param name="Replacements">Random replacements after the cache has filled.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record SizeMix(IReadOnlyList<SizeMixPart> Parts, int Entries = 600, int Replacements = 24_000, ulong Seed = 1);
