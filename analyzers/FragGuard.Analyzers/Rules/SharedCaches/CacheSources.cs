using FragGuard.Analyzers.Patterns;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>What the source code around a cache is asked with.</summary>
internal sealed record CacheSources(KnownSymbols Symbols, SourceBodies Bodies, SizeInference Sizes, DeclaredSizes? Declared);
