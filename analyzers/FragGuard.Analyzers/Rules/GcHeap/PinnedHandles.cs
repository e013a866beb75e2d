using System.Linq;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>The ownership protocol of handles that keep an object where it lies.</summary>
internal sealed class PinnedHandles : IOwnershipProtocol
{
    private readonly INamedTypeSymbol? _gcHandle;
    private readonly INamedTypeSymbol? _pinnedGcHandle;
    private readonly INamedTypeSymbol? _memoryHandle;
    private readonly INamedTypeSymbol? _memory;
    private readonly INamedTypeSymbol? _readOnlyMemory;

    private PinnedHandles(KnownSymbols symbols)
    {
        _gcHandle = symbols["System.Runtime.InteropServices.GCHandle"];
        _pinnedGcHandle = symbols["System.Runtime.InteropServices.PinnedGCHandle`1"];
        _memoryHandle = symbols["System.Buffers.MemoryHandle"];
        _memory = symbols["System.Memory`1"];
        _readOnlyMemory = symbols["System.ReadOnlyMemory`1"];
    }

    /// <summary>The protocol, or null when the compilation has no handle that pins.</summary>
    public static PinnedHandles? From(KnownSymbols symbols)
    {
        PinnedHandles handles = new(symbols);
        return handles._gcHandle is null && handles._memoryHandle is null ? null : handles;
    }

    public Mentioned Words => Mentioned.Pin;

    public HeldTypes Types => AddressTypes.Instance;

    public bool Acquires(IOperation operation) =>
        PinnedBy(operation) is not null && !operation.Syntax.ContainsDiagnostics;

    public IOperation? GivenBackBy(IInvocationOperation call)
    {
        if (call.TargetMethod is not { Parameters.IsEmpty: true, IsStatic: false } method)
            return null;

        bool gives = method.Name switch
        {
            "Free" => Is(method.ContainingType, _gcHandle),
            "Dispose" => true,
            _ => false,
        };
        return gives ? call.Instance : null;
    }

    /// <summary>The object or memory that the operation pins until the handle is freed, or null when it pins nothing.</summary>
    public IOperation? PinnedBy(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "Alloc", IsStatic: true } method, Arguments.Length: 2 } call
            when Is(method.ContainingType, _gcHandle) && IsPinned(ArgumentAt(call, 1)) => ArgumentAt(call, 0),
        IInvocationOperation { TargetMethod: { Name: "Pin", Parameters.IsEmpty: true } method } call
            when Is(method.ContainingType, _memory) || Is(method.ContainingType, _readOnlyMemory) => call.Instance,
        IObjectCreationOperation { Arguments.Length: 1, Type: { } type } creation
            when Is(type, _pinnedGcHandle) => creation.Arguments[0].Value,
        _ => null,
    };

    /// <summary>True for the types whose values keep an object pinned.</summary>
    public bool IsHandle(ITypeSymbol? type) =>
        Is(type, _gcHandle) || Is(type, _pinnedGcHandle) || Is(type, _memoryHandle);

    private static bool IsPinned(IOperation? kind) => kind is IFieldReferenceOperation { Field.Name: "Pinned" };

    private static IOperation? ArgumentAt(IInvocationOperation call, int ordinal) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
