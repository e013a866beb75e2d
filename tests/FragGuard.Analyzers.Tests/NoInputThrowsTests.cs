using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FragGuard.Analyzers.Tests;

/// <summary>Rules run inside the compiler and the editor, on code that is half written most of the time.</summary>
public class NoInputThrowsTests(ITestOutputHelper output)
{
    private const int MutationSeed = 20_260_728;
    private const int Mutations = 90;

    // A bit of everything the rules look at, for the mutations to break.
    private const string Renting = """
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Memory;

        class Renter(byte[] primary)
        {
            private static readonly MemoryCache Cache = new(new MemoryCacheOptions { SizeLimit = 1024 });
            private byte[] _field = ArrayPool<byte>.Shared.Rent(16);

            int Plain(Stream s, int n)
            {
                byte[]? rented = null;
                Span<byte> b = n <= 256 ? stackalloc byte[256] : (rented = ArrayPool<byte>.Shared.Rent(n));
                try { if (n == 3) return s.Read(b); n = s.Read(b[1..]); }
                catch (IOException e) when (e.HResult == n) { throw; }
                catch { return rented?.Length ?? 0; }
                finally { if (rented is not null) ArrayPool<byte>.Shared.Return(rented, clearArray: true); }
                foreach (byte x in rented ?? primary) n += x;
                while (true) { var c = ArrayPool<char>.Create().Rent(Math.Min(n, 5)); if (c is { Length: > 3 } d) { _ = new string(d); break; } }
                return n switch { 1 => Give(rented!), _ => 2 };
            }

            static int Give(byte[] b) { ArrayPool<byte>.Shared.Return(b); return Give(b); }

            async Task<byte[]> Later(Stream s)
            {
                var b = ArrayPool<byte>.Shared.Rent(10);
                await using (s) { await s.ReadAsync(b.AsMemory(0, 5)); }
                Func<int> f = () => b.Length;
                int Local(ref byte[] x) { x = ArrayPool<byte>.Shared.Rent(1 << 4); lock (x) { return f(); } }
                (b, var k) = (_field, Local(ref b));
                Cache.Set("key", b, new MemoryCacheEntryOptions { Size = k });
                return b;
            }

            IEnumerable<byte> Many() { var b = ArrayPool<byte>.Shared.Rent(3); yield return b[0]; b = null!; }

            unsafe int Native(string s)
            {
                nint p = Marshal.AllocHGlobal(9);
                int* q = (int*)NativeMemory.Alloc(9);
                GCHandle h = GCHandle.Alloc(s, GCHandleType.Pinned);
                try { if (*q == 1) return q[2]; q[1] = *(q + 2); }
                finally { h.Free(); NativeMemory.Free(q + 0); }
                using var o = MemoryPool<byte>.Shared.Rent(5);
                using var m = o.Memory.Pin();
                Marshal.FreeCoTaskMem(p);
                return (int)(nint)(&q[3]);
            }

            unsafe void Raw() { fixed (byte* p = ArrayPool<byte>.Shared.Rent(4)) { *p = 1; } goto end; end: _field ??= ArrayPool<byte>.Shared.Rent(5); }
        }
        """;

    private const string Keeping = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.IO.MemoryMappedFiles;
        using System.Runtime.InteropServices;
        using System.Text;
        using System.Threading.Tasks;
        using FragGuard.Annotations;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.ObjectPool;
        using Microsoft.IO;

        [SharedCache(Model = "lua-shared-dict", ZoneBytes = 1 << 20, MaxEntryBytes = 4096, LifetimeClass = "page")]
        class Zone
        {
            public void Put(string key, [CachedValue(LifetimeClass = "session")] byte[] value) { }
            public nint Allocate([BlockBytes] int bytes) => 0;
        }

        class BuilderPolicy : PooledObjectPolicy<StringBuilder>
        {
            public override StringBuilder Create() => new();
            public override bool Return(StringBuilder s) { s.Clear(); return s.Capacity < 9 || true; }
        }

