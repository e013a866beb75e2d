using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>What counts as a mixed cache. The prediction is settled here, so that only the rule is under test.</summary>
public sealed class DoNotMixEntrySizesInOneCacheTests
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

    [Fact]
    public async Task PrivateMethodThatForwards_IsJudgedAtItsCalls() => await VerifyTextAsync("""
        class Pages(IMemoryCache cache)
        {
            void Small() => [|Put|](1, new byte[90_000]);
            void Large() => Later(2, 900_000);
            private void Later(int key, int bytes) => Put(key, new byte[bytes]);
            private void Put(int key, byte[] page) => cache.Set(key, page);
        }
        """);

    [Fact]
    public async Task LocalFunctionThatForwards_IsJudgedAtItsCalls() => await VerifyTextAsync("""
        class Pages(IMemoryCache cache)
        {
            void Fill()
            {
                [|Put|](1, new byte[90_000]);
                Put(2, new byte[900_000]);
                void Put(int key, byte[] page) => cache.Set(key, page);
            }
        }
        """);

    [Fact]
    public async Task MethodsThatForwardToThemselves_End() => await VerifyTextAsync($$"""
        class Pages(IMemoryCache cache)
        {
            void Small() => [|Put|](1, new byte[90_000], 0);
            void Large() => Put(2, new byte[900_000], 0);
            private void Put(int key, byte[] page, int n)
            {
                {{string.Concat(Enumerable.Repeat("Again(key, page, n);", 50))}}
                cache.Set(key, page);
            }
            private void Again(int key, byte[] page, int n)
            {
                {{string.Concat(Enumerable.Repeat("Put(key, page, n);", 50))}}
            }
        }
        """);

    [Theory]
    // Looked up, made when missing, put: what is read back is no size of its own
    [InlineData("IMemoryCache c", "if (!c.TryGetValue(1, out byte[]? v)) { v = flag ? new byte[90_000] : new byte[900_000]; [|c.Set|](1, v); }")]
    [InlineData("IMemoryCache c", "if (!c.TryGetValue(1, out object? v)) { v = flag ? new byte[90_000] : new byte[900_000]; [|c.Set|](1, v); }")]
    [InlineData("IMemoryCache c", "var v = c.Get<byte[]>(1); if (v is null) { v = flag ? new byte[90_000] : new byte[900_000]; [|c.Set|](1, v); }")]
    [InlineData("[SharedCache] IDistributedCache c", "var v = c.GetAsync(\"1\").Result ?? (flag ? new byte[90_000] : new byte[900_000]); [|c.Set|](\"1\", v);")]
    [InlineData("Dictionary<int, byte[]> c", "if (!c.TryGetValue(1, out var v)) [|c[1]|] = v = flag ? new byte[90_000] : new byte[900_000]; c.Remove(2);")]
    // The same, where something else is looked up or a number decides
    [InlineData("IMemoryCache c", "if (!Own.TryGetValue(1, out byte[] v)) { v = flag ? new byte[90_000] : new byte[900_000]; c.Set(1, v); }")]
    [InlineData("IMemoryCache c", "if (!c.TryGetValue(1, out byte[]? v)) { c.Set(1, v); c.Set(2, new byte[900_000]); }")]
    [InlineData("IMemoryCache c", "if (!c.TryGetValue(1, out int n)) { n = flag ? 90_000 : 900_000; c.Set(1, new byte[n]); }")]
    [InlineData("IMemoryCache c", "var n = c.Get<int?>(1) ?? 90_000; c.Set(1, new byte[n]); c.Set(2, new byte[900_000]);")]
    public async Task ValueReadBack_CountsWhereItWasMade(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    [InlineData("static byte[] Blank => new byte[90_000];", "[|c.Set|](1, Blank)", "[|c.Set|](1, Blank)")]
    [InlineData("static readonly byte[] Blank = new byte[90_000];", "[|c.Set|](1, Blank.Clone())", "c.Set(1, Blank)")]
    [InlineData("readonly byte[] Blank = new byte[90_000];", "[|c.Set|](1, Blank.AsSpan().ToArray())", "c.Set(1, (object)Blank)")]
    [InlineData("static byte[] Blank { get; } = new byte[90_000];", "[|c.GetOrCreate|](1, e => new byte[Blank.Length])", "c.GetOrCreate(1, e => Blank)")]
    public async Task OneBlockForManyEntries_IsNotSimulated(string member, string copied, string shared)
    {
        await VerifyTextAsync($"class Pages(IMemoryCache c) {{ {member} void Put() {{ {copied}; c.Set(2, new byte[900_000]); }} }}");
        await VerifyTextAsync($"class Pages(IMemoryCache c) {{ {member} void Put() {{ {shared}; c.Set(2, new byte[900_000]); }} }}");
    }

    [Theory]
    [InlineData("GetOrCreate(key, e => { e.SetSize(1); return make(); })", "Func<byte[]>")]
    [InlineData("GetOrCreate(key, e => make.Invoke())", "Func<byte[]>")]
    [InlineData("GetOrCreateAsync(key, async e => { await Task.Yield(); return make(); })", "Func<byte[]>")]
    [InlineData("Set(key, make())", "Func<byte[]>")]
    public async Task PrivateMethodGivenAFactory_IsJudgedAtItsCalls(string put, string factory) => await VerifyTextAsync($$"""
        class Pages(IMemoryCache cache)
        {
            void Small() => [|Put|](1, () => new byte[90_000]);
            void Large() => Put(2, () => new byte[900_000]);
            private void Put(int key, {{factory}} make) => cache.{{put}};
        }
        class Changed(IMemoryCache cache)
        {
            void Small() => Put(1, () => new byte[90_000]);
            void Large() => Put(2, () => new byte[900_000]);
            private void Put(int key, {{factory}} make) { make = Other; cache.{{put}}; }
            private byte[] Other() => [];
        }
        """);

    [Fact]
    public async Task FactoryPassedOn_IsJudgedAtItsCalls() => await VerifyTextAsync("""
        class Pages(IMemoryCache cache)
        {
            void Small() => [|Put|](1, e => new byte[90_000]);
            void Large() => Put(2, e => new byte[900_000]);
            private void Put(int key, Func<ICacheEntry, byte[]> make) => cache.GetOrCreate(key, make);
        }
        class Given(IMemoryCache cache, Func<ICacheEntry, byte[]> make)
        {
            void Small() => Put(1);
            void Large() => cache.Set(2, new byte[900_000]);
            private void Put(int key) => cache.GetOrCreate(key, make);
        }
        """);

    [Fact]
    public async Task PublicMethodThatForwards_IsUnknown() => await VerifyTextAsync("""
        class Pages(IMemoryCache cache)
        {
            void Small() => Put(1, new byte[90_000]);
            void Large() => Put(2, new byte[900_000]);
            public void Put(int key, byte[] page) => cache.Set(key, page);
        }
        """);

    [Fact]
    public async Task CacheGivenToAPrivateMethod_IsTheCallersCache() => await VerifyTextAsync("""
        class Pages(IMemoryCache small, IMemoryCache large)
        {
            void Small() => Put(small, 90_000);
            void Large() => Put(large, 900_000);
            private static void Put(IMemoryCache cache, int bytes) => cache.Set(bytes, new byte[bytes]);
        }
        class Mixed(IMemoryCache one)
        {
            void Small() => [|Put|](one, 90_000);
            void Large() => Put(one, 900_000);
            private static void Put(IMemoryCache cache, int bytes) => cache.Set(bytes, new byte[bytes]);
        }
        """);

    [Fact]
    public async Task Finding_CarriesItsFacts()
    {
        Diagnostic finding = Assert.Single(await VerifyAsync(
            "IMemoryCache c",
            "[|c.Set|](1, new byte[90_000]); c.Set(2, new byte[900_000]); c.Set(3, given);"));

        Assert.Equal(
            "Cache 'c' holds entries of 87.9 KiB to 878.9 KiB: the dotnet-loh model predicts 40% waste after full GCs "
            + "(with 600 entries 2 MiB held for 1 MiB live on average). "
            + "Best remedy simulated: store small things (predicted 1.5 MiB, 10% waste). "
            + "Not simulated: 1 of 3 put sites, whose sizes are unknown.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, finding.AdditionalLocations.Count);
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Dictionary<string, string?> expected = new(StringComparer.Ordinal)
        {
            [FindingProperties.Model] = "dotnet-loh",
            [FindingProperties.Waste] = "0.4",
            [FindingProperties.WasteLow] = "0.4",
            [FindingProperties.WasteHigh] = "0.4",
            [FindingProperties.LiveBytes] = "1048576",
            [FindingProperties.HeapBytes] = "2097152",
            [FindingProperties.Cache] = "c",
            [FindingProperties.MinBytes] = "90000",
            [FindingProperties.MaxBytes] = "900000",
            [FindingProperties.Threshold] = "0.25",
            [FindingProperties.Mix] = "90000-90000*1;900000-900000*1",
            [FindingProperties.Entries] = "600",
            [FindingProperties.BestRemedy] = "small-things",
            [FindingProperties.BestHeapBytes] = "1572864",
            [FindingProperties.PutSites] = "Snippet0.cs:21;Snippet0.cs:21;Snippet0.cs:21",
            [FindingProperties.UnknownPutSites] = "1",
        };
        Assert.Equal(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            finding.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mix_HasOnePartPerSite_AndSharesOutAWeight()
    {
        Diagnostic finding = Assert.Single(await VerifyAsync(
            "IMemoryCache c",
            "[|c.Set|](1, flag ? new byte[90_000] : new byte[900_000]); c.Set(2, new byte[random.Next(5, 11)]); c.Set(3, new byte[90_000]);"));

        Assert.Equal("5-10*1;90000-90000*1.5;900000-900000*0.5", finding.Properties[FindingProperties.Mix]);
    }

    [Fact]
    public async Task NoRemedyBeatsIt_TheMessageSaysSo()
    {
        Diagnostic finding = Assert.Single(await RunAsync(Mixed, waste: 0.4, remedyHeapBytes: 3 << 20));

        Assert.Contains(
            "No remedy that was simulated needs less.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.False(finding.Properties.ContainsKey(FindingProperties.BestRemedy));
    }

    [Fact]
    public async Task Zone_IsSimulatedAsAnnotated()
    {
        CachePlace? asked = null;
        DoNotMixEntrySizesInOneCache rule = new((_, place) =>
        {
            asked = place;
            return Advice(0.4);
        });
        Diagnostic finding = Assert.Single(await Verifier.RunAsync(rule, [Snippet(
            "[SharedCache(Model = \"lua-shared-dict\", ZoneBytes = 40960)] IDistributedCache c",
            "c.Set(\"1\", new byte[200]); c.Set(\"2\", new byte[900]);")]));

        Assert.Equal(new CachePlace("lua-shared-dict", 40_960), asked);
        Assert.Equal("40960", finding.Properties[FindingProperties.ZoneBytes]);
        Assert.Contains(
            "predicts 40% waste (2 MiB held for 1 MiB live). ",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(0.24, 0)]
    public async Task Waste_IsHeldAgainstTheThreshold(double waste, int findings) =>
        Assert.Equal(findings, (await RunAsync(Mixed, waste)).Length);

    [Theory]
    [InlineData("fragguard.FG1001.waste_threshold", "0.5", 0)]
    [InlineData("fragguard.FG1001.waste_threshold", "0.3", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "0,5", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "50%", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "5", 1)]
    [InlineData("fragguard.FG1001.waste_threshold", "NaN", 1)]
    [InlineData("fragguard.FG1001.size_ratio", "10", 1)]
    [InlineData("fragguard.FG1001.size_ratio", "10.1", 0)]
    [InlineData("fragguard.FG1001.size_ratio", "many", 1)]
    [InlineData("fragguard.FG1001.size_ratio", "0.5", 1)]
    public async Task Option_Decides(string key, string value, int findings) =>
        Assert.Equal(findings, (await RunAsync(Mixed, 0.4, options: Options(key, value))).Length);

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
    [InlineData("50", "50")]
    [InlineData("-50", "600")]
    [InlineData("0", "600")]
    [InlineData("999999999", "600")]
    [InlineData("many", "600")]
    public async Task Entries_AreAnOption(string value, string entries) => Assert.Equal(
        entries,
        (await RunAsync(Mixed, 0.4, options: Options("fragguard.cache_entries", value)))[0]
            .Properties[FindingProperties.Entries]);

    [Theory]
    [InlineData("fragguard.cache_entries", "50", true, true)]
    [InlineData("fragguard.cache_entries", "0", false, true)]
    [InlineData("build_property.ConcurrentGarbageCollection", "false", false, false)]
    [InlineData("build_property.ConcurrentGarbageCollection", "true", false, true)]
    [InlineData("build_property.ConcurrentGarbageCollection", "", false, true)]
    public async Task OptionsAndProject_SayWhatIsKnownOfTheHeap(string key, string value, bool knowsEntries, bool isConcurrent)
    {
        GcHeapAssumptions? heap = null;
        DoNotMixEntrySizesInOneCache rule = new((_, place) =>
        {
            heap = place.Heap;
            return Advice(0.4);
        });

        await Verifier.RunAsync(rule, [Mixed], Options(key, value));

        Assert.Equal(new GcHeapAssumptions(isConcurrent, knowsEntries), heap);
    }

    [Fact]
    public async Task WidePrediction_ShowsItsRange()
    {
        CacheAdvice advice = Advice(0.4);
        DoNotMixEntrySizesInOneCache rule = new((_, _) =>
            advice with { AsWritten = advice.AsWritten with { WasteLow = 0.3, WasteHigh = 0.55 } });

        Diagnostic finding = Assert.Single(await Verifier.RunAsync(rule, [Mixed]));

        Assert.Contains(
            "predicts 40% (30% to 55%) waste after full GCs (with 600 entries",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameSizes_AreSimulatedOnce()
    {
        int simulations = 0;
        DoNotMixEntrySizesInOneCache rule = new((_, _) =>
        {
            System.Threading.Interlocked.Increment(ref simulations);
            return Advice(0.4);
        });
        for (int i = 0; i < 3; i++)
            Assert.Single(await Verifier.RunAsync(rule, [Mixed + new string('\n', i)]));

        Assert.Equal(1, simulations);
    }

    [Fact]
    public async Task UnknownModel_IsSilent() => Assert.Empty(await Verifier.RunAsync(
        new DoNotMixEntrySizesInOneCache((_, place) => throw new ModelSettingException(place.Model)), [Mixed]));

    [Fact]
    public async Task RealPrediction_DecidesAlike()
    {
        SizeMix mix = new([new(90_000, 90_000), new(900_000, 900_000)]);
        bool isWasteful = CacheAdvisor.OnGcHeap(mix).AsWritten.Waste >= 0.25;

        Assert.Equal(isWasteful ? 1 : 0, (await Verifier.RunAsync(new DoNotMixEntrySizesInOneCache(), [Mixed])).Length);
    }

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
            new DoNotMixEntrySizesInOneCache((_, _) => Advice(waste, remedyHeapBytes)), [source], options);

    private static Dictionary<string, string> Options(string key, string value) =>
        new(StringComparer.Ordinal) { [key] = value };

    private static DoNotMixEntrySizesInOneCache AlwaysWasteful() => new((_, _) => Advice(0.4));

    private static CacheAdvice Advice(double waste, long remedyHeapBytes = 3 << 19) => new(
        new CachePrediction("dotnet-loh", waste, 1 << 20, 2 << 20, 2 << 20),
        [
            new RemedyPrediction(
                "small-things",
                "store small things",
                new CachePrediction("dotnet-loh", 0.1, 1 << 20, remedyHeapBytes, remedyHeapBytes)),
        ]);
}
