using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

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
            string source = i % 3 == 0 && samples.Length > 0 ? samples[random.Next(samples.Length)] : Renting;
            string broken = Mutate(source, random);
            try
            {
                await AllRulesRun([broken]);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {MutationSeed}:\n{broken}", exception);
            }
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> AllRulesRun(IReadOnlyList<string> sources)
    {
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, sources, allowErrors: true);
        Assert.All(found, diagnostic => Assert.Contains(
            RuleCatalogue.Descriptors, rule => string.Equals(rule.Id, diagnostic.Id, StringComparison.Ordinal)));
        return found;
    }

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
