using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A place at which an object goes back to where the next user takes it from.</summary>
/// <param name="Operation">The call, the store, or the result of a policy.</param>
/// <param name="Variable">The local or parameter that is the object; null where the place is a pool's creation.</param>
/// <param name="Growable">Its type's definition.</param>
/// <param name="Shelf">The collection or field that keeps it; null for a pool of objects.</param>
/// <param name="Name">What keeps it, as the message names it.</param>
internal sealed record GiveBack(IOperation Operation, ISymbol? Variable, INamedTypeSymbol Growable, ISymbol? Shelf, string Name);
