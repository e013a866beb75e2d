using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The types of the caching package whose objects are memory caches.</summary>
internal sealed class MemoryCacheTypes
{
    private readonly INamedTypeSymbol? _class;
    private readonly INamedTypeSymbol? _interface;

    public MemoryCacheTypes(KnownSymbols symbols)
    {
        _class = symbols["Microsoft.Extensions.Caching.Memory.MemoryCache"];
        _interface = symbols["Microsoft.Extensions.Caching.Memory.IMemoryCache"];
    }

    public bool Contains(ITypeSymbol type) => Is(type, _class) || Is(type, _interface);

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type, known);
}
