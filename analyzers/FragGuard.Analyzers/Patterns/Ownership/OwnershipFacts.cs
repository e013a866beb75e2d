using System.Collections.Immutable;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What the analysis of one flow graph found.</summary>
/// <param name="Fates">One per acquisition site, in source order.</param>
/// <param name="Events">Every operation on a resource, in the order first seen.</param>
internal sealed record OwnershipFacts(ImmutableArray<OwnershipFate> Fates, ImmutableArray<OwnershipEvent> Events);
