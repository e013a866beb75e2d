using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The entries that a cache is declared to be meant for.</summary>
/// <param name="MinBytes">Bytes of the smallest; 0 for no bound.</param>
/// <param name="MaxBytes">Bytes of the largest; 0 for no bound.</param>
/// <param name="LifetimeClass">Name of the lifetime they share; null for any.</param>
internal sealed record CacheGroup(long MinBytes, long MaxBytes, string? LifetimeClass)
{
    /// <summary>What the annotation of the cache, or of its type, declares; null when it declares no group.</summary>
    public static CacheGroup? Of(ISymbol cache, KnownSymbols symbols) =>
        symbols[CacheAnnotations.SharedCache] is { } attribute
            ? On(cache, attribute) ?? (CachePlace.TypeOf(cache) is { } type ? On(type.OriginalDefinition, attribute) : null)
            : null;

    /// <summary>The first of the sizes that can lie outside the group; null when none is known to.</summary>
    public Interval? Outside(IntervalSet bytes)
    {
        foreach (Interval part in bytes.Parts)
        {
            if (part.IsBounded && ((MinBytes > 0 && part.Min < MinBytes) || (MaxBytes > 0 && part.Max > MaxBytes)))
                return part;
        }

        return null;
    }

    public string SizeText => (MinBytes > 0, MaxBytes > 0) switch
    {
        (true, true) => $"entries of {ByteText.Of(MinBytes)} to {ByteText.Of(MaxBytes)}",
        (true, false) => $"entries of at least {ByteText.Of(MinBytes)}",
        _ => $"entries of at most {ByteText.Of(MaxBytes)}",
    };

    public static string TextOf(Interval bytes) =>
        bytes.Min == bytes.Max ? ByteText.Of(bytes.Min) : $"{ByteText.Of(bytes.Min)} to {ByteText.Of(bytes.Max)}";

    private static CacheGroup? On(ISymbol symbol, INamedTypeSymbol attributeType)
    {
        if (CacheAnnotations.On(symbol, attributeType) is not { } attribute)
            return null;
        CacheGroup group = new(
            CacheAnnotations.Named(attribute, "MinEntryBytes") as long? ?? 0,
            CacheAnnotations.Named(attribute, "MaxEntryBytes") as long? ?? 0,
            CacheAnnotations.Named(attribute, "LifetimeClass") as string);
        return group is { MinBytes: <= 0, MaxBytes: <= 0, LifetimeClass: null } ? null : group;
    }
}
