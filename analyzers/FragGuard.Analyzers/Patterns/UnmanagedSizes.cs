using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Bytes of one value of an unmanaged type, as a 64-bit runtime lays it out; null when that is not known.</summary>
internal static class UnmanagedSizes
{
    private const int MostNesting = 16;

    /// <summary>Structs of the base library, whose fields a reference assembly does not show: size and alignment.</summary>
    private static readonly Dictionary<string, Layout> Known = new(StringComparer.Ordinal)
    {
        ["System.DateOnly"] = new(4, 4),
        ["System.DateTimeOffset"] = new(16, 8),
        ["System.Guid"] = new(16, 4),
        ["System.Half"] = new(2, 2),
        ["System.Index"] = new(4, 4),
        ["System.Int128"] = new(16, 16),
        ["System.Range"] = new(8, 4),
        ["System.Text.Rune"] = new(4, 4),
        ["System.TimeOnly"] = new(8, 8),
        ["System.TimeSpan"] = new(8, 8),
        ["System.UInt128"] = new(16, 16),
    };

    /// <summary>Bytes of an element of an array or a collection, which may be a reference; null when its layout is not known.</summary>
    public static long? OfElement(ITypeSymbol element) => element switch
    {
        { TypeKind: TypeKind.Error } => null,
        { IsReferenceType: true } => 8,
        _ => Of(element),
    };

    public static long? Of(ITypeSymbol? type) => type is null ? null : LayoutOf(type, MostNesting)?.Bytes;

    private static Layout? LayoutOf(ITypeSymbol type, int nesting)
    {
        if (nesting == 0 || !type.IsUnmanagedType || type.TypeKind == TypeKind.TypeParameter)
            return null;
        if (type is IPointerTypeSymbol or IFunctionPointerTypeSymbol)
            return new(8, 8);
        // The runtime orders a tuple's fields as it likes.
        if (type is not INamedTypeSymbol { IsTupleType: false } named)
            return null;
        if (named.EnumUnderlyingType is { } underlying)
            return LayoutOf(underlying, nesting - 1);
        if (Primitive(named.SpecialType) is { } bytes)
            return new(bytes, Math.Min(bytes, 8));
        if (Known.TryGetValue(named.FullName(), out Layout? known))
            return known;
        return named.DeclaringSyntaxReferences.IsEmpty ? null : OfFields(named, nesting);
    }

    private static long? Primitive(SpecialType type) => type switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_DateTime => 8,
        SpecialType.System_Decimal => 16,
        _ => null,
    };

    private static Layout? OfFields(INamedTypeSymbol type, int nesting)
    {
        AttributeData? structLayout = Attribute(type, "System.Runtime.InteropServices.StructLayoutAttribute");
        LayoutKind kind = (LayoutKind)(Argument(structLayout) ?? (int)LayoutKind.Sequential);
        if (kind == LayoutKind.Auto)
            return null;
        long pack = Named(structLayout, "Pack") is > 0 and { } given ? given : 8;
        long end = 0;
        long alignment = 1;
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: false } field)
                continue;
            if (FieldLayout(field, nesting) is not { } layout)
                return null;
            long fieldAlignment = Math.Min(layout.Alignment, pack);
            alignment = Math.Max(alignment, fieldAlignment);
            long? start = kind == LayoutKind.Explicit ? Offset(field) : RoundUp(end, fieldAlignment);
            if (start is null)
                return null;
            end = Math.Max(end, start.Value + layout.Bytes);
        }

        long repeats = Argument(Attribute(type, "System.Runtime.CompilerServices.InlineArrayAttribute")) ?? 1;
        long bytes = Math.Max(RoundUp(end, alignment) * repeats, Named(structLayout, "Size") ?? 0);
        return new(Math.Max(bytes, 1), alignment);
    }

    private static Layout? FieldLayout(IFieldSymbol field, int nesting)
    {
        if (!field.IsFixedSizeBuffer)
            return LayoutOf(field.Type, nesting - 1);
        return field.Type is IPointerTypeSymbol pointer && LayoutOf(pointer.PointedAtType, nesting - 1) is { } element
            ? new(element.Bytes * field.FixedSize, element.Alignment)
            : null;
    }

    private static long? Offset(IFieldSymbol field) =>
        Argument(Attribute(field, "System.Runtime.InteropServices.FieldOffsetAttribute"));

    private static AttributeData? Attribute(ISymbol symbol, string fullName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (string.Equals(attribute.AttributeClass?.FullName(), fullName, StringComparison.Ordinal))
                return attribute;
        }

        return null;
    }

    private static int? Argument(AttributeData? attribute) =>
        attribute is { ConstructorArguments.Length: 1 } ? attribute.ConstructorArguments[0].Value as int? : null;

    private static long? Named(AttributeData? attribute, string name)
    {
        if (attribute is null)
            return null;
        foreach (KeyValuePair<string, TypedConstant> pair in attribute.NamedArguments)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
                return pair.Value.Value as int?;
        }

        return null;
    }

    private static long RoundUp(long bytes, long alignment) => (bytes + alignment - 1) / alignment * alignment;

    private sealed record Layout(long Bytes, long Alignment);
}
