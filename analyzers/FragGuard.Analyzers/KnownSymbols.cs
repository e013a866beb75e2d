using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers;

/// <summary>Symbols by metadata name, looked up at most once per compilation.</summary>
internal sealed class KnownSymbols
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(System.StringComparer.Ordinal);

    public KnownSymbols(Compilation compilation) => _compilation = compilation;

    public Compilation Compilation => _compilation;

    /// <summary>The type, or null when the compilation does not reference it.</summary>
    public INamedTypeSymbol? this[string metadataName] =>
        _types.GetOrAdd(metadataName, _compilation.GetTypeByMetadataName);
}
