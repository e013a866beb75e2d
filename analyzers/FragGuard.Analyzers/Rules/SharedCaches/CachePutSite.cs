using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>One place in the source that puts entries into one cache, and how large they are.</summary>
/// <param name="Put">The operation that puts.</param>
/// <param name="Frame">What the parameters around the put stand for at this site.</param>
/// <param name="Location">The put, or the call that decides what it puts.</param>
/// <param name="Bytes">Value bytes of the entries; unknown when the source does not bound them.</param>
internal sealed record CachePutSite(ISymbol Cache, CachePut Put, Frame Frame, Location Location, IntervalSet Bytes)
{
    public CachePutKind Kind => Put.Kind;
}
