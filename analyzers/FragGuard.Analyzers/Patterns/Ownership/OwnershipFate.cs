using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>How the resources of one site end.</summary>
/// <param name="Site">The acquisition; the parameter's method body when a parameter is followed.</param>
/// <param name="AtEnd">
/// Every state a resource may be in where the method returns normally or where the last reference to it is lost;
/// none when no normal path leads there.
/// </param>
internal sealed record OwnershipFate(IOperation Site, OwnershipStates AtEnd)
{
    public OwnershipOrigin Origin { get; init; }

    /// <summary>The same on those paths alone on which no exception was caught.</summary>
    public OwnershipStates AtNormalEnd { get; init; }

    /// <summary>Every state where an exception leaves the method; none unless the options ask for it.</summary>
    public OwnershipStates AtThrow { get; init; }

    /// <summary>False when several resources of the site may have been alive at once.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>The blocks from which the method returns normally although the resource may still be held.</summary>
    public ImmutableArray<BasicBlock> LeakingExits { get; init; } = [];
}
