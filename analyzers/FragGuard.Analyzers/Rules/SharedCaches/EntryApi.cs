using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The members of the caching packages that say something of an entry.</summary>
internal static class EntryApi
{
    private const string Namespace = "Microsoft.Extensions.Caching.";

    public static bool IsOptions(ITypeSymbol? type) =>
        type?.Name is "MemoryCacheEntryOptions" or "DistributedCacheEntryOptions" or "HybridCacheEntryOptions" && IsOurs(type);

    /// <summary>True for an extension that changes the entry or options it is called on, and returns it.</summary>
    public static bool IsFluent(IMethodSymbol method) =>
        method is { IsStatic: true, ContainingType: { Name: "MemoryCacheEntryExtensions" or "CacheEntryExtensions" or "DistributedCacheEntryExtensions" } type }
        && method.Name is not "SetOptions" && IsOurs(type);

    /// <summary>True for a call that takes an entry's options to put it.</summary>
    public static bool IsPut(IMethodSymbol method) =>
        method.Name is "Set" or "SetAsync" or "SetString" or "SetStringAsync" or "GetOrCreate" or "GetOrCreateAsync"
        && method.ContainingType is { } type && IsOurs(type);

    private static bool IsOurs(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString().StartsWith(Namespace, System.StringComparison.Ordinal) == true;
}
