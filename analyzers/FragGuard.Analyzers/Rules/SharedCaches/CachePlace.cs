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

    /// <summary>Null for a distributed cache without an annotation: its entries may live in another process.</summary>
    public static CachePlace? Of(CacheEntrySizes sizes, KnownSymbols symbols)
    {
        if (Annotated(sizes.Cache, symbols) is { } annotated)
            return annotated;
        bool isDistributed = sizes.Sites.Any(site =>
            site.Kind is CachePutKind.Distributed or CachePutKind.DistributedText);
        return !isDistributed || IsInProcess(TypeOf(sizes.Cache), symbols) ? GcHeap : null;
    }

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

    private static bool IsInProcess(ITypeSymbol? cache, KnownSymbols symbols) =>
        SymbolEqualityComparer.Default.Equals(
            cache, symbols["Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache"]) && cache is not null;

    private static CachePlace? On(ISymbol symbol, INamedTypeSymbol attributeType) =>
        CacheAnnotations.On(symbol, attributeType) is { } attribute
            ? new(CacheAnnotations.Named(attribute, "Model") as string ?? GcHeapModel, CacheAnnotations.Named(attribute, "ZoneBytes") as long? ?? 0)
            : null;
}
