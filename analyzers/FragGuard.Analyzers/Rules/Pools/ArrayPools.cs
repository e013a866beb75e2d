using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>The ownership protocol of <c>ArrayPool&lt;T&gt;</c>: Rent acquires, Return gives back.</summary>
internal sealed class ArrayPools : IOwnershipProtocol, IHandedOverResources
{
    private const string AdditionalPoolsKey = "fragguard.additional_pool_types";

    private readonly INamedTypeSymbol _arrayPool;
    private readonly ImmutableHashSet<INamedTypeSymbol> _additionalPools;
    private readonly RentingMethods _rentingMethods;
    private readonly KnownSymbols _symbols;

    private ArrayPools(INamedTypeSymbol arrayPool, ImmutableHashSet<INamedTypeSymbol> additionalPools, KnownSymbols symbols)
    {
        _arrayPool = arrayPool;
        _additionalPools = additionalPools;
        _symbols = symbols;
        _rentingMethods = new RentingMethods(symbols.Bodies, IsRent);
    }

    /// <summary>The protocol, or null when the compilation has no array pool.</summary>
    public static ArrayPools? From(KnownSymbols symbols, AnalyzerOptions? options = null) =>
        symbols["System.Buffers.ArrayPool`1"] is { } arrayPool
            ? new ArrayPools(arrayPool, AdditionalPools(symbols, options), symbols)
            : null;

    /// <summary>The bodies of the compilation, bound at most once for all rules.</summary>
    public SourceBodies Bodies => _symbols.Bodies;

    public Mentioned Words => Mentioned.Rent | Mentioned.Return;

    public HeldTypes Types => HeldTypes.OfObjects;

    public bool Acquires(IOperation operation) =>
        operation is IInvocationOperation { Arguments.Length: 1 } call && IsMethodOfPool(call.TargetMethod, "Rent");

    public bool HandsOver(IInvocationOperation call) =>
        call.Type is IArrayTypeSymbol && !Acquires(call)
        && (IsMethodOfAdditionalPool(call.TargetMethod, "Rent") || _rentingMethods.Contains(call.TargetMethod));

    public CompilationMentions? HandOvers(CompilationMentions mentions, CancellationToken cancellation) =>
        RentingNames.Mentions(_symbols, mentions, _rentingMethods, cancellation);

    public IOperation? GivenBackBy(IInvocationOperation call)
    {
        if (!IsMethodOfPool(call.TargetMethod, "Return") && !IsMethodOfAdditionalPool(call.TargetMethod, "Return"))
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

    /// <summary>True for a type that is an array pool or derives from one.</summary>
    public bool IsPoolOrDerived(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsPool(type))
                return true;
        }

        return false;
    }

    private bool IsRent(IInvocationOperation call) => Acquires(call) || IsMethodOfAdditionalPool(call.TargetMethod, "Rent");

    private bool IsMethodOfPool(IMethodSymbol method, string name) =>
        !method.IsStatic && string.Equals(method.Name, name, StringComparison.Ordinal) && IsPoolOrDerived(method.ContainingType);

    private bool IsMethodOfAdditionalPool(IMethodSymbol method, string name) =>
        !_additionalPools.IsEmpty
        && string.Equals(method.Name, name, StringComparison.Ordinal)
        && _additionalPools.Contains(method.ContainingType.OriginalDefinition);

    /// <summary>True for <c>ArrayPool&lt;T&gt;</c> itself, and not for a type derived from it.</summary>
    public bool IsPool(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _arrayPool);

    private static ImmutableHashSet<INamedTypeSymbol> AdditionalPools(KnownSymbols symbols, AnalyzerOptions? options)
    {
        IEnumerable<string> names = options is null ? [] : symbols.NamesAnywhere(options, AdditionalPoolsKey);
        return names.Select(name => symbols[name]).OfType<INamedTypeSymbol>()
            .ToImmutableHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
    }
}
