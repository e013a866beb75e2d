using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>One place in the source that puts entries into one cache, and how large they are.</summary>
/// <param name="Bytes">Value bytes of the entries; unknown when the source does not bound them.</param>
internal sealed record CachePutSite(ISymbol Cache, CachePutKind Kind, Location Location, IntervalSet Bytes);
