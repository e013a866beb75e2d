using System;
using System.Diagnostics.Tracing;
using System.Threading;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace FragGuard.Instrumentation.Tests;

[Collection(CacheEventsInTurn.Name)]
public sealed class ObservedMemoryCacheTests : IDisposable
{
    private readonly CacheEventListener _listener = new();
    private readonly IMemoryCache _cache = new MemoryCache(new MemoryCacheOptions()).Observed("pages");

    public void Dispose()
    {
        _cache.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void StoredValue_IsToldWithItsBytes()
    {
        _cache.Set("a", new byte[100]);

        var told = Assert.Single(_listener.Events);
        Assert.Equal(("Stored", "pages", 100L, (object)-1L), (told.Name, told.Cache, told.Bytes, told.Detail));
    }

    [Fact]
    public void StoredValue_IsToldInsideTheCallThatStores()
    {
        StoreFromHere();

        var told = Assert.Single(_listener.Events);
        Assert.Equal(Environment.CurrentManagedThreadId, told.ThreadId);
        Assert.Contains(nameof(StoreFromHere), told.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public void Replacement_TellsTheOldEndBeforeTheNewBirth()
    {
        _cache.Set("a", new byte[100]);
        _cache.Set("a", new byte[300]);

        var told = _listener.Events;
        Assert.Equal("Stored Removed Stored", _listener.Names);
        Assert.Equal((told[0].Entry, 100L, (object)"Replaced"), (told[1].Entry, told[1].Bytes, told[1].Detail));
        Assert.NotEqual(told[0].Entry, told[2].Entry);
    }

    [Fact]
    public void Replacement_IsToldOnceAlthoughTheCacheTellsItAgain()
    {
        for (int i = 0; i < 50; i++)
            _cache.Set("a", new byte[i]);
        bool callbacksRan = false;
        using (ICacheEntry last = _cache.CreateEntry("b"))
        {
            last.Value = "x";
            last.RegisterPostEvictionCallback((_, _, _, _) => callbacksRan = true);
        }

        _cache.Remove("b");
        SpinWait.SpinUntil(() => callbacksRan, TimeSpan.FromSeconds(10));

        Assert.Equal(50 + 49 + 2, _listener.Events.Count);
    }

    [Fact]
    public void Removal_IsToldInsideTheCall()
    {
        _cache.Set("a", "four");
        _cache.Remove("a");

        var told = _listener.Events;
        Assert.Equal("Stored Removed", _listener.Names);
        Assert.Equal((told[0].Entry, 8L, (object)"Removed"), (told[1].Entry, told[1].Bytes, told[1].Detail));
    }

    [Fact]
    public void RemovalOfAnUnknownKey_IsSilent()
    {
        _cache.Remove("a");

        Assert.Empty(_listener.Events);
    }

    [Fact]
    public void ChangedToken_IsToldByTheCache()
    {
        using var changed = new CancellationTokenSource();
        _cache.Set("a", new byte[100], new CancellationChangeToken(changed.Token));
        changed.Cancel();
        _cache.TryGetValue("a", out _);

        Assert.Equal("TokenExpired", _listener.WaitFor(2)[1].Detail);
    }

    [Fact]
    public void RefusedEntry_IsToldAsStoredAndRemoved()
    {
        using IMemoryCache small = new MemoryCache(new MemoryCacheOptions { SizeLimit = 1 }).Observed("small");
        small.Set("a", new byte[100], new MemoryCacheEntryOptions { Size = 2 });

        Assert.Equal("Capacity", _listener.WaitFor(2)[1].Detail);
    }

    [Fact]
    public void EntryThatTheCacheThrowsAt_IsToldAsStoredAndRemoved()
    {
        using IMemoryCache small = new MemoryCache(new MemoryCacheOptions { SizeLimit = 1 }).Observed("small");

        Assert.Throws<InvalidOperationException>(() => small.Set("a", "an entry without a size"));

        var told = _listener.Events;
        Assert.Equal("Stored Removed", _listener.Names);
        Assert.Equal((told[0].Entry, told[0].Bytes, (object)"None"), (told[1].Entry, told[1].Bytes, told[1].Detail));
    }

    [Fact]
    public void Disposal_TellsTheEndOfEveryEntryOnce()
    {
        _cache.Set("a", new byte[100]);
        _cache.Set("b", new byte[200]);
        _cache.Remove("a");

        _cache.Dispose();
        _cache.Dispose();

        var told = _listener.Events;
        Assert.Equal("Stored Stored Removed Removed", _listener.Names);
        Assert.Equal((told[1].Entry, 200L, (object)"None"), (told[3].Entry, told[3].Bytes, told[3].Detail));
    }

    [Fact]
    public void EntryWithoutValue_IsSilent()
    {
        _cache.CreateEntry("a").Dispose();

        Assert.Empty(_listener.Events);
        Assert.False(_cache.TryGetValue("a", out _));
    }

    [Fact]
    public void NearestExpiration_IsTheTimeToLive()
    {
        _cache.Set("a", "x", new MemoryCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(2),
            SlidingExpiration = TimeSpan.FromSeconds(30),
        });

        Assert.Equal(30_000L, Assert.Single(_listener.Events).Detail);
    }

    [Fact]
    public void OwnSizeFunction_IsAskedInsteadOfOurs()
    {
        using IMemoryCache sized = new MemoryCache(new MemoryCacheOptions()).Observed("sized", _ => 7);
        sized.Set("a", new byte[100]);

        Assert.Equal(7, Assert.Single(_listener.Events).Bytes);
    }

    [Fact]
    public void ThrowingSizeFunction_LeavesTheCacheWorking()
    {
        using IMemoryCache sized = new MemoryCache(new MemoryCacheOptions())
            .Observed("sized", _ => throw new InvalidOperationException("no size"));
        sized.Set("a", "x");

        Assert.Equal("x", sized.Get("a"));
        Assert.Equal(0, Assert.Single(_listener.Events).Bytes);
    }

    [Fact]
    public void EntryStoredBeforeAnybodyListened_HasNoToldEnd()
    {
        _listener.DisableEvents(CacheEventSource.Log);
        _cache.Set("a", new byte[100]);
        _listener.EnableEvents(CacheEventSource.Log, EventLevel.Informational, CacheEventSource.Keywords.Entries);
        _cache.Set("a", new byte[200]);

        Assert.Equal("Stored", _listener.Names);
    }

    [Fact]
    public void Statistics_AreThoseOfTheWrappedCache()
    {
        using IMemoryCache counted =
            new MemoryCache(new MemoryCacheOptions { TrackStatistics = true }).Observed("counted");
        counted.Set("a", "x");
        counted.TryGetValue("a", out _);

        Assert.Equal(1, counted.GetCurrentStatistics()?.TotalHits);
    }

    [Fact]
    public void ObservedTwice_IsToldOnce()
    {
        _cache.Observed("again").Set("a", "x");

        Assert.Equal("pages", Assert.Single(_listener.Events).Cache);
    }

    [Fact]
    public void OptionsSharedByManyEntries_AreLeftAsTheyWere()
    {
        var shared = new MemoryCacheEntryOptions().RegisterPostEvictionCallback((_, _, _, _) => { });
        _cache.Set("a", "x", shared);
        _cache.Set("b", "y", shared);

        Assert.Single(shared.PostEvictionCallbacks);
    }

    private void StoreFromHere() => _cache.Set("a", new byte[100]);
}
