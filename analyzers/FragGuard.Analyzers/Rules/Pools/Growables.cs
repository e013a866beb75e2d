using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Objects that grow with what is put into them, and keep what they grew to when they are cleared.</summary>
internal sealed class Growables
{
    /// <summary>Full metadata names by those without the namespace.</summary>
    private static readonly Dictionary<string, string> Names = new[]
    {
        "System.Text.StringBuilder",
        "System.IO.MemoryStream",
        "System.Buffers.ArrayBufferWriter`1",
        "System.Collections.Generic.List`1",
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1",
        "System.Collections.Generic.PriorityQueue`2",
    }.ToDictionary(name => name.Substring(name.LastIndexOf('.') + 1), StringComparer.Ordinal);

    private readonly KnownSymbols _symbols;

    public Growables(KnownSymbols symbols) => _symbols = symbols;

    /// <summary>The definition of such a type, or null. Types that derive from one may behave otherwise.</summary>
    public INamedTypeSymbol? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition: var definition }
        && Names.TryGetValue(definition.MetadataName, out string? name)
        && SymbolEqualityComparer.Default.Equals(definition, _symbols[name])
            ? definition
            : null;

    /// <summary>What tells how much such an object keeps: its capacity, where that can be read, or how much is in it.</summary>
    public static string MeasureOf(INamedTypeSymbol growable) =>
        HasCapacity(growable) ? "Capacity" : "Count";

    public static bool HasCapacity(INamedTypeSymbol growable) =>
        growable.GetMembers("Capacity").OfType<IPropertySymbol>().Any(property => property.DeclaredAccessibility == Accessibility.Public);

    /// <summary>Most that is worth keeping unless an option says otherwise: 64 KiB of a stream, else as many elements as
    /// <c>StringBuilderPooledObjectPolicy</c> keeps.</summary>
    public static int DefaultCapacity(INamedTypeSymbol growable) => growable.Name is "MemoryStream" ? 65_536 : 4_096;
}
