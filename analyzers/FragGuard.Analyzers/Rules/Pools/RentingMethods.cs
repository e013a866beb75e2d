using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// The methods of a compilation that rent an array and do nothing but hand it over: all they return is what they rented,
/// and they keep no second reference to it.
/// </summary>
internal sealed class RentingMethods
{
    public const int MaximumDepth = 3;

    private readonly SourceBodies _bodies;
    private readonly Func<IInvocationOperation, bool> _rents;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public RentingMethods(SourceBodies bodies, Func<IInvocationOperation, bool> rents)
    {
        _bodies = bodies;
        _rents = rents;
    }

    public bool Contains(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.ReturnType is IArrayTypeSymbol && _known.GetOrAdd(method, found => HandsOver(found, depth: 0));
    }

    private bool HandsOver(IMethodSymbol method, int depth)
    {
        if (OwnershipAttributes.Rents(method))
            return true;
        if (depth == MaximumDepth || method.IsAbstract || method.IsVirtual || method.IsOverride)
            return false;
        return _bodies.Of(method, CancellationToken.None) is { } body
            && SourceBodies.ReturnedBy(body) is { Count: > 0 } results
            && results.All(result => IsRented(result, body, depth));
    }

    private bool IsRented(IOperation result, IOperation body, int depth)
    {
        if (AssignedOnce.Resolve(result, body) is not IInvocationOperation call)
            return false;
        if (result is ILocalReferenceOperation { Local: var local } && !IsOnlyLookedAt(local, body))
            return false;
        return _rents(call) || HandsOver((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, depth + 1);
    }

    private static bool IsOnlyLookedAt(ILocalSymbol local, IOperation body) => LocalReferences.In(body).To(local).All(reference =>
        reference.Parent is IReturnOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation
        && SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, FunctionAround(reference) ?? local.ContainingSymbol));

    private static IMethodSymbol? FunctionAround(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation lambda)
                return lambda.Symbol;
            if (outer is ILocalFunctionOperation function)
                return function.Symbol;
        }

        return null;
    }
}
