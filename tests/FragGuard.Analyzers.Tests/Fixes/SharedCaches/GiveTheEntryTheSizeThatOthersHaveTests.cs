using System.Threading.Tasks;
using FragGuard.CodeFixes.SharedCaches;

namespace FragGuard.Analyzers.Tests.Fixes.SharedCaches;

public sealed class GiveTheEntryTheSizeThatOthersHaveTests
{
    private const string ByEntry = "Cache.Set(0, value, new MemoryCacheEntryOptions { Size = 1 });";
    private const string ByLength = "Cache.Set(0, value, new MemoryCacheEntryOptions().SetSize(value.Length));";

    [Theory]
    [InlineData(ByEntry, "Cache.Set(1, value)", "Cache.Set(1, value, new MemoryCacheEntryOptions { Size = 1 })")]
    [InlineData(ByLength, "Cache.Set(1, value)", "Cache.Set(1, value, new MemoryCacheEntryOptions { Size = value.Length })")]
    [InlineData(ByEntry, "Cache.Set(1, Load(), new MemoryCacheEntryOptions())", "Cache.Set(1, Load(), new MemoryCacheEntryOptions() { Size = 1 })")]
    [InlineData(ByEntry, "Cache.Set(1, value, new MemoryCacheEntryOptions { Priority = CacheItemPriority.High })", "Cache.Set(1, value, new MemoryCacheEntryOptions { Priority = CacheItemPriority.High, Size = 1 })")]
    [InlineData(ByEntry, "Cache.Set(1, value, new MemoryCacheEntryOptions\n        {\n            Priority = CacheItemPriority.High,\n        })", "Cache.Set(1, value, new MemoryCacheEntryOptions\n        {\n            Priority = CacheItemPriority.High,\n            Size = 1,\n        })")]
    [InlineData(ByEntry, "Cache.Set(1, value, new MemoryCacheEntryOptions().SetPriority(CacheItemPriority.High))", "Cache.Set(1, value, new MemoryCacheEntryOptions().SetPriority(CacheItemPriority.High).SetSize(1))")]
    [InlineData(ByLength, "Cache.Set(1, value, TimeSpan.FromHours(1))", "Cache.Set(1, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1), Size = value.Length })")]
    [InlineData(ByEntry, "Cache.Set(1, value, DateTimeOffset.MaxValue)", "Cache.Set(1, value, new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue, Size = 1 })")]
    [InlineData(ByEntry, "Cache.GetOrCreate(1, e => Load())", "Cache.GetOrCreate(1, e => { e.Size = 1; return Load(); })")]
    [InlineData(ByEntry, "Cache.GetOrCreate(1, (e) => { return Load(); })", "Cache.GetOrCreate(1, (e) => { e.Size = 1; return Load(); })")]
    [InlineData("Cache.GetOrCreate(0, e => { e.SetSize(1); return value; });", "Cache.GetOrCreateAsync(1, async e => await Task.FromResult(value))", "Cache.GetOrCreateAsync(1, async e => { e.Size = 1; return await Task.FromResult(value); })")]
    public async Task EntryWithoutSize_GetsThatOfTheOthers(string other, string before, string after)
    {
        int start = before.IndexOf('(', System.StringComparison.Ordinal);
        await FixVerifier.FixesAsync<GiveTheEntryTheSizeThatOthersHave>(
            "FG1003", Snippet(other, $"[|{before[..start]}|]{before[start..]};"), Snippet(other, after + ";"));
    }

    [Fact]
    public async Task EntryNamedLikeAKeyword_GetsThatOfTheOthers() => await FixVerifier.FixesAsync<GiveTheEntryTheSizeThatOthersHave>(
        "FG1003",
        Snippet(ByEntry, "[|Cache.GetOrCreate|](1, @new => Load());"),
        Snippet(ByEntry, "Cache.GetOrCreate(1, @new => { @new.Size = 1; return Load(); });"));

    [Theory]
    [InlineData("", "[|Cache.Set|](1, value);")] // nothing tells the unit
    [InlineData("Cache.Set(0, value, new MemoryCacheEntryOptions { Size = 1024 });", "[|Cache.Set|](1, value);")]
    [InlineData(ByEntry + ByLength, "[|Cache.Set|](1, value);")] // they do not agree
    [InlineData(ByLength, "[|Cache.Set|](1, Load());")]
    [InlineData(ByLength, "[|Cache.Set|](1, text);")]
    [InlineData(ByLength, "byte[]? none = null; [|Cache.Set|](1, none);")]
    [InlineData(ByLength, "[|Cache.GetOrCreate|](1, e => Load());")]
    [InlineData(ByEntry, "[|Cache.GetOrCreate|](1, _ => Load());")]
    [InlineData(ByEntry, "[|Cache.GetOrCreate|](1, Make);")]
    [InlineData(ByEntry, "var o = new MemoryCacheEntryOptions(); [|Cache.Set|](1, value, o);")]
    [InlineData(ByEntry, "[|Cache.Set|](1, value, expirationToken: null!);")]
    [InlineData(ByEntry, "[|Cache.Set|](value: value, key: 1);")]
    [InlineData(ByEntry, "using var e = [|Cache.CreateEntry|](1);")]
    public async Task UncertainSize_IsNotOffered(string other, string body) =>
        await FixVerifier.OffersNothingAsync<GiveTheEntryTheSizeThatOthersHave>("FG1003", Snippet(other, body));

    private static string Snippet(string other, string body) => $$"""
        using System;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Memory;

        class Pages
        {
            static readonly MemoryCache Cache = new(new MemoryCacheOptions { SizeLimit = 1024 });
            static byte[] Load() => new byte[5];
            static byte[] Make(ICacheEntry entry) => new byte[5];
            void Other(byte[] value) { {{other}} }
            void Put(byte[] value, string text)
            {
                {{body}}
            }
        }
        """;
}
