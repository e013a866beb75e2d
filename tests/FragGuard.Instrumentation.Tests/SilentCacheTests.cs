using System;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation.Tests;

[Collection(CacheEventsInTurn.Name)]
public class SilentCacheTests
{
    private const int Rounds = 10_000;

    [Fact]
    public void WhileNobodyListens_StoringAllocatesNothingMore()
    {
        using var plain = new MemoryCache(new MemoryCacheOptions());
        using IMemoryCache observed = new MemoryCache(new MemoryCacheOptions()).Observed("pages", SizeMustNotBeAsked);
        object value = new byte[10];

        long plainBytes = LeastBytesOf(() => Use(plain, value));
        long observedBytes = LeastBytesOf(() => Use(observed, value));

        Assert.False(CacheEventSource.Log.ListensToEntries());
        Assert.True(plainBytes > 0);
        Assert.Equal(plainBytes, observedBytes);
    }

    private static void Use(IMemoryCache cache, object value)
    {
        for (int i = 0; i < Rounds; i++)
        {
            cache.Set("a", value);
            cache.TryGetValue("a", out _);
            cache.Remove("a");
        }
    }

    private static long SizeMustNotBeAsked(object? value) => throw new InvalidOperationException("Nobody listens.");
}
