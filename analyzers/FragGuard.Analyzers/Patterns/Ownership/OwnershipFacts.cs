using System.Collections.Immutable;
using System.Linq;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What the analysis of one flow graph found.</summary>
/// <param name="Fates">One per acquisition site, in source order.</param>
/// <param name="Events">Every operation on a resource, in the order first seen.</param>
internal sealed record OwnershipFacts(ImmutableArray<OwnershipFate> Fates, ImmutableArray<OwnershipEvent> Events)
{
    /// <summary>The facts on resources that the protocol's own calls acquired, callees apart.</summary>
    public OwnershipFacts OfAcquired()
    {
        ImmutableArray<OwnershipFate> fates = Fates.Where(fate => fate.Origin == OwnershipOrigin.Acquired).ToImmutableArray();
        return new OwnershipFacts(
            fates,
            Events.Where(step => step.Kind != OwnershipEventKind.ReturnedByCallee && fates.Any(fate => fate.Site == step.Site))
                .ToImmutableArray());
    }
}
