using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

public sealed class GiveEntriesASizeWhereOneIsLimitedTests
{
    private const string Id = "FG1003";

    private const string Usings = """
        using System; using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed; using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Options; using Microsoft.Extensions.Primitives;

        """;

    private const string Limited = "static readonly MemoryCache Cache = new(new MemoryCacheOptions { SizeLimit = 1024 });";

    [Theory]
    [InlineData("[|Cache.Set|](key, value);")]
    [InlineData("[|Cache.Set|](key, value, TimeSpan.FromHours(1));")]
    [InlineData("[|Cache.Set|](key, value, DateTimeOffset.UtcNow.AddHours(1));")]
    [InlineData("[|Cache.Set|](key, value, (MemoryCacheEntryOptions?)null);")]
    [InlineData("[|Cache.Set|](key, value, new MemoryCacheEntryOptions());")]
    [InlineData("[|Cache.Set|](key, value, new MemoryCacheEntryOptions { Priority = CacheItemPriority.High });")]
    [InlineData("[|Cache.Set|](key, value, new MemoryCacheEntryOptions().SetSlidingExpiration(TimeSpan.FromHours(1)));")]
    [InlineData("var o = new MemoryCacheEntryOptions(); o.SlidingExpiration = TimeSpan.FromHours(1); [|Cache.Set|](key, value, o);")]
    [InlineData("[|Cache.Set|](key, value, Unsized);")]
    [InlineData("[|Cache.Set|](key, value, Make());")]
    [InlineData("[|Cache.GetOrCreate|](key, e => value);")]
    [InlineData("[|Cache.GetOrCreate|](key, e => { e.SlidingExpiration = TimeSpan.FromHours(1); return value; });")]
    [InlineData("await [|Cache.GetOrCreateAsync|](key, async e => { e.SetPriority(CacheItemPriority.High); await Task.Yield(); return value; });")]
    [InlineData("[|Cache.GetOrCreate|](key, Load);")]
    [InlineData("using var e = [|Cache.CreateEntry|](key); e.Value = value;")]
    [InlineData("using (var e = [|Cache.CreateEntry|](key)) { e.Value = value; e.SetSlidingExpiration(TimeSpan.FromHours(1)); }")]
    [InlineData("using var e = [|Cache.CreateEntry|](key).SetValue(value);")]
    [InlineData("var c = Cache; [|c.Set|](key, value);")]
    [InlineData("IMemoryCache c = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = 5 })); [|c.Set|](key, value);")]
    [InlineData("var o = new MemoryCacheOptions(); o.SizeLimit = value.Length; var c = new MemoryCache(o); [|c.Set|](key, value);")]
    public async Task EntryWithoutSize_Reports(string body) => await VerifyAsync(Limited, body);

