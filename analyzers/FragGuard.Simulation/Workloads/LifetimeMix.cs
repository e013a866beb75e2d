using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads;

/// <summary>Entries whose value sizes are uniform in [MinBytes, MaxBytes], and that live equally long.</summary>
/// <param name="Lifetime">How long one lives, in any unit that all parts share; above 0.</param>
/// <param name="Weight">Share of the live entries, relative to the other parts.</param>
public readonly record struct LifetimeMixPart(long MinBytes, long MaxBytes, double Lifetime, double Weight = 1);

/// <summary>The sizes and lifetimes that one cache holds.</summary>
/// <param name="Parts">At least one part.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record LifetimeMix(IReadOnlyList<LifetimeMixPart> Parts, ulong Seed = 1);
