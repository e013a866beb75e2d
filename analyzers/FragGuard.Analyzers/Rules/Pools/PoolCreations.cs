using System;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Expressions that make a pool of arrays, memory or objects.</summary>
internal sealed class PoolCreations
{
    /// <summary>Methods that take something out of a pool.</summary>
    public static readonly ImmutableHashSet<string> Takes = ImmutableHashSet.Create(StringComparer.Ordinal, "Rent", "Get");

    private readonly KnownSymbols _symbols;
    private readonly INamedTypeSymbol? _arrayPool;
    private readonly INamedTypeSymbol? _objectPools;
    private readonly INamedTypeSymbol? _objectPoolProvider;
    private readonly ImmutableArray<INamedTypeSymbol> _poolTypes;

    private PoolCreations(KnownSymbols symbols)
    {
        _symbols = symbols;
        _arrayPool = symbols["System.Buffers.ArrayPool`1"];
        _objectPools = symbols["Microsoft.Extensions.ObjectPool.ObjectPool"];
        _objectPoolProvider = symbols["Microsoft.Extensions.ObjectPool.ObjectPoolProvider"];
        _poolTypes = new[]
        {
            _arrayPool, symbols["System.Buffers.MemoryPool`1"], symbols["Microsoft.Extensions.ObjectPool.ObjectPool`1"],
        }.OfType<INamedTypeSymbol>().ToImmutableArray();
    }

    /// <summary>Null when the compilation has no pool at all.</summary>
    public static PoolCreations? From(KnownSymbols symbols)
    {
        PoolCreations creations = new(symbols);
        return creations._poolTypes.IsEmpty ? null : creations;
    }

    /// <summary>The type of the pool that the operation makes, or null when it makes none.</summary>
    /// <param name="operation">A call or an object creation.</param>
    /// <param name="additionalTypes">Metadata names of further types of pools.</param>
    public INamedTypeSymbol? MadeBy(IOperation operation, ImmutableArray<string> additionalTypes) => operation switch
    {
        IInvocationOperation call when IsFactory(call.TargetMethod) => call.TargetMethod.ReturnType as INamedTypeSymbol,
        IObjectCreationOperation { Type: INamedTypeSymbol { TypeKind: TypeKind.Class } type }
            when IsPool(type, additionalTypes) => type,
        _ => null,
    };

    /// <summary>True for a call of <c>ArrayPool&lt;T&gt;.Create</c>.</summary>
    public bool IsCreatedArrayPool(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" } method }
        && Is(method.ContainingType, _arrayPool);

    private bool IsFactory(IMethodSymbol method)
    {
        if (method.Name is "Create")
        {
            return (method.IsStatic && (Is(method.ContainingType, _arrayPool) || Is(method.ContainingType, _objectPools)))
                || (!method.IsStatic && Is(method.ContainingType, _objectPoolProvider));
        }

        return method.Name is "CreateStringBuilderPool"
            && method.ContainingType?.FullName() is "Microsoft.Extensions.ObjectPool.ObjectPoolProviderExtensions";
    }

    private bool IsPool(INamedTypeSymbol type, ImmutableArray<string> additionalTypes)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (INamedTypeSymbol pool in _poolTypes)
            {
                if (Is(current, pool))
                    return true;
            }

            foreach (string name in additionalTypes)
            {
                if (Is(current, _symbols[name]))
                    return true;
            }
        }

        return false;
    }

    private static bool Is(INamedTypeSymbol? type, INamedTypeSymbol? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, other);
}
