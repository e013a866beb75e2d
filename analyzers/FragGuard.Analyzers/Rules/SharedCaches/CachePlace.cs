using System.Linq;
using FragGuard.Simulation.Advice;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Where the entries of a cache live.</summary>
/// <param name="Model">Name of the allocator model.</param>
/// <param name="ZoneBytes">Size of the zone; 0 on the GC heap.</param>
internal sealed record CachePlace(string Model, long ZoneBytes)
{
    private const string GcHeapModel = "dotnet-loh";

    public static CachePlace GcHeap { get; } = new(GcHeapModel, 0);

    /// <summary>What is known of the program's GC; meaningless in a zone.</summary>
    public GcHeapAssumptions Heap { get; init; } = new();

    public bool IsGcHeap => string.Equals(Model, GcHeapModel, System.StringComparison.Ordinal);

    /// <summary>What the cache's annotation says, or its type's; null without one.</summary>
    public static CachePlace? Annotated(ISymbol cache, KnownSymbols symbols) =>
        symbols[CacheAnnotations.SharedCache] is { } attribute
            ? On(cache, attribute) ?? (TypeOf(cache) is { } type ? On(type, attribute) : null)
            : null;

    public static ITypeSymbol? TypeOf(ISymbol cache) => cache switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        ITypeSymbol type => type,
        _ => null,
    };

    private static CachePlace? On(ISymbol symbol, INamedTypeSymbol attributeType)
    {
        AttributeData? attribute = symbol.GetAttributes().FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.AttributeClass, attributeType));
        if (attribute is null)
            return null;
        string model = Named(attribute, "Model") as string ?? GcHeapModel;
        return new(model, Named(attribute, "ZoneBytes") as long? ?? 0);
    }

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments
            .FirstOrDefault(pair => string.Equals(pair.Key, name, System.StringComparison.Ordinal)).Value is { Kind: TypedConstantKind.Primitive } constant
            ? constant.Value
            : null;
}
