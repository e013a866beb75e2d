using System;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace FragGuard.Instrumentation.Tests;

[Collection(CacheEventsInTurn.Name)]
public class CacheRegistrationTests
{
    [Fact]
    public void RegisteredCache_IsObserved()
    {
        using var listener = new CacheEventListener();
        using var provider = new ServiceCollection().AddMemoryCache().ObserveMemoryCache("pages").BuildServiceProvider();
        provider.GetRequiredService<IMemoryCache>().Set("a", new byte[10]);

        Assert.Equal(("pages", 10L), (listener.Events[0].Cache, listener.Events[0].Bytes));
    }

    [Fact]
    public void RegisteredCache_StaysOneAndKeepsItsOptions()
    {
        using var provider = new ServiceCollection()
            .AddMemoryCache(options => options.SizeLimit = 1)
            .ObserveMemoryCache("pages")
            .BuildServiceProvider();
        var cache = provider.GetRequiredService<IMemoryCache>();

        Assert.Same(cache, provider.GetRequiredService<IMemoryCache>());
        Assert.Throws<InvalidOperationException>(() => cache.Set("a", "an entry without a size"));
    }

    [Fact]
    public void ContainerDisposal_DisposesTheCacheItMade()
    {
        var provider = new ServiceCollection().AddMemoryCache().ObserveMemoryCache("pages").BuildServiceProvider();
        var cache = provider.GetRequiredService<IMemoryCache>();
        provider.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cache.Set("a", "x"));
    }

    [Fact]
    public void ContainerDisposal_LeavesAnInstanceToItsMaker()
    {
        using var made = new MemoryCache(new MemoryCacheOptions());
        var provider = new ServiceCollection()
            .AddSingleton<IMemoryCache>(made)
            .ObserveMemoryCache("pages")
            .BuildServiceProvider();
        provider.GetRequiredService<IMemoryCache>().Set("a", "x");
        provider.Dispose();

        Assert.Equal("x", made.Get("a"));
    }

    [Theory, InlineData(""), InlineData(null)]
    public void NoName_IsRefusedWhereItIsMissing(string? name)
    {
        IServiceCollection services = new ServiceCollection().AddMemoryCache();

        Assert.Throws<ArgumentException>(nameof(name), () => services.ObserveMemoryCache(name!));
    }

    [Fact]
    public void NoRegisteredCache_IsRefusedWithTheCure()
    {
        var refused = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().ObserveMemoryCache("pages"));

        Assert.Contains("AddMemoryCache()", refused.Message, StringComparison.Ordinal);
    }
}
