using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>Finds the allocations whose size stands in the source.</summary>
internal sealed class SizedAllocations
{
    private readonly INamedTypeSymbol? _gc;
    private readonly INamedTypeSymbol? _list;
    private readonly INamedTypeSymbol? _stream;
    private readonly INamedTypeSymbol? _builder;
    private readonly INamedTypeSymbol _byte;
    private readonly INamedTypeSymbol _char;

    public SizedAllocations(KnownSymbols symbols)
    {
        _gc = symbols["System.GC"];
        _list = symbols["System.Collections.Generic.List`1"];
        _stream = symbols["System.IO.MemoryStream"];
        _builder = symbols["System.Text.StringBuilder"];
        _byte = symbols.Compilation.GetSpecialType(SpecialType.System_Byte);
        _char = symbols.Compilation.GetSpecialType(SpecialType.System_Char);
    }

    /// <summary>The allocation on the movable heap that the operation is, or null.</summary>
    public SizedAllocation? From(IOperation operation) => operation switch
    {
        { IsImplicit: true } or { Syntax.ContainsDiagnostics: true } => null,
        IArrayCreationOperation { Type: IArrayTypeSymbol array, DimensionSizes.IsEmpty: false } creation => new(
            creation, "array", array.ElementType, creation.DimensionSizes),
        IInvocationOperation call when IsOfGc(call) && !IsPinned(call) => FromGc(call),
        IObjectCreationOperation { Constructor: not null } creation => FromConstructor(creation),
        _ => null,
    };

    /// <summary>The array on the pinned heap that the operation is, or null.</summary>
    public SizedAllocation? Pinned(IOperation operation) =>
        operation is IInvocationOperation { Syntax.ContainsDiagnostics: false } call && IsOfGc(call) && IsPinned(call) ? FromGc(call) : null;

    private bool IsOfGc(IInvocationOperation call) =>
        call.TargetMethod is { Name: "AllocateArray" or "AllocateUninitializedArray", TypeArguments.Length: 1 } method
        && Is(method.ContainingType, _gc);

    private static bool IsPinned(IInvocationOperation call) =>
        Argument(call.Arguments, "pinned") is { } pinned && pinned.ConstantValue is not { HasValue: true, Value: false };

    private static SizedAllocation? FromGc(IInvocationOperation call) =>
        Argument(call.Arguments, "length") is { } length && call.TargetMethod.TypeArguments[0] is { TypeKind: not TypeKind.Error } element
            ? new(call, "array", element, [length])
            : null;

    private SizedAllocation? FromConstructor(IObjectCreationOperation creation)
    {
        if (creation.Type?.SpecialType == SpecialType.System_String)
        {
            return Argument(creation.Arguments, "count") is { } count
                ? new(creation, "string", _char, [count])
                : null;
        }

        (string? kind, ITypeSymbol? element) =
            Is(creation.Type, _stream) ? ("stream", _byte)
            : Is(creation.Type, _builder) ? ("builder", _char)
            : Is(creation.Type, _list) ? ("list", ((INamedTypeSymbol)creation.Type!).TypeArguments[0])
            : default((string?, ITypeSymbol?));
        return kind is not null && element is not null && Argument(creation.Arguments, "capacity") is { } capacity
            ? new(creation, kind, element, [capacity])
            : null;
    }

    private static IOperation? Argument(ImmutableArray<IArgumentOperation> arguments, string name)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (string.Equals(argument.Parameter?.Name, name, StringComparison.Ordinal))
                return argument.Value;
        }

        return null;
    }

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
