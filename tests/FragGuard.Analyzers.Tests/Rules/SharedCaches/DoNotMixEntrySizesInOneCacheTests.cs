using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Advice;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>What counts as a mixed cache. The prediction is settled here, so that only the rule is under test.</summary>
public sealed partial class DoNotMixEntrySizesInOneCacheTests
{
    private const string Usings = """
        using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.Threading.Tasks;
        using FragGuard.Annotations;
        using Microsoft.Extensions.Caching.Distributed; using Microsoft.Extensions.Caching.Memory;

        """;

    [Theory]
    // Memory caches
    [InlineData("IMemoryCache c", "c.Set(1, new byte[90_000]); c.Set(2, new byte[900_000]);", "c.Set")]
    [InlineData("MemoryCache c", "c.Set(1, new byte[90_000]); c.Set(2, new byte[900_000]);", "c.Set")]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[90_000], TimeSpan.FromDays(1)); c.Set<object>(2, new byte[900_000]);", "c.Set")]
    [InlineData("IMemoryCache c", "c.Set(1, flag ? new byte[90_000] : new byte[900_000]);", "c.Set")]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[random.Next(90_000, 900_000)]);", "c.Set")]
    [InlineData("IMemoryCache c", "c.GetOrCreate(1, e => new byte[90_000]); c.GetOrCreate(2, e => new byte[900_000]);", "c.GetOrCreate")]
    [InlineData("IMemoryCache c", "c.GetOrCreate(1, e => { if (flag) return new byte[90_000]; return new byte[900_000]; });", "c.GetOrCreate")]
    [InlineData("IMemoryCache c", "c.GetOrCreateAsync(1, async e => { await Task.Yield(); return flag ? new byte[90_000] : new byte[900_000]; });", "c.GetOrCreateAsync")]
    [InlineData("IMemoryCache c", "c.GetOrCreateAsync(1, e => Task.FromResult(flag ? new byte[90_000] : new byte[900_000]));", "c.GetOrCreateAsync")]
    [InlineData("IMemoryCache c", "using var e = c.CreateEntry(1); e.Value = new byte[90_000]; c.Set(2, new byte[900_000]);", "e.Value")]
    [InlineData("IMemoryCache c", "using var e = c.CreateEntry(1).SetSize(5); e.SetValue(new byte[90_000]); c.Set(2, new byte[900_000]);", "e.SetValue")]
    [InlineData("IMemoryCache? c", "c?.Set(1, new byte[90_000]); c?.Set(2, new byte[900_000]);", ".Set")]
    [InlineData("IMemoryCache c", "var d = c; d.Set(1, new byte[90_000]); c.Set(2, new byte[900_000]);", "d.Set")]
    [InlineData("IMemoryCache c", "c.Set(1, new string('x', 50_000)); c.Set(2, new string('x', 500_000));", "c.Set")]
    [InlineData("IMemoryCache c", "void Put() => c.Set(1, new byte[90_000]); Put(); c.Set(2, new byte[900_000]);", "c.Set")]
    // Distributed caches, when it is known where the entries live
    [InlineData("MemoryDistributedCache c", "c.Set(\"1\", new byte[90_000]); c.Set(\"2\", new byte[900_000]);", "c.Set")]
    [InlineData("MemoryDistributedCache c", "c.SetString(\"1\", new string('x', 90_000)); c.SetAsync(\"2\", new byte[900_000]);", "c.SetString")]
    [InlineData("[SharedCache] IDistributedCache c", "c.Set(\"1\", new byte[90_000]); c.Set(\"2\", new byte[900_000]);", "c.Set")]
    [InlineData("[SharedCache(Model = \"lua-shared-dict\", ZoneBytes = 40960)] IDistributedCache c", "c.Set(\"1\", new byte[200]); c.Set(\"2\", new byte[900]);", "c.Set")]
    // Dictionaries that also lose entries
    [InlineData("Dictionary<int, byte[]> c", "c[1] = new byte[90_000]; c[2] = new byte[900_000]; c.Remove(1);", "c[1]")]
    [InlineData("Dictionary<int, byte[]> c", "c.Add(1, new byte[90_000]); c.TryAdd(2, new byte[900_000]); c.Remove(1);", "c.Add")]
    [InlineData("ConcurrentDictionary<int, byte[]> c", "c.GetOrAdd(1, k => new byte[90_000]); c.GetOrAdd(2, new byte[900_000]); c.TryRemove(1, out _);", "c.GetOrAdd")]
    [InlineData("ConcurrentDictionary<int, byte[]> c", "c.AddOrUpdate(1, k => new byte[90_000], (k, v) => new byte[900_000]); c.TryRemove(1, out _);", "c.AddOrUpdate")]
    [InlineData("Dictionary<int, string> c", "c[1] = new string('x', 50_000); c[2] = new string('x', 500_000); c.Remove(1);", "c[1]")]
    [InlineData("[SharedCache] Dictionary<int, byte[]> c", "c[1] = new byte[90_000]; c[2] = new byte[900_000];", "c[1]")]
    // Caches of the user's own
    [InlineData("Own c", "c.Put(1, new byte[90_000]); c.Put(2, new byte[900_000]);", "c.Put")]
    [InlineData("Own c", "c.Make(1, () => new byte[90_000]); c.Put(2, new byte[900_000]);", "c.Make")]
    [InlineData("int c", "Own.PutAll(new byte[90_000]); Own.PutAll(new byte[900_000]);", "Own.PutAll")]
    public async Task MixedCache_Reports(string field, string body, string at) =>
        await VerifyAsync(field, Mark(body, at));

    [Theory]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[200]); c.Set(2, new byte[80_000]);")] // no large object
    [InlineData("IMemoryCache c", "c.Set(1, new byte[200]); c.Set(2, new byte[300_000]);")] // large ones of one size
    [InlineData("IMemoryCache c", "c.Set(1, new byte[random.Next(200, 300_000)]);")] // large ones up to 3.5 times
    [InlineData("IMemoryCache c", "c.Set(1, new byte[300_000]); c.Set(2, new byte[900_000]);")] // ratio 3
    [InlineData("IMemoryCache c", "c.Set(1, new byte[unknown]); c.Set(2, new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[90_000]); c.Set(2, new byte[unknown]);")]
    [InlineData("IMemoryCache c, d", "c.Set(1, new byte[90_000]); d.Set(2, new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, flag ? new byte[900_000] : new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, flag ? given : new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[random.Next(300_000, 900_000)]);")]
    [InlineData("IMemoryCache c", "c.Get(1); c.Set(2, new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, (byte[]?)null); c.Set(2, new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, new List<byte>(200)); c.Set(2, new byte[900_000]);")]
    [InlineData("IMemoryCache c", "c.GetOrCreate(1, e => given); c.GetOrCreate(2, e => new byte[900_000]);")]
    [InlineData("IMemoryCache[] c", "c[0].Set(1, new byte[90_000]); c[1].Set(2, new byte[900_000]);")]
    [InlineData("IDistributedCache c", "c.Set(\"1\", new byte[90_000]); c.Set(\"2\", new byte[900_000]);")]
    [InlineData("[SharedCache(Model = \"lua-shared-dict\")] IDistributedCache c", "c.Set(\"1\", new byte[200]); c.Set(\"2\", new byte[900]);")]
    [InlineData("Dictionary<int, byte[]> c", "c[1] = new byte[90_000]; c[2] = new byte[900_000]; c.Clear();")]
    [InlineData("Dictionary<int, byte[]> c", "c[1] = new byte[90_000]; c[2] = new byte[900_000];")]
    [InlineData("Dictionary<int, byte[]> c, d", "c[1] = new byte[90_000]; c[2] = new byte[900_000]; d.Remove(1);")]
    [InlineData("int c", "Dictionary<int, byte[]> d = []; d[1] = new byte[90_000]; d[2] = new byte[900_000]; d.Remove(1);")]
    [InlineData("Dictionary<int, object> c", "c[1] = new byte[90_000]; c[2] = new byte[900_000]; c.Remove(1);")]
    [InlineData("List<byte[]> c", "c.Add(new byte[90_000]); c.Add(new byte[900_000]); c.Remove(given);")]
    [InlineData("Own c", "c.Put(1, new byte[90_000]); c.Other(2, new byte[900_000]);")]
    [InlineData("Own c, d", "c.Put(1, new byte[90_000]); d.Put(2, new byte[900_000]);")]
    public async Task NearestTwin_IsSilent(string field, string body) => await VerifyAsync(field, body);

    [Fact]
    public async Task PagesAndFragmentsThroughHelpers_Reports() => await VerifyTextAsync("""
        class Site
        {
            private readonly MemoryCache _cache = new(new MemoryCacheOptions());

            public void Serve(int key, Random random)
            {
                byte[] page = RenderPage(random);
                [|_cache.Set|](key, page);
                _cache.Set(-key, RenderFragment(random));
            }

            private static byte[] RenderPage(Random random) => new byte[random.Next(90_000, 1_000_001)];

            private static byte[] RenderFragment(Random random) => new byte[random.Next(200, 4_000)];
        }
        """);

    [Fact]
    public async Task PagesInChunks_IsSilent() => await VerifyTextAsync("""
        class ChunkedPage
        {
            public List<byte[]> Chunks { get; } = [new byte[65_536]];
        }

        class Site
        {
            private readonly MemoryCache _cache = new(new MemoryCacheOptions());

            public void Serve(int key, Random random)
            {
                ChunkedPage page = RenderPage(random);
                _cache.Set(key, page);
                _cache.Set(-key, RenderFragment(random));
            }

            private static ChunkedPage RenderPage(Random random) => new();

            private static byte[] RenderFragment(Random random) => new byte[random.Next(200, 4_000)];
        }
        """);

    [Fact]
    public async Task TopLevelProgram_Reports() => await VerifyTextAsync("""
        MemoryCache cache = new(new MemoryCacheOptions());
        [|cache.Set|](1, new byte[90_000]);
        Put(2);
        void Put(int key) => cache.Set(key, new byte[900_000]);
        """, isProgram: true);

    [Fact]
    public async Task PutsInNestedAndPartialTypes_CountAsOne() => await VerifyTextAsync("""
        partial class Site
        {
            private static readonly MemoryCache Cache = new(new MemoryCacheOptions());
            private class Pages { void Put() => [|Cache.Set|](1, new byte[900_000]); }
        }
        partial class Site
        {
            void Put() => Cache.Set(2, new byte[90_000]);
        }
        """);

    [Fact]
    public async Task SameInjectedCacheInTwoTypes_IsJudgedInEach() => await VerifyTextAsync("""
        class Pages(IMemoryCache cache) { void Put() => cache.Set(1, new byte[900_000]); }
        class Fragments(IMemoryCache cache) { void Put() => cache.Set(1, new byte[90_000]); }
        """);

    [Fact]
    public async Task PrimaryConstructorParameter_IsOneCache() => await VerifyTextAsync("""
        class Pages(IMemoryCache cache)
        {
            void Put() => [|cache.Set|](1, new byte[900_000]);
            void PutSmall() => cache.Set(1, new byte[90_000]);
        }
        """);

    [Theory]
    [InlineData("PageCache", 1)]
    [InlineData("My.Other | PageCache", 1)]
    [InlineData("pagecache", 0)]
    [InlineData("", 0)]
    public async Task AdditionalCacheTypes_AreCaches(string types, int findings) => Assert.Equal(findings, (await Verifier.RunAsync(
        AlwaysWasteful(),
        [Usings + """
            class PageCache { public void Put(int key, byte[] value) { } public void Log(byte[] value) { } }
            class C
            {
                void M(PageCache c) { c.Put(1, new byte[90_000]); c.Put(2, new byte[900_000]); c.Log(new byte[5]); }
            }
            """],
        Options("fragguard.additional_cache_types", types))).Length);

    [Theory]
    [InlineData("")]
    [InlineData("class C { void M() { _cache.Set(1, new byte[90_000]); } }")]
    [InlineData("using Microsoft.Extensions.Caching.Memory; class C { IMemoryCache c; void M() { c.Set(; c.Set(1); c.Set(1, new byte[); } }")]
    [InlineData("class C { Missing<int> c; int P { get => c[1] = new byte[5]; } } class C { }")]
    [InlineData("using System.Collections.Generic; class C { Dictionary<int> d; Dictionary<int, Missing[]> e; void M() { d[1] = e[2] = new Missing[3]; e.Remove(); e.Add(); } }")]
    [InlineData("namespace FragGuard.Annotations { class SharedCacheAttribute : System.Attribute { public string Model; } [SharedCache(Model = 5)] class C { } }")]
    [InlineData("using Microsoft.Extensions.Caching.Memory; c.Set(1, new byte[90000]); var c = c; c.Set(2, new byte[2]);")]
    public async Task BrokenCode_IsSilent(string source) =>
        Assert.Empty(await Verifier.RunAsync(AlwaysWasteful(), [source], allowErrors: true));

    private static string Mixed { get; } =
        Snippet("IMemoryCache c", "c.Set(1, new byte[90_000]); c.Set(2, new byte[900_000]);");

    private static string Snippet(string field, string body) => $$"""
        {{Usings}}
        [SharedCache]
        class Own
        {
            public void Put(int key, [CachedValue] byte[] value) { }
            public void Make(int key, [CachedValue] Func<byte[]> value) { }
            public void Other(int key, byte[] value) { }
            public static void PutAll([CachedValue] byte[] value) { }
            public static bool TryGetValue(int key, out byte[] value) { value = []; return false; }
        }
        class C
        {
        #pragma warning disable 8618, 649
            {{field}};
        #pragma warning restore
            void M(Random random, int unknown, byte[] given, bool flag)
            {
                {{body}}
            }
        }
        """;

    private static string Mark(string body, string at)
    {
        int start = body.IndexOf(at, StringComparison.Ordinal);
        return body.Insert(start + at.Length, "|]").Insert(start, "[|");
    }

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string field, string body) =>
        Verifier.VerifyAsync(AlwaysWasteful(), Snippet(field, body));

    private static Task<ImmutableArray<Diagnostic>> VerifyTextAsync(string markedSource, bool isProgram = false) =>
        Verifier.VerifyAsync(AlwaysWasteful(), Usings + markedSource, allowErrors: isProgram);

    private static Task<ImmutableArray<Diagnostic>> RunAsync(
        string source, double waste, long remedyHeapBytes = 3 << 19, IReadOnlyDictionary<string, string>? options = null) =>
        Verifier.RunAsync(
            new CacheContents(new DoNotMixEntrySizesInOneCache((_, _) => Advice(waste, remedyHeapBytes))), [source], options);

    private static Dictionary<string, string> Options(string key, string value) =>
        new(StringComparer.Ordinal) { [key] = value };

    private static CacheContents AlwaysWasteful() => new(new DoNotMixEntrySizesInOneCache((_, _) => Advice(0.4)));

    private static CacheAdvice Advice(double waste, long remedyHeapBytes = 3 << 19) => new(
        new CachePrediction("dotnet-loh", waste, 1 << 20, 2 << 20, 2 << 20),
        [
            new RemedyPrediction(
                "small-things",
                "store small things",
                new CachePrediction("dotnet-loh", 0.1, 1 << 20, remedyHeapBytes, remedyHeapBytes)),
        ]);
}
