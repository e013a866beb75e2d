using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>One place of a method where a resource begins to be followed.</summary>
/// <param name="Operation">The acquisition, or what stands for it.</param>
/// <param name="Origin">How the method came by the resource.</param>
internal sealed record OwnershipSite(IOperation Operation, OwnershipOrigin Origin);
