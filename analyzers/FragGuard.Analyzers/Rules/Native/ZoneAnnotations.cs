using System;
using System.Linq;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>The attributes that users put on zones of their own, resolved once per compilation.</summary>
internal sealed class ZoneAnnotations
{
    private readonly INamedTypeSymbol _sharedZone;
    private readonly INamedTypeSymbol _blockBytes;
    private readonly KnownSymbols _symbols;

    private ZoneAnnotations(INamedTypeSymbol sharedZone, INamedTypeSymbol blockBytes, KnownSymbols symbols)
    {
        _sharedZone = sharedZone;
        _blockBytes = blockBytes;
        _symbols = symbols;
    }

    /// <summary>Null when the compilation does not reference the annotations.</summary>
    public static ZoneAnnotations? From(KnownSymbols symbols) =>
        symbols["FragGuard.Annotations.SharedZoneAttribute"] is { } zone
        && symbols["FragGuard.Annotations.BlockBytesAttribute"] is { } bytes
            ? new(zone, bytes, symbols)
            : null;

    /// <summary>The parameter that says how many bytes a block gets, or null.</summary>
    public IParameterSymbol? BlockBytesOf(IMethodSymbol method) =>
        method.OriginalDefinition.Parameters.FirstOrDefault(parameter => Has(parameter, _blockBytes) is not null);

    /// <summary>What the zone's annotation says, or its type's; null for a cache, which another rule judges.</summary>
    public SharedZone? ZoneOf(ISymbol zone)
    {
        if (CachePlace.Annotated(zone, _symbols) is not null)
            return null;
        AttributeData? attribute = Has(zone, _sharedZone)
            ?? (CachePlace.TypeOf(zone) is { } type ? Has(type.OriginalDefinition, _sharedZone) : null);
        return attribute is null
            ? null
            : new SharedZone(
                Named(attribute, "Model") as string ?? SharedZone.DefaultModel,
                Named(attribute, "ZoneBytes") as long? ?? 0,
                Named(attribute, "MinBlockBytes") as long? ?? 0,
                Named(attribute, "MaxBlockBytes") as long? ?? 0);
    }

    private static AttributeData? Has(ISymbol symbol, INamedTypeSymbol attributeType) =>
        symbol.GetAttributes().FirstOrDefault(attribute =>
            SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, attributeType));

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments
        .FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)).Value is { Kind: TypedConstantKind.Primitive } value
            ? value.Value
            : null;
}
