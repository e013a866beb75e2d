using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The attributes that users put on their own caches.</summary>
internal static class CacheAnnotations
{
    public const string SharedCache = "FragGuard.Annotations.SharedCacheAttribute";
    public const string CachedValue = "FragGuard.Annotations.CachedValueAttribute";
    public const string EntrySize = "FragGuard.Annotations.EntrySizeAttribute";

    /// <summary>What a name in an attribute is set to; null for a name that is absent or set to what is no constant.</summary>
    public static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments
            .FirstOrDefault(pair => string.Equals(pair.Key, name, System.StringComparison.Ordinal)).Value is { Kind: TypedConstantKind.Primitive } constant
            ? constant.Value
            : null;

    /// <summary>The attribute of that type, or null.</summary>
    public static AttributeData? On(ISymbol symbol, INamedTypeSymbol attributeType) =>
        symbol.GetAttributes().FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.AttributeClass, attributeType));
}
