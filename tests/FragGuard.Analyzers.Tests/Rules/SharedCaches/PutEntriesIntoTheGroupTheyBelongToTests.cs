using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

public sealed class PutEntriesIntoTheGroupTheyBelongToTests
{
    private const string Id = "FG1005";
    private const string Small = "[SharedCache(MaxEntryBytes = 4096)] IMemoryCache c";
    private const string Middle = "[SharedCache(MinEntryBytes = 1000, MaxEntryBytes = 4096)] IMemoryCache c";
    private const string Large = "[SharedCache(MinEntryBytes = 100_000)] IMemoryCache c";

    [Theory]
    [InlineData(Small, "[|c.Set|](1, new byte[4097]);")]
    [InlineData(Small, "c.Set(1, new byte[10]); [|c.Set|](2, new byte[5000]); [|c.Set|](3, new byte[6000]);")]
    [InlineData(Small, "[|c.Set|](1, new byte[random.Next(10, 5000)]);")]
    [InlineData(Small, "[|c.Set|](1, flag ? new byte[10] : new byte[5000]);")]
    [InlineData(Small, "[|c.GetOrCreate|](1, e => new byte[5000]);")]
    [InlineData(Small, "[|c.Set|](1, new string('x', 3000));")]
    [InlineData(Small, "void Put(int n) => c.Set(n, new byte[n]); Put(10); [|Put|](5000);")]
    [InlineData(Middle, "[|c.Set|](1, new byte[999]);")]
    [InlineData(Middle, "[|c.Set|](1, new byte[5000]);")]
    [InlineData(Middle, "[|c.Set|](1, new byte[random.Next(500, 2000)]);")]
    [InlineData(Large, "[|c.Set|](1, new byte[99_999]);")]
    [InlineData("[SharedCache(MaxEntryBytes = 100)] Dictionary<int, byte[]> c", "[|c[1]|] = new byte[101];")]
    [InlineData("[SharedCache(Model = \"lua-shared-dict\", MaxEntryBytes = 100)] IDistributedCache c", "[|c.Set|](\"\", new byte[101]);")]
    [InlineData("SmallOnly c", "[|c.Put|](1, new byte[101]);")]
    // Declared sizes
    [InlineData(Small, "[|c.Set|](1, declared);")]
    [InlineData(Small, "[|c.Set|](1, Load());")]
    [InlineData(Small, "var page = Load(); [|c.Set|](1, page);")]
    [InlineData(Small, "[|c.Set|](1, new Page());")]
    [InlineData(Small, "[|c.GetOrCreate|](1, e => Load());")]
    [InlineData(Small, "[|c.GetOrCreateAsync|](1, async e => await LoadAsync());")]
    [InlineData("SmallOnly c", "[|c.PutPage|](1, given);")]
    [InlineData(Small, "[|c.Set|](1, _declared.ToArray());")]
    [InlineData(Small, "[|c.Set|](1, Declared);")]
    // Other names of the cache
    [InlineData(Small, "var same = c; [|same.Set|](1, new byte[5000]);")]
    [InlineData("IMemoryCache c", "[|small.Set|](1, new byte[5000]);")]
    // Lifetimes
    [InlineData("[SharedCache(LifetimeClass = \"page\")] Own c", "[|c.PutSession|](given);")]
    [InlineData("[SharedCache(LifetimeClass = \"Session\")] Own c", "[|c.PutSession|](given);")]
    [InlineData("[SharedCache(LifetimeClass = \"page\")] Own c", "[|c.PutBoth|](given, given);")]
    public async Task EntryOutsideTheGroup_Reports(string field, string body) => await VerifyAsync(field, body);

