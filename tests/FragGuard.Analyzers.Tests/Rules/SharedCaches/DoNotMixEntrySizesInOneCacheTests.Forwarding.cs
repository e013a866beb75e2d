using System.Linq;
using System.Threading.Tasks;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>Puts through methods of the type, and values that come from elsewhere.</summary>
public sealed partial class DoNotMixEntrySizesInOneCacheTests
{
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
}