        class Keeper(IMemoryCache injected, IDistributedCache far, ObjectPoolProvider provider)
        {
            [SharedZone(Model = "nginx-slab", ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
            [SharedCache(MinEntryBytes = 10)] private static readonly ConcurrentDictionary<string, byte[]> TextCache = new();
            private static readonly RecyclableMemoryStreamManager Streams = new() { AggressiveBufferReturn = true };
            private readonly ObjectPool<StringBuilder> _builders = ObjectPool.Create(new BuilderPolicy());
            private readonly Stack<List<byte>> _lists = new();
            private readonly byte[] _pinned = GC.AllocateUninitializedArray<byte>(1 << 17, pinned: true);
            private GCHandle _handle;

            [HotPath]
            async Task<byte[]> Hot([EntrySize(1, 90_000)] byte[] given, int n)
            {
                _zone.Put("a", new byte[64]); _zone.Put("b", given); _zone.Allocate(64); _zone.Allocate(n > 3 ? 9_000 : 32);
                using MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = n });
                cache.Set(n, new byte[100_000], TimeSpan.FromMinutes(n));
                injected.GetOrCreate("k", e => { e.SlidingExpiration = TimeSpan.Zero; e.Size = 1; return new string('x', 50_000); });
                await far.SetAsync($"key{n}", new byte[n * 2], new DistributedCacheEntryOptions());
                TextCache.GetOrAdd("t", k => new byte[k.Length]); TextCache["u"] = given;
                for (int i = 0; i < n; i++) { byte[] large = new byte[200_000]; given.CopyTo(large, i); }
                while (n-- > 0) { using MemoryStream grown = new(); grown.Write(given); foreach (byte b in grown.ToArray()) _lists.Push([b]); }
                return GC.AllocateArray<byte>(n, pinned: true);
            }

            void Reuse(int n)
            {
                StringBuilder text = _builders.Get();
                try { text.Append('x', n); if (text.Capacity > 1_000) return; } finally { _builders.Return(text); }
                List<byte> list = _lists.TryPop(out var found) ? found : new(n); list.Clear(); _lists.Push(list);
                using var stream = new RecyclableMemoryStreamManager(new RecyclableMemoryStreamManager.Options { BlockSize = n }).GetStream();
                _handle = GCHandle.Alloc(new byte[n], GCHandleType.Pinned);
                if (_handle.IsAllocated) _handle.Free();
                using PinnedGCHandle<byte[]> own = new(new byte[1 << n]);
            }

            unsafe void Native(int n)
            {
                using var file = MemoryMappedFile.CreateNew(null, 1 << 20);
                using var view = file.CreateViewAccessor(0, n);
                byte* p = null; view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
                void*[] blocks = [NativeMemory.Alloc((nuint)n), NativeMemory.AlignedAlloc(64, 16), NativeMemory.AllocZeroed(9_000, 2)];
                foreach (void* block in blocks) NativeMemory.AlignedFree(block);
                p = (byte*)NativeMemory.Realloc(p, 3); nint text = Marshal.StringToCoTaskMemUTF8($"{n}"); Marshal.FreeHGlobal(text);
            }
        }
        """;

    // The library's shape, without its code.
    private const string StreamManager = """

