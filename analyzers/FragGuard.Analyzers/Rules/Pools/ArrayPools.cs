using System;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>The ownership protocol of <c>ArrayPool&lt;T&gt;</c>: Rent acquires, Return gives back.</summary>
internal sealed class ArrayPools : IOwnershipProtocol
{
    private readonly INamedTypeSymbol _arrayPool;

    private ArrayPools(INamedTypeSymbol arrayPool) => _arrayPool = arrayPool;

    /// <summary>The protocol, or null when the compilation has no array pool.</summary>
    public static ArrayPools? From(KnownSymbols symbols) =>
        symbols["System.Buffers.ArrayPool`1"] is { } arrayPool ? new ArrayPools(arrayPool) : null;

    public HeldTypes Types => HeldTypes.OfObjects;

    public bool Acquires(IOperation operation) =>
        operation is IInvocationOperation { Arguments.Length: 1 } call && IsMethodOfPool(call.TargetMethod, "Rent");

    public IOperation? GivenBackBy(IInvocationOperation call)
    {
        if (!IsMethodOfPool(call.TargetMethod, "Return"))
            return null;

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0)
                return argument.Value;
        }

        return null;
    }

    /// <summary>True for <c>ArrayPool&lt;T&gt;.Shared</c>, the pool whose rounding is known.</summary>
    public bool IsShared(IOperation? pool) =>
        pool is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Shared" } shared }
        && IsPool(shared.ContainingType);

    /// <summary>True for <c>ArrayPool&lt;T&gt;.Create</c>.</summary>
    public bool IsCreation(IMethodSymbol method) =>
        method is { IsStatic: true, Name: "Create", ContainingType: { } type } && IsPool(type);

    private bool IsMethodOfPool(IMethodSymbol method, string name)
    {
        if (method.IsStatic || !string.Equals(method.Name, name, StringComparison.Ordinal))
            return false;

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (IsPool(type))
                return true;
        }

        return false;
    }

    /// <summary>True for <c>ArrayPool&lt;T&gt;</c> itself, and not for a type derived from it.</summary>
    public bool IsPool(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _arrayPool);
}
