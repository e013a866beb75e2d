using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>How the resources of one site end.</summary>
/// <param name="Site">The acquisition; the parameter's method body when a parameter is followed.</param>
/// <param name="AtEnd">
/// Every state a resource may be in where the method returns normally or where the last reference to it is lost;
/// none when no normal path leads there.
/// </param>
internal sealed record OwnershipFate(IOperation Site, OwnershipStates AtEnd);
