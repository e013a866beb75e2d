using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// Calls that hand out what was put into a cache before. A value that is read back and put again is measured where it
/// was made.
/// </summary>
internal static class CacheReads
{
    /// <summary>True for a lookup with an <c>out</c> parameter for the value.</summary>
    public static bool IsLookup(IMethodSymbol method) => method.Name is "TryGetValue" && method.FullName()
        is "Microsoft.Extensions.Caching.Memory.CacheExtensions.TryGetValue"
        or "Microsoft.Extensions.Caching.Memory.IMemoryCache.TryGetValue"
        or "Microsoft.Extensions.Caching.Memory.MemoryCache.TryGetValue"
        or "System.Collections.Generic.Dictionary.TryGetValue"
        or "System.Collections.Concurrent.ConcurrentDictionary.TryGetValue";

    /// <summary>True for a call whose result is the cached value, or null.</summary>
    public static bool IsRead(IMethodSymbol method) => method.Name is "Get" or "GetAsync" && method.FullName()
        is "Microsoft.Extensions.Caching.Memory.CacheExtensions.Get"
        or "Microsoft.Extensions.Caching.Distributed.IDistributedCache.Get"
        or "Microsoft.Extensions.Caching.Distributed.IDistributedCache.GetAsync"
        or "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache.Get"
        or "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache.GetAsync";
}
