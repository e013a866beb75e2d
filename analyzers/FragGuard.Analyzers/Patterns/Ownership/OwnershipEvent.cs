using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>One operation on the resource of one site, with all states it may be in just before.</summary>
/// <param name="Kind">What the operation does.</param>
/// <param name="Site">The acquisition, an operation of the same flow graph.</param>
/// <param name="Operation">The operation that does it.</param>
/// <param name="Before">Every state the resource may be in, over all paths and all runs of a finally block.</param>
/// <param name="IsCertain">False when the value may also be the resource of another site, or is only supposed to be a view.</param>
internal sealed record OwnershipEvent(
    OwnershipEventKind Kind, IOperation Site, IOperation Operation, OwnershipStates Before, bool IsCertain)
{
    /// <summary>The states just before, one entry for each run of the finally block that the operation stands in.</summary>
    public ImmutableArray<OwnershipStates> BeforeInRuns { get; init; } = [];

    /// <summary>True when the value is the resource on some of the paths only; its states are then those of others as well.</summary>
    public bool IsPartial { get; init; }

    public bool IsReturn => Kind is OwnershipEventKind.Returned or OwnershipEventKind.ReturnedByCallee;
}
