using System;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Instrumentation.Tests;

[Collection(CacheEventsInTurn.Name)]
public class SilentCacheTests
{
    private const int Rounds = 10_000;

    /// <summary>Room for the runtime's own rare allocations on the thread; one object per round would be 240,000.</summary>
    private const long ToleranceBytes = 1_000;

    [Fact]
    public void WhileNobodyListens_StoringAllocatesNothingMore()
    {
        using var plain = new MemoryCache(new MemoryCacheOptions());
        using IMemoryCache observed = new MemoryCache(new MemoryCacheOptions()).Observed("pages", SizeMustNotBeAsked);
        BytesAllocatedBy(plain);
        BytesAllocatedBy(observed);

        long plainBytes = BytesAllocatedBy(plain);
        long observedBytes = BytesAllocatedBy(observed);

        Assert.False(CacheEventSource.Log.ListensToEntries());
        Assert.InRange(observedBytes - plainBytes, -ToleranceBytes, ToleranceBytes);
    }

    private static long BytesAllocatedBy(IMemoryCache cache)
    {
        object value = new byte[10];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            cache.Set("a", value);
            cache.TryGetValue("a", out _);
            cache.Remove("a");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long SizeMustNotBeAsked(object? value) => throw new InvalidOperationException("Nobody listens.");
}
