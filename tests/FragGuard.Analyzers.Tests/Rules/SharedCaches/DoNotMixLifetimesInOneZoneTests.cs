using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>The prediction is settled here, so that only the rule is under test; <c>RealPrediction</c> apart.</summary>
public sealed class DoNotMixLifetimesInOneZoneTests
{
    private const string Zone = "[SharedCache(Model = \"lua-shared-dict\", ZoneBytes = 40 << 20)] IDistributedCache c";

    [Theory]
    [InlineData(Zone, "[|c.Set|](k, new byte[6_000], Day); c.Set(k, new byte[40_000], Minute);")]
    [InlineData(Zone, "[|c.Set|](k, new byte[6_000], new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) }); c.SetAsync(k, new byte[40_000], new() { SlidingExpiration = TimeSpan.FromMinutes(1) });")]
    [InlineData(Zone, "[|c.Set|](k, new byte[6_000], new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromHours(1))); c.Set(k, new byte[40_000], Minute);")]
    [InlineData(Zone, "var hour = new TimeSpan(1, 0, 0); [|c.Set|](k, new byte[6_000], new() { SlidingExpiration = hour }); c.Set(k, new byte[40_000], Minute);")]
    [InlineData(Zone, "[|c.SetString|](k, \"0123456789\", Day); c.Set(k, new byte[40_000], Minute);")]
    [InlineData(Zone, "[|c.Set|](k, new byte[6_000], new() { SlidingExpiration = TimeSpan.FromMinutes(random.Next(20, 30)) }); c.Set(k, new byte[40_000], Minute);")]
    [InlineData(Zone, "void Put(int n, TimeSpan t) => c.Set(k, new byte[n], new() { SlidingExpiration = t }); [|Put|](6_000, TimeSpan.FromDays(1)); Put(40_000, TimeSpan.FromHours(1));")]
    [InlineData(Zone, "[|c.Set|](k, new byte[6_000], new() { SlidingExpiration = Hour }); c.Set(k, new byte[40_000], new() { SlidingExpiration = Second });")]
    [InlineData("[SharedCache(Model = \"nginx-slab\", ZoneBytes = 40 << 20)] Own c", "[|c.Put|](new byte[6_000], TimeSpan.FromHours(1)); c.Put(new byte[40_000], TimeSpan.FromMinutes(1));")]
    [InlineData("[SharedCache(Model = \"nginx-slab\", ZoneBytes = 40 << 20)] IMemoryCache c", "[|c.Set|](k, new byte[6_000], TimeSpan.FromHours(1)); c.Set(k, new byte[40_000], TimeSpan.FromSeconds(90.5));")]
    public async Task ShortAndLongLives_Reports(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], Day);")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], new() { SlidingExpiration = TimeSpan.FromMinutes(9) }); c.Set(k, new byte[40_000], Minute);")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day);")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[unknown], Minute);")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000]);")] // no expiry
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], new());")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], given);")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], new() { SlidingExpiration = span });")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1) });")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], new() { SlidingExpiration = TimeSpan.FromMinutes(unknown) });")]
    [InlineData(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], new() { SlidingExpiration = TimeSpan.FromMinutes(1), AbsoluteExpirationRelativeToNow = span });")]
    [InlineData(Zone, "var o = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(1) }; Change(o); c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], o);")]
    [InlineData("IDistributedCache c", "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], Minute);")]
    [InlineData("IMemoryCache c", "c.Set(k, new byte[90_000], TimeSpan.FromHours(1)); c.Set(k, new byte[900_000], TimeSpan.FromMinutes(1));")]
    [InlineData("[SharedCache] IDistributedCache c", "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], Minute);")]
    [InlineData("[SharedCache(Model = \"lua-shared-dict\")] IDistributedCache c", "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], Minute);")]
    [InlineData("[SharedCache(Model = \"lua-shared-dict\", ZoneBytes = 40 << 20)] IDistributedCache c, d", "c.Set(k, new byte[6_000], Day); d.Set(k, new byte[40_000], Minute);")]
    [InlineData("[SharedCache(Model = \"nginx-slab\", ZoneBytes = 40 << 20)] Own c", "c.Put(new byte[6_000], TimeSpan.FromHours(1)); c.Other(new byte[40_000], TimeSpan.FromMinutes(1));")]
    public async Task NearestTwin_IsSilent(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    [InlineData(0.31, 0.2, 0.15, 1)]
    [InlineData(0.31, 0.15, 0.2, 1)]
    [InlineData(0.31, 0.22, 0.1, 0)] // sizes alone cost as much
    [InlineData(0.31, 0.1, 0.22, 0)] // the split saves little
    public async Task Harm_Decides(double waste, double same, double split, int findings) =>
        Assert.Equal(findings, (await RunAsync(Advice(waste, same, split))).Length);

    [Theory]
    [InlineData("fragguard.FG1002.waste_threshold", "0.2", 0)]
    [InlineData("fragguard.FG1002.waste_threshold", "0.15", 1)]
    [InlineData("fragguard.FG1002.waste_threshold", "many", 1)]
    [InlineData("fragguard.FG1002.waste_threshold", "1.5", 1)]
    [InlineData("fragguard.FG1002.lifetime_ratio", "1440", 1)]
    [InlineData("fragguard.FG1002.lifetime_ratio", "1441", 0)]
    [InlineData("fragguard.FG1002.lifetime_ratio", "0.5", 1)]
    public async Task Option_Decides(string key, string value, int findings) => Assert.Equal(
        findings, (await RunAsync(Advice(0.35, 0.15, 0.125), new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value })).Length);

    [Fact]
    public async Task Message_SaysWhatHowMuchAndWhatToDo()
    {
        LifetimeMix? asked = null;
        DoNotMixLifetimesInOneZone rule = new((mix, _) =>
        {
            asked = mix;
            return Advice(0.31, 0.2, 0.1);
        });
        Diagnostic found = Assert.Single(await Verifier.RunAsync(
            new CacheContents(rule), [Snippet(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], Minute); c.Set(k, given2);")]));

        Assert.Equal([new(40_000, 40_000, 60_000), new(6_000, 6_000, 86_400_000)], asked!.Parts);
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        Assert.Equal(
            "Zone 'c' holds entries that live 1 min to 1 d: the lua-shared-dict model predicts 31% waste, 20% with the same sizes "
            + "living equally long, and 10% when entries that live 1 d or more have a zone of their own with 25% of the bytes. "
            + "Not simulated: 1 of 3 put sites, whose sizes or lifetimes are unknown.",
            found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("new byte[random.Next(4_000, 8_001)]", "Day", "new byte[random.Next(20_000, 60_001)]", "Minute", 1)]
    [InlineData("new byte[random.Next(4_000, 8_001)]", "Minute", "new byte[random.Next(20_000, 60_001)]", "Day", 0)]
    [InlineData("new byte[500]", "Day", "new byte[500]", "Minute", 0)]
    public async Task RealPrediction_IsOfTheHarmNotTheMix(string one, string life, string other, string otherLife, int findings) =>
        Assert.Equal(findings, (await Verifier.RunAsync(
            new CacheContents(new DoNotMixLifetimesInOneZone()), [Snippet(Zone, $"c.Set(k, {one}, {life}); c.Set(k, {other}, {otherLife});")])).Length);

    [Fact]
    public async Task UnknownModel_IsSilent() => Assert.Empty(await Verifier.RunAsync(
        new CacheContents(new DoNotMixLifetimesInOneZone((_, place) => throw new ModelSettingException(place.Model))), [Mixed]));

    [Theory]
    [InlineData("class C { void M() { _cache.Set(1, new byte[90_000]); } }")]
    [InlineData("using FragGuard.Annotations; using Microsoft.Extensions.Caching.Distributed; class C { [SharedCache(Model = , ZoneBytes = 5)] IDistributedCache c; void M() { c.Set(\"\", new byte[5], new() { SlidingExpiration = }); c.Set(\"\", , ); } }")]
    public async Task BrokenCode_IsSilent(string source) => Assert.Empty(await Verifier.RunAsync(Harmful(), [source], allowErrors: true));

    private static string Mixed { get; } = Snippet(Zone, "c.Set(k, new byte[6_000], Day); c.Set(k, new byte[40_000], Minute);");

    private static string Snippet(string field, string body) => $$"""
        using System; using System.Collections.Generic; using FragGuard.Annotations;
        using Microsoft.Extensions.Caching.Distributed; using Microsoft.Extensions.Caching.Memory;
        class Own
        {
            public void Put([CachedValue] byte[] value, TimeSpan ttl) { }
            public void Other(byte[] value, TimeSpan ttl) { }
        }
        class C
        {
        #pragma warning disable 8618, 649
            {{field}};
        #pragma warning restore
            private static readonly DistributedCacheEntryOptions Day = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(1) };
            private static readonly DistributedCacheEntryOptions Minute = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) };
            static readonly TimeSpan Hour = TimeSpan.FromMinutes(60);
            static TimeSpan Second => TimeSpan.FromMilliseconds(1_000);
            void M(string k, int unknown, TimeSpan span, DistributedCacheEntryOptions given, byte[] given2, Random random)
            {
                {{body}}
            }
            static void Change(DistributedCacheEntryOptions options) { }
        }
        """;

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string field, string body) =>
        Verifier.VerifyAsync(Harmful(), Snippet(field, body));

    private static Task<ImmutableArray<Diagnostic>> RunAsync(LifetimeAdvice advice, IReadOnlyDictionary<string, string>? options = null) =>
        Verifier.RunAsync(new CacheContents(new DoNotMixLifetimesInOneZone((_, _) => advice)), [Mixed], options);

    private static CacheContents Harmful() => new(new DoNotMixLifetimesInOneZone((_, _) => Advice(0.3, 0.1, 0.1)));

    private static LifetimeAdvice Advice(double waste, double same, double split) =>
        new(Prediction(waste), Prediction(same), Prediction(split), 86_400_000, 0.25);

    private static CachePrediction Prediction(double waste) => new("lua-shared-dict", waste, 1 << 20, 2 << 20, 2 << 20);
}