        namespace Microsoft.IO
        {
            public class RecyclableMemoryStreamManager
            {
                public RecyclableMemoryStreamManager() { }
                public RecyclableMemoryStreamManager(Options options) { }
                public bool AggressiveBufferReturn { get; set; }
                public System.IO.MemoryStream GetStream() => new();
                public class Options { public int BlockSize { get; set; } }
            }
        }
        """;

    private static readonly string[] Broken = [Renting, Keeping];

    private static readonly string[] OwnFiles =
        [.. new[] { "analyzers", "collector", "samples", "tests" }.SelectMany(folder => RepositoryFiles.CSharpIn(folder))];

    [Fact]
    public async Task OwnSources_AreAnalyzed()
    {
        Assert.True(OwnFiles.Length > 50, $"Only {OwnFiles.Length} files below {RepositoryFiles.Root}.");
        await AllRulesRun(OwnFiles.Select(path => File.ReadAllText(path)).ToArray());
    }

    [Fact]
    public async Task OwnProductSources_DrawNoReport()
    {
        string[] product = [.. new[] { "analyzers", "collector" }.SelectMany(folder => RepositoryFiles.CSharpIn(folder))];
        Assert.Empty(await AllRulesRun(product.Select(path => File.ReadAllText(path)).ToArray()));
    }

    [Fact]
    public async Task EmptyCompilation_IsAnalyzed() => Assert.Empty(await AllRulesRun([]));

    [Fact]
    public async Task MutatedSources_AreAnalyzed()
    {
        output.WriteLine($"seed {MutationSeed}");
        Random random = new(MutationSeed);
        string[] samples = [.. RepositoryFiles.CSharpIn("samples").Select(path => File.ReadAllText(path))];
        for (int i = 0; i < Mutations; i++)
        {
            string source = i % 3 == 0 && samples.Length > 0 ? samples[random.Next(samples.Length)] : Broken[(i + 1) % 2];
            string broken = Mutate(source, random);
            try
            {
                await AllRulesRun([broken, ObjectPoolSource.Text, StreamManager]);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {MutationSeed}:\n{broken}", exception);
            }
        }
    }

    [Fact]
    public void SourcesToBreak_CompileWhole() => Assert.Empty(
        Verifier.Compile([Keeping, ObjectPoolSource.Text, StreamManager]).GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error));

    /// <summary>As long as the compiler itself bears; a member with such an expression is not judged.</summary>
    [Theory]
    [InlineData("sb", ".Append(n)", 3_000)]
    [InlineData("n", "+1", 5_000)]
    [InlineData("n", "+\"x\"", 5_000)]
    public async Task LongChain_IsAnalyzed(string start, string link, int links) =>
        Assert.Empty(await AllRulesRun([Chain(start, link, links)]));

    [Theory]
    [InlineData("sb", ".Append(n)")]
    [InlineData("n", "+1")]
    [InlineData("n", "+\"x\"")]
    public async Task ShortChain_IsJudged(string start, string link) =>
        Assert.Equal("FG2001", Assert.Single(await AllRulesRun([Chain(start, link, links: 200)])).Id);

    [Fact]
    public async Task EveryTypeMissing_IsAnalyzed() => await AllRulesRun([Renting, Keeping]);

    [Fact]
    public async Task MembersDeclaredTwice_AreAnalyzed() =>
        await AllRulesRun([Renting, Renting, Keeping, Keeping, ObjectPoolSource.Text, ObjectPoolSource.Text, StreamManager, StreamManager]);

    [Theory]
    [InlineData("System.Private.CoreLib")]
    [InlineData("System.Runtime")]
    [InlineData("System.Collections")]
    [InlineData("System.Runtime.InteropServices")]
    [InlineData("Microsoft.Extensions.Caching.Abstractions")]
    [InlineData("")] // all of them
    public async Task ReferenceMissing_IsAnalyzed(string name)
    {
        CSharpCompilation whole = Verifier.Compile([Renting, Keeping, ObjectPoolSource.Text, StreamManager]);
        CSharpCompilation part = whole.WithReferences(whole.References.Where(reference =>
            name.Length > 0 && !string.Equals(Path.GetFileNameWithoutExtension(reference.Display), name, StringComparison.Ordinal)));
        await Verifier.RunAsync(RuleCatalogue.Analyzers, part);
    }

    private static async Task<ImmutableArray<Diagnostic>> AllRulesRun(IReadOnlyList<string> sources)
    {
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, sources, allowErrors: true);
        Assert.All(found, diagnostic => Assert.Contains(
            RuleCatalogue.Descriptors, rule => string.Equals(rule.Id, diagnostic.Id, StringComparison.Ordinal)));
        return found;
    }

    private static string Chain(string start, string link, int links) => $$"""
        class C
        {
            object M(System.Text.StringBuilder sb, int n)
            {
                var b = System.Buffers.ArrayPool<byte>.Shared.Rent(100);
                try { return {{start}}{{string.Concat(Enumerable.Repeat(link, links))}}; }
                catch (System.IO.IOException) { return b[0]; }
            }
        }
        """;

    private static string Mutate(string source, Random random)
    {
        int at = random.Next(source.Length);
        int length = Math.Min(random.Next(1, 40), source.Length - at);
        return random.Next(5) switch
        {
            0 => source[..at],
            1 => source.Remove(at, length),
            2 => source.Insert(at, source.Substring(random.Next(source.Length - length), length)),
            3 => source.Insert(at, "{};()[]<>?.,=&!\""[random.Next(16)].ToString()),
            _ => source[..at] + source[at..].Replace("byte", "Missing", StringComparison.Ordinal),
        };
    }
}
