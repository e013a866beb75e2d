using System;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation;

/// <summary>Makes a cache made by hand emit the events of the FragGuard-Cache provider.</summary>
public static class CacheObservation
{
    /// <summary>The same cache, telling what enters and leaves it. An observed cache is returned as it is.</summary>
    /// <param name="cache">The cache to observe; disposing the result disposes it.</param>
    /// <param name="name">Name under which a report shows the cache.</param>
    /// <param name="sizeOf">
    /// Payload bytes of a value, 0 when unknown. Without it, arrays of primitives, strings, memory of bytes or chars,
    /// memory streams and collections of byte arrays are known. Called only while somebody listens.
    /// </param>
    /// <exception cref="ArgumentException">There is no cache, or no name.</exception>
    public static IMemoryCache Observed(this IMemoryCache cache, string name, Func<object?, long>? sizeOf = null)
    {
        if (cache is null)
            throw new ArgumentNullException(nameof(cache));
        RequireName(name);
        return cache as ObservedMemoryCache ?? new ObservedMemoryCache(cache, name, sizeOf ?? ValueBytes.Of);
    }

    internal static void RequireName(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentException("An observed cache has a name.", nameof(name));
    }
}