    [Theory]
    [InlineData("Cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1 });")]
    [InlineData("Cache.Set(key, value, new MemoryCacheEntryOptions { Priority = CacheItemPriority.High, Size = value.Length });")]
    [InlineData("Cache.Set(key, value, new MemoryCacheEntryOptions().SetSize(1).SetSlidingExpiration(TimeSpan.FromHours(1)));")]
    [InlineData("var o = new MemoryCacheEntryOptions(); o.Size = 1; Cache.Set(key, value, o);")]
    [InlineData("var o = new MemoryCacheEntryOptions(); o.SetSlidingExpiration(TimeSpan.FromHours(1)).SetSize(1); Cache.Set(key, value, o);")]
    [InlineData("var o = new MemoryCacheEntryOptions(); Change(o); Cache.Set(key, value, o);")]
    [InlineData("var o = new MemoryCacheEntryOptions(); Change(ref o); Cache.Set(key, value, o);")]
    [InlineData("Cache.Set(key, value, given);")]
    [InlineData("Cache.Set(key, value, Sized);")]
    [InlineData("Cache.Set(key, value, Unsized2);")]
    [InlineData("Cache.Set(key, value, value.Length > 5 ? Sized : Unsized);")]
    [InlineData("Cache.GetOrCreate(key, e => { e.Size = 1; return value; });")]
    [InlineData("Cache.GetOrCreate(key, e => { e.SetSlidingExpiration(TimeSpan.FromHours(1)).SetSize(1); return value; });")]
    [InlineData("Cache.GetOrCreate(key, e => { e.SetOptions(given); return value; });")]
    [InlineData("Cache.GetOrCreate(key, e => { Change(e); return value; });")]
    [InlineData("Cache.GetOrCreate(key, e => value, Sized);")]
    [InlineData("Cache.GetOrCreate(key, LoadSized);")]
    [InlineData("Cache.GetOrCreate(key, factory);")]
    [InlineData("using var e = Cache.CreateEntry(key); e.Value = value; e.Size = 1;")]
    [InlineData("using var e = Cache.CreateEntry(key).SetSize(1); e.Value = value;")]
    [InlineData("using var e = Cache.CreateEntry(key); var f = e; f.Size = 1;")]
    [InlineData("var e = Cache.CreateEntry(key); e.Value = value;")] // never disposed, never put
    [InlineData("Cache.Get(key); Cache.Remove(key); Cache.TryGetValue(key, out _);")]
    [InlineData("var c = new MemoryCache(new MemoryCacheOptions()); c.Set(key, value);")]
    [InlineData("var c = new MemoryCache(new MemoryCacheOptions { SizeLimit = null }); c.Set(key, value);")]
    [InlineData("var c = new MemoryCache(new MemoryCacheOptions { ExpirationScanFrequency = TimeSpan.FromHours(1) }); c.Set(key, value);")]
    [InlineData("var o = new MemoryCacheOptions { SizeLimit = 5 }; o.SizeLimit = null; var c = new MemoryCache(o); c.Set(key, value);")]
    [InlineData("long? limit = null; var c = new MemoryCache(new MemoryCacheOptions { SizeLimit = limit }); c.Set(key, value);")]
    [InlineData("var o = new MemoryCacheOptions { SizeLimit = 5 }; Change(o); var c = new MemoryCache(o); c.Set(key, value);")]
    [InlineData("var d = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions { SizeLimit = 5 })); d.Set(\"\", value, new());")]
    public async Task SizeOrNoLimit_IsSilent(string body) => await VerifyAsync(Limited, body);

    [Theory]
    [InlineData("static readonly MemoryCache Cache = new(new MemoryCacheOptions());")]
    [InlineData("static MemoryCache Cache = new(new MemoryCacheOptions { SizeLimit = 5 });")] // may be replaced
    [InlineData("static readonly MemoryCache Cache; static C() { Cache = Environment.Is64BitProcess ? new(new MemoryCacheOptions { SizeLimit = 5 }) : new(new MemoryCacheOptions()); }")]
    [InlineData("static MemoryCache Cache => new(new MemoryCacheOptions { SizeLimit = 5 });")]
    public async Task CacheThatMayHaveNoLimit_IsSilent(string field) => await VerifyAsync(field, "Cache.Set(key, value);");

    [Theory]
    [InlineData("readonly MemoryCache Cache; public C() { Cache = new(new MemoryCacheOptions { SizeLimit = 5 }); }")]
    [InlineData("static MemoryCache Cache { get; } = new(new MemoryCacheOptions { SizeLimit = 5 });")]
    public async Task CacheMadeOnce_Reports(string field) => await VerifyAsync(field, "[|Cache.Set|](key, value);");

