using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation;

/// <summary>
/// The entries of one cache that were stored while somebody listened, by key. Tells a replacement or removal in the
/// call that causes it, where the cache itself would only tell later, on another thread.
/// </summary>
internal sealed class ObservedEntries(string cacheName, Func<object?, long> sizeOf)
{
    private static long _lastEntry;

    private readonly ConcurrentDictionary<object, StoredEntry> _byKey = new();

    public string CacheName { get; } = cacheName;

    /// <summary>Emits the end of what the key held, then the birth of what it holds from now on.</summary>
    public StoredEntry Store(object key, object? value, long timeToLiveMs)
    {
        var stored = new StoredEntry(this, key, Interlocked.Increment(ref _lastEntry), BytesOf(value));
        Remove(key, EvictionReason.Replaced);
        _byKey[key] = stored;
        CacheEventSource.Log.Stored(CacheName, stored.Entry, stored.Bytes, timeToLiveMs);
        return stored;
    }

    public void Remove(object key, EvictionReason reason)
    {
        if (_byKey.TryGetValue(key, out StoredEntry? stored))
            stored.Remove(reason);
    }

    public void RemoveAll(EvictionReason reason)
    {
        foreach (KeyValuePair<object, StoredEntry> pair in _byKey)
            pair.Value.Remove(reason);
    }

    /// <summary>Drops the key if it still holds this very entry.</summary>
    public void Forget(StoredEntry stored) =>
        ((ICollection<KeyValuePair<object, StoredEntry>>)_byKey).Remove(new(stored.Key, stored));

    /// <summary>A guest must not break its host, so a size that cannot be computed is unknown.</summary>
    private long BytesOf(object? value)
    {
        try
        {
            return Math.Max(sizeOf(value), ValueBytes.Unknown);
        }
        catch (Exception)
        {
            return ValueBytes.Unknown;
        }
    }
}
