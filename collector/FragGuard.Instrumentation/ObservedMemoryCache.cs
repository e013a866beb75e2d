using System;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation;

/// <summary>A memory cache that tells what enters and leaves it, and passes every call on to the cache it wraps.</summary>
internal class ObservedMemoryCache(IMemoryCache inner, string name, Func<object?, long> sizeOf) : IMemoryCache
{
    private static readonly PostEvictionDelegate OnEvicted = StoredEntry.OnEvicted;

    private readonly ObservedEntries _entries = new(name, sizeOf);

    public ICacheEntry CreateEntry(object key)
    {
        ICacheEntry entry = inner.CreateEntry(key);
        return CacheEventSource.Log.ListensToEntries() ? new ObservedCacheEntry(entry, this) : entry;
    }

    public void Remove(object key)
    {
        if (CacheEventSource.Log.ListensToEntries())
            _entries.Remove(key, EvictionReason.Removed);

        inner.Remove(key);
    }

    public bool TryGetValue(object key, out object? value) => inner.TryGetValue(key, out value);

    /// <summary>
    /// Virtual although nothing overrides it: newer runtimes add this member to the interface with a default body that
    /// answers null, and only a virtual method of the same shape takes its place there.
    /// </summary>
    public virtual MemoryCacheStatistics? GetCurrentStatistics() => (inner as MemoryCache)?.GetCurrentStatistics();

    /// <summary>A memory cache tells no end of the entries that it holds when it is disposed.</summary>
    public void Dispose()
    {
        inner.Dispose();
        _entries.RemoveAll(EvictionReason.None);
        GC.SuppressFinalize(this);
    }

    /// <summary>The entry is about to be committed, on the thread and inside the call that stores it.</summary>
    internal StoredEntry BeforeCommit(ICacheEntry entry)
    {
        StoredEntry stored = _entries.Store(entry.Key, entry.Value, TimeToLive.MillisecondsOf(entry));
        entry.PostEvictionCallbacks.Add(new PostEvictionCallbackRegistration
        {
            EvictionCallback = OnEvicted,
            State = stored,
        });
        return stored;
    }
}