    [Theory]
    [InlineData("services.AddMemoryCache(o => o.SizeLimit = 5);")]
    [InlineData("services.AddMemoryCache(o => { o.CompactionPercentage = 0.5; o.SizeLimit = 5; });")]
    [InlineData("services.Configure<MemoryCacheOptions>(o => o.SizeLimit = 5);")]
    public async Task InjectedCacheWithALimit_Reports(string startup)
    {
        ImmutableArray<Diagnostic> found = await Verifier.VerifyAsync(Id, Usings + $$"""
            static class Startup { static void Configure(IServiceCollection services) { {{startup}} } }
            class Pages(IMemoryCache cache) { void Put() => [|cache.Set|](1, new byte[5]); }
            class Fields
            {
                private readonly IMemoryCache _cache;
                public Fields(IMemoryCache cache) => _cache = cache ?? throw new ArgumentNullException();
                void Put() => [|_cache.Set|](1, new byte[5]);
            }
            """);
        Assert.All(found, diagnostic => Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity));
        Assert.Contains("the SizeLimit of Snippet0.cs:", found[0].GetMessage(null), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services.AddMemoryCache();")]
    [InlineData("services.AddMemoryCache(o => o.SizeLimit = null);")]
    [InlineData("services.AddMemoryCache(o => o.CompactionPercentage = 0.5);")]
    [InlineData("services.AddDistributedMemoryCache(o => o.SizeLimit = 5);")]
    [InlineData("_ = new MemoryCacheOptions { SizeLimit = 5 };")] // another cache
    public async Task InjectedCacheWithoutALimit_IsSilent(string startup) => await Verifier.VerifyAsync(Id, Usings + $$"""
        static class Startup { static void Configure(IServiceCollection services) { {{startup}} } }
        class Pages(IMemoryCache cache) { void Put() => cache.Set(1, new byte[5]); }
        """);

    [Fact]
    public async Task MethodParameter_IsSilent() => await Verifier.VerifyAsync(Id, Usings + """
        static class Startup { static void Configure(IServiceCollection services) => services.AddMemoryCache(o => o.SizeLimit = 5); }
        class Pages { void Put(IMemoryCache any) => any.Set(1, new byte[5]); }
        """);

    [Fact]
    public async Task OwnCache_IsAWarning()
    {
        ImmutableArray<Diagnostic> found = await VerifyAsync(Limited, "[|Cache.Set|](key, value);");
        Assert.Equal(DiagnosticSeverity.Warning, found.Single().Severity);
    }

    [Theory]
    [InlineData("class C { void M() { Cache.Set(1, 2); } }")]
    [InlineData("using Microsoft.Extensions.Caching.Memory; class C { MemoryCache c = new(new MemoryCacheOptions { SizeLimit = }); void M() { c.Set(; c.Set(1, ); using var e = c.CreateEntry(; } }")]
    [InlineData("using Microsoft.Extensions.Caching.Memory; class C { readonly MemoryCache c = new(); void M() { c.GetOrCreate(1, e => ); c.Set(1, 2, new()); } }")]
    public async Task BrokenCode_IsSilent(string source) =>
        Assert.Empty(await Verifier.RunAsync(RuleCatalogue.AnalyzerOf(Id), [source], allowErrors: true));

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string field, string body) => Verifier.VerifyAsync(Id, $$"""
        {{Usings}}
        class C
        {
            {{field}}
            private static readonly MemoryCacheEntryOptions Sized = new() { Size = 1 };
            private static readonly MemoryCacheEntryOptions Unsized = new() { Priority = CacheItemPriority.High };
            private static readonly MemoryCacheEntryOptions Unsized2 = new();
            static C() => Unsized2.Size = 2;
            async Task M(string key, byte[] value, MemoryCacheEntryOptions given, Func<ICacheEntry, byte[]> factory)
            {
                {{body}}
                await Task.Yield();
            }
            static MemoryCacheEntryOptions Make() => new MemoryCacheEntryOptions().SetPriority(CacheItemPriority.Low);
            static byte[] Load(ICacheEntry entry) => new byte[5];
            static byte[] LoadSized(ICacheEntry entry) { entry.Size = 5; return new byte[5]; }
            static void Change(object given) { }
            static void Change(ref MemoryCacheEntryOptions given) { }
        }
        """.Replace(field.Contains("static C()", System.StringComparison.Ordinal) ? "static C() => Unsized2.Size = 2;" : "\0", "", System.StringComparison.Ordinal));
}
