using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

public sealed class GiveCachesALimitOrAnExpiryTests
{
    private const string Id = "FG1004";
    private const string Memory = "private static readonly MemoryCache Cache = new(new MemoryCacheOptions());";
    private const string Static = "private static readonly ConcurrentDictionary<string, byte[]> Cache = new();";
    private const string Locked = "private static readonly Dictionary<string, byte[]> Cache = new();";

    [Theory]
    [InlineData(Memory, "[|Cache.Set|](key, Load(key));")]
    [InlineData(Memory, "[|Cache.Set|]($\"page:{number}\", Load(key));")]
    [InlineData(Memory, "[|Cache.Set|](number, Load(key));")]
    [InlineData(Memory, "var k = (key, number); [|Cache.Set|](k, Load(key));")]
    [InlineData(Memory, "[|Cache.GetOrCreate|](key, e => Load(key));")]
    [InlineData(Memory, "[|Cache.GetOrCreate|](key, e => { e.Priority = CacheItemPriority.High; return Load(key); });")]
    [InlineData(Memory, "using var e = [|Cache.CreateEntry|](key); e.Value = Load(key);")]
    [InlineData(Memory, "if (!Cache.TryGetValue(key, out byte[]? page)) [|Cache.Set|](key, Load(key), new MemoryCacheEntryOptions { Size = 1 });")]
    [InlineData("private readonly IMemoryCache Cache; public C() => Cache = new MemoryCache(new MemoryCacheOptions());", "[|Cache.Set|](key, Load(key));")]
    [InlineData("private readonly MemoryCache Cache = new(new MemoryCacheOptions()); public void Dispose() => Cache.Dispose();", "[|Cache.Set|](key, Load(key));")]
    [InlineData(Static, "[|Cache.GetOrAdd|](key, Load);")]
    [InlineData("private static readonly ConcurrentDictionary<string, byte[]> Thumbnails = new();", "[|Thumbnails.GetOrAdd|](key, Load);")]
    [InlineData(Static, "[|Cache.GetOrAdd|](key, k => new byte[4096]);")]
    [InlineData(Static, "if (!Cache.TryGetValue(key, out _)) [|Cache.TryAdd|](key, Load(key));")]
    [InlineData(Static, "if (!Cache.ContainsKey(key)) [|Cache[key]|] = Load(key);")]
    [InlineData(Locked, "lock (Cache) { if (!Cache.TryGetValue(key, out _)) [|Cache.Add|](key, Load(key)); }")]
    [InlineData("private static readonly ConcurrentDictionary<string, string> Cache = new();", "[|Cache.GetOrAdd|](key, k => k + number);")]
    public async Task CacheThatOnlyGrows_Reports(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    // Memory caches
    [InlineData("private static readonly MemoryCache Cache = new(new MemoryCacheOptions { SizeLimit = 5 });", "Cache.Set(key, Load(key), new MemoryCacheEntryOptions { Size = 1 });")]
    [InlineData("private readonly IMemoryCache Cache; public C(IMemoryCache cache) => Cache = cache;", "Cache.Set(key, Load(key));")]
    [InlineData("private readonly IMemoryCache Cache; public C(IMemoryCache? cache) => Cache = cache ?? new MemoryCache(new MemoryCacheOptions());", "Cache.Set(key, Load(key));")]
    [InlineData("internal static readonly MemoryCache Cache = new(new MemoryCacheOptions());", "Cache.Set(key, Load(key));")]
    [InlineData("private static MemoryCache Cache = new(new MemoryCacheOptions());", "Cache.Set(key, Load(key));")]
    [InlineData(Memory, "Cache.Set(key, Load(key), TimeSpan.FromHours(1));")]
    [InlineData(Memory, "Cache.Set(key, Load(key), new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromHours(1) });")]
    [InlineData(Memory, "Cache.Set(key, Load(key), given);")]
    [InlineData(Memory, "Cache.Set(key, Load(key)); Cache.Set(\"all\", key, TimeSpan.FromHours(1));")]
    [InlineData(Memory, "Cache.GetOrCreate(key, e => { e.SetSlidingExpiration(TimeSpan.FromHours(1)); return Load(key); });")]
    [InlineData(Memory, "using var e = Cache.CreateEntry(key); e.Value = Load(key); e.AddExpirationToken(token);")]
    [InlineData(Memory, "Cache.Set(key, Load(key)); Cache.Remove(key);")]
    [InlineData(Memory, "Cache.Set(key, Load(key)); Cache.Compact(0.5);")]
    [InlineData(Memory, "Cache.Set(key, Load(key)); if (Cache.Count > 100) Cache.Clear();")]
    [InlineData(Memory, "Cache.Set(key, Load(key)); Give(Cache);")]
    [InlineData(Memory, "Cache.Set(\"all\", Load(key));")]
    [InlineData(Memory, "const string k = \"all\"; Cache.Set(k, Load(key));")]
    [InlineData(Memory, "Cache.Set(day, Load(key));")]
    [InlineData(Memory, "Cache.Set(typeof(string), Load(key)); Cache.Set(type, Load(key));")]
    [InlineData(Memory, "Cache.Get(key);")]
    // Dictionaries
    [InlineData(Static, "Cache.TryAdd(key, Load(key));")] // never asked: no cache
    [InlineData(Static, "Cache.GetOrAdd(key, Load); Cache.TryRemove(key, out _);")]
    [InlineData(Static, "if (Cache.Count < 100) Cache.GetOrAdd(key, Load);")]
    [InlineData(Static, "Cache.GetOrAdd(key, Load); Give(Cache);")]
    [InlineData(Static, "Cache.GetOrAdd(key, Load); foreach (var pair in Cache) { }")]
    [InlineData(Static, "Cache.GetOrAdd(\"all\", Load);")]
    [InlineData(Static, "if (!Cache.ContainsKey(key)) { using var s = typeof(C).Assembly.GetManifestResourceStream(key); Cache[key] = new byte[s!.Length]; }")]
    [InlineData(Locked, "if (!Cache.TryGetValue(key, out _)) { Cache.Clear(); Cache.Add(key, Load(key)); }")]
    [InlineData("private readonly ConcurrentDictionary<string, byte[]> Cache = new();", "Cache.GetOrAdd(key, Load);")]
    [InlineData("private static ConcurrentDictionary<string, byte[]> Cache = new();", "Cache.GetOrAdd(key, Load);")]
    [InlineData("private static readonly ConcurrentDictionary<string, string> NameOfFile = new();", "if (!NameOfFile.TryGetValue(key, out _)) NameOfFile[key] = key + number;")] // a table of names
    [InlineData("private static readonly ConcurrentDictionary<string, object> Cache = new();", "Cache.GetOrAdd(key, Load);")]
    [InlineData("private static readonly ConcurrentDictionary<int, byte[]> Cache = new();", "Cache.GetOrAdd(number, n => new byte[n]);")]
    [InlineData("private static readonly ConcurrentDictionary<Type, byte[]> Cache = new();", "Cache.GetOrAdd(type, t => new byte[5]);")]
    [InlineData("private static readonly ConcurrentDictionary<DayOfWeek, byte[]> Cache = new();", "Cache.GetOrAdd(day, t => new byte[5]);")]
    public async Task BoundedOrNoCache_IsSilent(string field, string body) => await VerifyAsync(field, body);

    [Fact]
    public async Task DictionaryFilledByItsType_IsSilent() => await VerifyAsync(
        "private static readonly Dictionary<string, string> Cache = new(); public C(string name) => Cache[name] = name;",
        "Cache.TryGetValue(key, out _);");

    [Fact]
    public async Task RemovalInANestedType_IsSilent() => await VerifyAsync(
        Static + " class Sweeper { void Sweep(string key) => Cache.TryRemove(key, out _); }", "Cache.GetOrAdd(key, Load);");

    [Theory]
    [InlineData("", "using Map = System.Collections.Concurrent.ConcurrentDictionary<string, byte[]>;", "Map Pages")]
    [InlineData("global using Map = System.Collections.Concurrent.ConcurrentDictionary<string, byte[]>;", "", "Map Pages")]
    [InlineData("", "using Page = byte[];", "System.Collections.Concurrent.ConcurrentDictionary<string, Page> Pages")]
    [InlineData("global using Page = byte[];", "", "System.Collections.Concurrent.ConcurrentDictionary<string, Page> Pages")]
    [InlineData("", "", "System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> Pages")]
    public async Task TypeThatAnAliasNames_Reports(string otherFile, string alias, string field) => Assert.Single(await Verifier.RunAsync(
        RuleCatalogue.AnalyzerOf(Id),
        [
            otherFile,
            $$"""
            {{alias}}
            class C
            {
                private static readonly {{field}} = new();
                byte[] Of(string key) => Pages.GetOrAdd(key, k => System.IO.File.ReadAllBytes(k));
            }
            """,
        ]));

    [Theory]
    [InlineData("static readonly System.Collections.Generic.Dictionary<string, int[]> Names = new();", 1)]
    [InlineData("static readonly System.Collections.Generic.Dictionary<string, string> Names = new();", 0)]
    [InlineData("void M() { var names = new System.Collections.Generic.Dictionary<string, int[]>(); }", 0)]
    [InlineData("static readonly System.Collections.Generic.Dictionary<string, string> Names = new();", 1, "using Map = System.Int32;")]
    [InlineData("void M() { }", 0, "using Map = System.Int32;")]
    public async Task Types_AreLookedAtWhereATextMayDeclareACache(string member, int asking, string alias = "")
    {
        CompilationWithAnalyzers compilation =
            Verifier.Compile([$"{alias} class C {{ {member} }}"]).WithAnalyzers([RuleCatalogue.AnalyzerOf(Id)]);
        await compilation.GetAnalyzerDiagnosticsAsync(CancellationToken.None);

        AnalyzerTelemetryInfo told = await compilation.GetAnalyzerTelemetryInfoAsync(compilation.Analyzers.Single(), CancellationToken.None);

        Assert.Equal(asking, told.SymbolStartActionsCount);
    }

    [Fact]
    public async Task Message_SaysBytesWhereTheyAreKnown()
    {
        Diagnostic found = (await VerifyAsync(Static, "[|Cache.GetOrAdd|](key, k => new byte[4096]);")).Single();
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal(
            "Cache 'Cache' grows with every new key by 4 KiB: it has no limit, its entries do not expire, and nothing in 'C' removes one. "
            + "Use a MemoryCache with a SizeLimit or an expiry, or remove what is old.",
            found.GetMessage(null));
    }

    [Theory]
    [InlineData("class C { static readonly Missing<string> c; void M(string k) { c.GetOrAdd(k, x => ); } }")]
    [InlineData("using System.Collections.Generic; class C { static readonly Dictionary<string, byte[]> c; void M(string k) { c[k] = ; c[] = new byte[5]; c.TryGetValue(; } }")]
    public async Task BrokenCode_IsSilent(string source) =>
        Assert.Empty(await Verifier.RunAsync(RuleCatalogue.AnalyzerOf(Id), [source], allowErrors: true));

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string field, string body) => Verifier.VerifyAsync(Id, $$"""
        using System; using System.Collections.Concurrent; using System.Collections.Generic;
        using Microsoft.Extensions.Caching.Memory; using Microsoft.Extensions.Primitives;

        class C
        {
            {{field}}
            public void M(string key, int number, DayOfWeek day, Type type, MemoryCacheEntryOptions given, IChangeToken token)
            {
                {{body}}
            }
            static byte[] Load(string key) => System.IO.File.ReadAllBytes(key);
            static void Give(object cache) { }
        }
        """);
}
