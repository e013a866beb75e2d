using System;
using System.Collections.Generic;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace FragGuard.Instrumentation;

/// <summary>An entry between its creation and its commit; the commit, which is its disposal, is told.</summary>
internal sealed class ObservedCacheEntry(ICacheEntry inner, ObservedMemoryCache cache) : ICacheEntry
{
    private bool _hasValue;
    private bool _committed;

    public object Key => inner.Key;

    public object? Value
    {
        get => inner.Value;
        set
        {
            inner.Value = value;
            _hasValue = true;
        }
    }

    public DateTimeOffset? AbsoluteExpiration
    {
        get => inner.AbsoluteExpiration;
        set => inner.AbsoluteExpiration = value;
    }

    public TimeSpan? AbsoluteExpirationRelativeToNow
    {
        get => inner.AbsoluteExpirationRelativeToNow;
        set => inner.AbsoluteExpirationRelativeToNow = value;
    }

    public TimeSpan? SlidingExpiration
    {
        get => inner.SlidingExpiration;
        set => inner.SlidingExpiration = value;
    }

    public IList<IChangeToken> ExpirationTokens => inner.ExpirationTokens;

    public IList<PostEvictionCallbackRegistration> PostEvictionCallbacks => inner.PostEvictionCallbacks;

    public CacheItemPriority Priority
    {
        get => inner.Priority;
        set => inner.Priority = value;
    }

    public long? Size
    {
        get => inner.Size;
        set => inner.Size = value;
    }

    /// <summary>
    /// An entry without a value is abandoned, not committed: a factory threw. One that the cache throws at has not entered it.
    /// </summary>
    public void Dispose()
    {
        if (!_hasValue || _committed)
        {
            inner.Dispose();
            return;
        }

        _committed = true;
        StoredEntry stored = cache.BeforeCommit(inner);
        try
        {
            inner.Dispose();
        }
        catch
        {
            stored.Remove(EvictionReason.None);
            throw;
        }
    }
}
