using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The types of the caching package whose objects are memory caches.</summary>
internal sealed class MemoryCacheTypes
{
    private readonly KnownSymbols _symbols;

    public MemoryCacheTypes(KnownSymbols symbols) => _symbols = symbols;

    public bool Contains(ITypeSymbol type) => type.Name switch
    {
        "MemoryCache" => Is(type, "Microsoft.Extensions.Caching.Memory.MemoryCache"),
        "IMemoryCache" => Is(type, "Microsoft.Extensions.Caching.Memory.IMemoryCache"),
        _ => false,
    };

    private bool Is(ITypeSymbol type, string metadataName) =>
        _symbols[metadataName] is { } known && SymbolEqualityComparer.Default.Equals(type, known);
}
