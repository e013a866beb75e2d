using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests;

/// <summary>
/// The bad example of a page is reported by its rule alone, in the lines whose comment says so, and no rule reports the good one. Both compile
/// inside a class that has what they leave out.
/// </summary>
public class ExamplesOfPagesTests
{
    private const string Usings = """
        using System;
        using System.Buffers;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Net.Sockets;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Text;
        using System.Threading.Tasks;
        using FragGuard.Annotations;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.IO;

        """;

    /// <summary>Types that examples name and that no referenced package has.</summary>
    private const string Types = """
        sealed class Report { public void WriteTo(Stream stream) => stream.WriteByte(1); }
        static class ChunkPool { public static List<byte[]> Rent(int bytes) => throw new NotSupportedException(); }
        sealed class Slots { public nint Take() => throw new NotSupportedException(); }
        sealed class MappedZone { public nint Allocate([BlockBytes] int bytes) => throw new NotSupportedException(); }
        namespace Microsoft.IO
        {
            public sealed class RecyclableMemoryStreamManager
            {
                public RecyclableMemoryStreamManager() { }
                public RecyclableMemoryStreamManager(Options options) { }
                public MemoryStream GetStream() => throw new NotSupportedException();
                public sealed class Options { public long MaximumSmallPoolFreeBytes { get; set; } public long MaximumLargePoolFreeBytes { get; set; } }
            }
        }

        """;

    /// <summary>The members that the examples of a page take for granted, and the method around those that are statements.</summary>
    private static readonly Dictionary<string, string> Around = new(StringComparer.Ordinal)
    {
        ["FG1001"] = "private readonly IMemoryCache _cache = null!; static object RenderInChunks(Random random) => new(); {0}",
        ["FG1002 good"] = """
            [SharedCache(Model = "lua-shared-dict", ZoneBytes = 20 << 20)] private readonly IDistributedCache _sessions = null!;
            [SharedCache(Model = "lua-shared-dict", ZoneBytes = 20 << 20)] private readonly IDistributedCache _pages = null!;
            void M(string key, Random random) { {0} }
            """,
        ["FG1003 good"] = "private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = 64 << 20 }); {0}",
        ["FG1004"] = "static byte[] Render(string url) => new byte[url.Length]; {0}",
        ["FG1006"] = "private readonly IMemoryCache _cache = null!; static byte[] Render(byte[] target, byte[] source) => [.. source]; {0}",
        ["FG2002"] = "static void Process(byte[] buffer, int count) { } {0}",
        ["FG2003"] = "static void Process(byte[] buffer) { } static void Log(string text) { } void M() { {0} }",
        ["FG2004"] = "static string M(Stream stream) { {0} }",
        ["FG2005"] = "private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096); private readonly int _count = 1; {0}",
        ["FG2006"] = "private byte[] _buffer = []; void M() { {0} }",
        ["FG2007"] = "static void Fill(Span<byte> bytes) { } static void M(Stream stream, int length) { {0} }",
        ["FG2008"] = "static void Draw(byte[] frame) { } {0}",
        ["FG2009"] = "static void M(Stream stream) { {0} stream.Write(buffer, 0, 5); ArrayPool<byte>.Shared.Return(buffer); }",
        ["FG2010"] = "static void Handle(Span<byte> bytes) { } {0}",
        ["FG2012"] = "sealed class Order { } static void Load(Order[] orders, int count) { } static void M(int count) { {0} }",
        ["FG2013"] = "static readonly ConcurrentBag<StringBuilder> s_builders = []; static StringBuilder Take() => s_builders.TryTake(out var kept) ? kept : new(); {0}",
        ["FG2014"] = "static void Fill(byte[] buffer, int count) { } {0}",
        ["FG3001"] = "static void Copy(Stream source, byte[] buffer) { } static void M(Stream[] sources) { {0} }",
        ["FG3002"] = "static long M() { {0} return squares[^1]; }",
        ["FG3004"] = "static void Send(nint data, int bytes) { } {0}",
        ["FG3005"] = "static int NativeChecksum(nint data, int bytes) => 0; {0}",
        ["FG4001"] = "static void Send(Socket socket, nint block) { } {0}",
        ["FG4002"] = "static void Send(nint block) { } {0}",
        ["FG4003 good"] = "private readonly Dictionary<int, nint> _blocks = []; private readonly Slots _slots = new(); {0}",
    };

    public static TheoryData<string> Ids => [.. RuleCatalogue.Descriptors.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task BadExample_IsReportedByItsRuleAlone(string id)
    {
        (string source, string example) = Source(id, isGood: false);
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, [source]);
        Assert.Equal(
            Marked(source, example).Select(line => (line, id)),
            found.Select(one => (one.Location.GetLineSpan().StartLinePosition.Line, one.Id)).Order());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task GoodExample_IsReportedByNoRule(string id) =>
        Assert.Empty(await Verifier.RunAsync(RuleCatalogue.Analyzers, [Source(id, isGood: true).Source]));

    private static (string Source, string Example) Source(string id, bool isGood)
    {
        string page = RepositoryFiles.Read("analyzers", "docs", id + ".md").ReplaceLineEndings("\n");
        string chapter = page.Split("\n## Example\n")[1].Split("\n## ")[0];
        string example = chapter.Split("```csharp\n")[isGood ? 2 : 1].Split("\n```")[0];
        string around = Around.GetValueOrDefault(isGood ? id + " good" : id) ?? Around.GetValueOrDefault(id, "{0}");
        string code = around.Replace("{0}", $"\n{example}\n", StringComparison.Ordinal);
        string isUnsafe = example.Contains("await", StringComparison.Ordinal) ? "" : "unsafe ";
        return ($"{Usings}{isUnsafe}class C\n{{\n{code}\n}}\n{Types}", example);
    }

    private static IEnumerable<int> Marked(string source, string example)
    {
        int first = source[..source.IndexOf(example, StringComparison.Ordinal)].Count(one => one == '\n');
        return example.Split('\n').Index()
            .Where(line => line.Item.Contains("// FG", StringComparison.Ordinal) || line.Item.Contains("// reported", StringComparison.Ordinal))
            .Select(line => first + line.Index);
    }
}
