using System.Threading;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation;

/// <summary>One value that was seen entering a cache; its end is told once, whoever notices it first.</summary>
internal sealed class StoredEntry(ObservedEntries owner, object key, long entry, long bytes)
{
    private int _removed;

    public object Key { get; } = key;

    public long Entry { get; } = entry;

    public long Bytes { get; } = bytes;

    /// <summary>What the cache calls on the thread pool after the entry has left it.</summary>
    public static void OnEvicted(object key, object? value, EvictionReason reason, object? state) =>
        ((StoredEntry)state!).Remove(reason);

    public void Remove(EvictionReason reason)
    {
        if (Interlocked.Exchange(ref _removed, 1) != 0)
            return;

        owner.Forget(this);
        if (CacheEventSource.Log.ListensToEntries())
            CacheEventSource.Log.Removed(owner.CacheName, Entry, Bytes, NameOf(reason));
    }

    private static string NameOf(EvictionReason reason) => reason switch
    {
        EvictionReason.Removed => nameof(EvictionReason.Removed),
        EvictionReason.Replaced => nameof(EvictionReason.Replaced),
        EvictionReason.Expired => nameof(EvictionReason.Expired),
        EvictionReason.TokenExpired => nameof(EvictionReason.TokenExpired),
        EvictionReason.Capacity => nameof(EvictionReason.Capacity),
        _ => nameof(EvictionReason.None),
    };
}
