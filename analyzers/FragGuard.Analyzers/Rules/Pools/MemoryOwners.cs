using System.Linq;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>The ownership protocol of <c>IMemoryOwner&lt;T&gt;</c>: what rents one acquires, Dispose gives back.</summary>
internal sealed class MemoryOwners : IOwnershipProtocol
{
    private readonly INamedTypeSymbol _owner;

    private MemoryOwners(INamedTypeSymbol owner) => _owner = owner;

    /// <summary>The protocol, or null when the compilation has no memory owner.</summary>
    public static MemoryOwners? From(KnownSymbols symbols) =>
        symbols["System.Buffers.IMemoryOwner`1"] is { } owner ? new MemoryOwners(owner) : null;

    public Mentioned Words => Mentioned.Rent;

    public HeldTypes Types => HeldTypes.OfObjects;

    public bool Acquires(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Rent" } method }
        && ElementOf(method.ReturnType) is { TypeKind: not TypeKind.Error }
        && !operation.Syntax.ContainsDiagnostics;

    public IOperation? GivenBackBy(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Dispose", Parameters.IsEmpty: true, IsStatic: false } ? call.Instance : null;

    /// <summary>The type of the elements of a memory owner, or null for another type.</summary>
    public ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        INamedTypeSymbol? owner = IsOwner(type) ? (INamedTypeSymbol)type : type.AllInterfaces.FirstOrDefault(IsOwner);
        return owner?.TypeArguments[0];
    }

    /// <summary>True for <c>MemoryPool&lt;T&gt;.Shared</c>, which takes its blocks from the shared array pool.</summary>
    public static bool IsSharedPool(IOperation pool) =>
        pool is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Shared", ContainingType.Name: "MemoryPool" } };

    private bool IsOwner(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _owner);
}
