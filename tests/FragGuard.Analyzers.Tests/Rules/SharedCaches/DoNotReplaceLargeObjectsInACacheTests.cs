using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Advice;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>The prediction is settled here, so that only the rule is under test; <c>RealPrediction</c> apart.</summary>
public sealed class DoNotReplaceLargeObjectsInACacheTests
{
    [Theory]
    [InlineData("IMemoryCache c", "[|c.Set|](key, new byte[300_000]);")]
    [InlineData("IMemoryCache c", "[|c.Set|](key, new byte[84_976]);")]
    [InlineData("IMemoryCache c", "[|c.Set|](key, new byte[random.Next(300_000, 900_000)]);")]
    [InlineData("IMemoryCache c", "[|c.Set|](key, new byte[random.Next(200, 300_000)]);")]
    [InlineData("IMemoryCache c", "[|c.Set|]($\"page:{key}\", new int[50_000]);")]
    [InlineData("IMemoryCache c", "c.Set(-key, new byte[200]); [|c.Set|](key, new byte[300_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[100_000]); [|c.Set|](key, new byte[300_000]);")]
    [InlineData("IMemoryCache c", "[|c.GetOrCreate|](key, e => new byte[300_000]);")]
    [InlineData("IMemoryCache c", "[|c.Set|](key, new string('x', 50_000));")]
    [InlineData("IMemoryCache c", "void Put(int k) => [|c.Set|](k, new byte[300_000]); Put(key);")]
    [InlineData("IMemoryCache c", "void Put(int n) => c.Set(key, new byte[n]); [|Put|](300_000);")]
    [InlineData("IMemoryCache c", "[|c.Set|](key, declared);")]
    [InlineData("MemoryDistributedCache c", "[|c.Set|](\"p\" + key, new byte[300_000]);")]
    [InlineData("Dictionary<int, byte[]> c", "[|c[key]|] = new byte[300_000]; c.Remove(key);")]
    [InlineData("[SharedCache] IDistributedCache c", "[|c.Set|](\"p\" + key, new byte[300_000]);")]
    public async Task LargeObjectsOfAboutOneSize_Reports(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    [InlineData("IMemoryCache c", "c.Set(key, new byte[84_975]);")]
    [InlineData("IMemoryCache c", "c.Set(key, new byte[random.Next(200, 84_976)]);")]
    [InlineData("IMemoryCache c", "c.Set(key, new byte[unknown]);")]
    [InlineData("IMemoryCache c", "c.Set(key, new byte[Math.Min(unknown, 300_000)]);")]
    [InlineData("IMemoryCache c", "c.Set(key, given);")]
    [InlineData("IMemoryCache c", "c.Set(\"all\", new byte[300_000]);")] // one entry
    [InlineData("IMemoryCache c", "void Put(string k, int n) => c.Set(k, new byte[n]); Put(\"all\", 300_000);")]
    [InlineData("IMemoryCache c", "c.Set(key, new List<byte[]> { new byte[300_000] });")]
    [InlineData("IMemoryCache c", "c.Set(key, Blank);")] // one block for all
    [InlineData("IMemoryCache c", "c.Set(key, new byte[90_000]); c.Set(-key, new byte[900_000]);")] // FG1001
    [InlineData("IDistributedCache c", "c.Set(\"p\" + key, new byte[300_000]);")] // another process
    [InlineData("[SharedCache(Model = \"lua-shared-dict\", ZoneBytes = 4_194_304)] IDistributedCache c", "c.Set(\"p\" + key, new byte[300_000]);")]
    [InlineData("Dictionary<int, byte[]> c", "c[key] = new byte[300_000];")] // never replaced
    [InlineData("Dictionary<int, byte[]> c", "c[key] = new byte[300_000]; c.Clear();")]
    [InlineData("List<byte[]> c", "c.Add(new byte[300_000]); c.RemoveAt(0);")]
    [InlineData("IMemoryCache c", "if (c.TryGetValue(key, out byte[]? page)) c.Set(-key, page);")]
    public async Task NearestTwin_IsSilent(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    [InlineData(0.25, 1 << 20, 1)]
    [InlineData(0.24, 1 << 20, 0)]
    [InlineData(0.4, 3 << 20, 0)] // no remedy
    public async Task Prediction_Decides(double waste, long remedyHeapBytes, int findings) =>
        Assert.Equal(findings, (await Verifier.RunAsync(new CacheContents(new DoNotReplaceLargeObjectsInACache((_, _) => Advice(waste, remedyHeapBytes))), [Large])).Length);

    [Theory]
    [InlineData("fragguard.FG1006.waste_threshold", "0.5", 0)]
    [InlineData("fragguard.FG1006.waste_threshold", "0.3", 1)]
    [InlineData("fragguard.FG1006.waste_threshold", "many", 1)]
    [InlineData("fragguard.FG1006.waste_threshold", "1.5", 1)]
    [InlineData("fragguard.loh_threshold", "300025", 0)]
    [InlineData("fragguard.loh_threshold", "300024", 1)]
    [InlineData("fragguard.loh_threshold", "1000", 1)]
    public async Task Option_Decides(string key, string value, int findings) => Assert.Equal(
        findings,
        (await Verifier.RunAsync(AlwaysWasteful(), [Large], new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value })).Length);

    [Fact]
    public async Task OnlyLargeEntries_AreSimulated()
    {
        Diagnostic found = Assert.Single(await VerifyAsync(
            "IMemoryCache c", "c.Set(-key, new byte[200]); [|c.Set|](key, new byte[random.Next(200, 300_000)]);"));

        Assert.Equal("84976-299999*1", found.Properties[FindingProperties.Mix]);
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal(
            "Cache 'c' holds large objects of 83 KiB to 293 KiB: once they are replaced, the dotnet-loh model predicts 40% waste "
            + "after full GCs (with 600 entries 2 MiB held for 1 MiB live on average). "
            + "Best remedy simulated: store small things (predicted 1 MiB, 10% waste). The other 1 of 2 put sites are not simulated.",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task RealPrediction_Reports()
    {
        Diagnostic found = Assert.Single(await Verifier.VerifyAsync("FG1006", Marked("IMemoryCache c", "[|c.Set|](key, new byte[300_000]);")));
        Assert.Equal("pooled-chunks", found.Properties[FindingProperties.BestRemedy]);
    }

    [Theory]
    [InlineData("class C { void M() { _cache.Set(1, new byte[90_000]); } }")]
    [InlineData("using Microsoft.Extensions.Caching.Memory; class C { IMemoryCache c; void M() { c.Set(; c.Set(, new byte[300_000]); c.Set(1, new byte[); } }")]
    public async Task BrokenCode_IsSilent(string source) =>
        Assert.Empty(await Verifier.RunAsync(AlwaysWasteful(), [source], allowErrors: true));

    private static string Large { get; } = Marked("IMemoryCache c", "c.Set(key, new byte[300_000]);");

    private static string Marked(string field, string body) => $$"""
        using System; using System.Collections.Generic; using FragGuard.Annotations;
        using Microsoft.Extensions.Caching.Distributed; using Microsoft.Extensions.Caching.Memory;
        class C
        {
        #pragma warning disable 8618, 649
            {{field}};
        #pragma warning restore
            static readonly byte[] Blank = new byte[300_000];
            void M(int key, Random random, int unknown, byte[] given, [EntrySize(300_000, 400_000)] byte[] declared)
            {
                {{body}}
            }
        }
        """;

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string field, string body) =>
        Verifier.VerifyAsync(AlwaysWasteful(), Marked(field, body));

    private static CacheContents AlwaysWasteful() => new(new DoNotReplaceLargeObjectsInACache((_, _) => Advice(0.4, 1 << 20)));

    private static CacheAdvice Advice(double waste, long remedyHeapBytes) => new(
        new CachePrediction("dotnet-loh", waste, 1 << 20, 2 << 20, 2 << 20),
        [new RemedyPrediction("small-things", "store small things", new CachePrediction("dotnet-loh", 0.1, 1 << 20, remedyHeapBytes, remedyHeapBytes))]);
}
