namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>A class of the libraries whose instances serve as caches.</summary>
public enum CacheKind
{
    /// <summary>Microsoft.Extensions.Caching.Memory.MemoryCache.</summary>
    MemoryCache,

    /// <summary>System.Collections.Concurrent.ConcurrentDictionary.</summary>
    ConcurrentDictionary,

    /// <summary>System.Collections.Generic.Dictionary.</summary>
    Dictionary,
}