    [Theory]
    [InlineData(Small, "c.Set(1, new byte[4096]);")]
    [InlineData(Small, "c.Set(1, new byte[random.Next(10, 4097)]);")]
    [InlineData(Small, "c.Set(1, new byte[unknown]);")]
    [InlineData(Small, "c.Set(1, new byte[Math.Min(unknown, 5000)]);")] // a limit is no size
    [InlineData(Small, "c.Set(1, new byte[Math.Max(unknown, 5000)]);")]
    [InlineData(Small, "c.Set(1, given);")]
    [InlineData(Small, "c.Set(1, flag ? new byte[10] : new byte[4000]);")]
    [InlineData(Small, "c.Set(1, (byte[]?)null);")]
    [InlineData(Small, "c.Get(1); c.Remove(1);")]
    [InlineData(Small, "var d = new MemoryCache(new MemoryCacheOptions()); d.Set(1, new byte[5000]);")]
    [InlineData(Small, "void Put(int n) => c.Set(n, new byte[n]); Put(10); Put(4000);")]
    [InlineData(Middle, "c.Set(1, new byte[1000]); c.Set(1, new byte[4096]);")]
    [InlineData(Large, "c.Set(1, new byte[100_000]);")]
    [InlineData("IMemoryCache c", "c.Set(1, new byte[5000]);")]
    [InlineData("[SharedCache] IMemoryCache c", "c.Set(1, new byte[5000]);")]
    [InlineData("[SharedCache(ZoneBytes = 100)] IMemoryCache c", "c.Set(1, new byte[5000]);")]
    [InlineData("[SharedCache(MaxEntryBytes = -1)] IMemoryCache c", "c.Set(1, new byte[5000]);")]
    [InlineData("SmallOnly c", "c.Put(1, new byte[100]);")]
    [InlineData("SmallOnly c", "c.Put(1, declaredSmall);")]
    // Declared sizes
    [InlineData(Large, "c.Set(1, declared);")]
    [InlineData(Small, "c.Set(1, declaredSmall);")]
    [InlineData(Small, "c.Set(1, Small());")] // what the source tells comes first
    [InlineData(Small, "c.Set(1, wrong);")]
    [InlineData(Small, "c.Set(1, _declared);")] // one block, which may be the value of many entries
    [InlineData(Small, "var page = Load(); page = given; c.Set(1, page);")]
    // Other names of the cache
    [InlineData(Small, "any = c; any.Set(1, new byte[5000]);")]
    [InlineData(Small, "_other = c; _other.Set(1, new byte[5000]);")]
    // Lifetimes
    [InlineData("[SharedCache(LifetimeClass = \"session\")] Own c", "c.PutSession(given);")]
    [InlineData("[SharedCache(LifetimeClass = \"page\")] Own c", "c.PutAny(given);")]
    [InlineData("Own c", "c.PutSession(given);")]
    public async Task EntryInsideTheGroup_IsSilent(string field, string body) => await VerifyAsync(field, body);

    [Fact]
    public async Task Message_NamesBothSides()
    {
        Diagnostic found = (await VerifyAsync(Middle, "[|c.Set|](1, new byte[10_240]);")).Single();
        Assert.Equal(
            "This entry (10 KiB) is outside the group of cache 'c', declared for entries of 1000 B to 4 KiB. "
            + "Put it into the cache of its own group, or change the declaration.",
            found.GetMessage(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("using FragGuard.Annotations; class C { [SharedCache(MaxEntryBytes = )] int c; void M() { c.Set(1, new byte[5]); } }")]
    [InlineData("namespace FragGuard.Annotations { class SharedCacheAttribute : System.Attribute { public string MaxEntryBytes; } [SharedCache(MaxEntryBytes = \"5\")] class C { } }")]
    public async Task BrokenCode_IsSilent(string source) =>
        Assert.Empty(await Verifier.RunAsync(RuleCatalogue.AnalyzerOf(Id), [source], allowErrors: true));

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string field, string body) => Verifier.VerifyAsync(Id, $$"""
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks; using FragGuard.Annotations;
        using Microsoft.Extensions.Caching.Distributed; using Microsoft.Extensions.Caching.Memory;

        [SharedCache(MaxEntryBytes = 100)]
        class SmallOnly
        {
            public void Put(int key, [CachedValue] byte[] value) { }
            public void PutPage(int key, [CachedValue, EntrySize(200, 300)] byte[] value) { }
        }
        class Own
        {
            public void PutSession([CachedValue(LifetimeClass = "session")] byte[] value) { }
            public void PutAny([CachedValue] byte[] value) { }
            public void PutBoth([CachedValue] byte[] any, [CachedValue(LifetimeClass = "session")] byte[] value) { }
        }
        [EntrySize(100_000, 200_000)] class Page { }
        class C
        {
        #pragma warning disable 8618, 649
            {{field}};
            IMemoryCache _other;
            [EntrySize(100_000, 200_000)] byte[] _declared;
        #pragma warning restore
            [EntrySize(100_000, 200_000)] byte[] Declared => System.IO.File.ReadAllBytes("page");
            void M(
                IMemoryCache any, [SharedCache(MaxEntryBytes = 4096)] IMemoryCache small,
                Random random, int unknown, byte[] given, bool flag, [EntrySize(100_000, 200_000)] byte[] declared,
                [EntrySize(10, 20)] byte[] declaredSmall, [EntrySize(200_000, 100_000)] byte[] wrong)
            {
                {{body}}
            }
            [return: EntrySize(100_000, 200_000)] static byte[] Load() => System.IO.File.ReadAllBytes("page");
            [return: EntrySize(100_000, 200_000)] static Task<byte[]> LoadAsync() => System.IO.File.ReadAllBytesAsync("page");
            [return: EntrySize(100_000, 200_000)] static byte[] Small() => new byte[10];
        }
        """);
}
