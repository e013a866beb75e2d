using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.GcHeap;

public class DoNotAllocateLargeObjectsAgainAndAgainTests
{
    [Theory]
    [InlineData("foreach (Stream s in streams) { var b = [|new byte[100_000]|]; s.Read(b, 0, b.Length); }")]
    [InlineData("foreach (Stream s in streams) s.Read([|new byte[100_000]|]);")]
    [InlineData("for (int i = 0; i < n; i++) { byte[] b; b = [|new byte[100_000]|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[84_976]|]; b[0] = 1; }")] // 85,000 bytes with its header
    [InlineData("do { var b = [|new long[20_000]|]; b[0] = 1; } while (n-- > 0);")]
    [InlineData("while (n-- > 0) { var b = [|new string[20_000]|]; b[0] = \"\"; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[300, 300]|]; b[0, 0] = 1; }")]
    [InlineData("int size = 1 << 20; while (n-- > 0) { var b = [|new byte[size]|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[Math.Max(n, 1 << 20)]|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|GC.AllocateUninitializedArray<byte>(100_000)|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|GC.AllocateArray<byte>(100_000, pinned: false)|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { using var m = [|new MemoryStream(100_000)|]; m.WriteByte(1); }")]
    [InlineData("while (n-- > 0) { using (var m = [|new MemoryStream(100_000)|]) using (var w = new BinaryWriter(m)) w.Write(1); }")]
    [InlineData("while (n-- > 0) { var b = [|new StringBuilder(50_000)|]; b.Append(n).Append('x'); Console.WriteLine(b.ToString()); }")]
    [InlineData("while (n-- > 0) { var l = [|new List<long>(20_000)|]; l.Add(n); n -= l.Count; }")]
    [InlineData("while (n-- > 0) { string t = [|new string(' ', 50_000)|]; Console.Write(t.Length); }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; Span<byte> v = b; v.Clear(); }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; await streams[0].ReadAsync(b); }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; await streams[0].WriteAsync(b.AsMemory(1)).ConfigureAwait(false); }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; fixed (byte* p = b) *p = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; Sum(b); }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; string t = new string(Encoding.UTF8.GetChars(b)); Console.Write(t.Length); }")]
    [InlineData("while (n-- > 0) { try { var b = [|new byte[100_000]|]; b[0] = 1; } catch (IOException) { break; } }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; if (streams[0].Read(b) == 0) break; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; if (streams[0].Read(b) == 0) continue; n--; }")]
    [InlineData("while (n-- > 0) for (int i = 0; i < 2; i++) { var b = [|new byte[100_000]|]; b[0] = 1; }")]
    [InlineData("for (int i = 0; i < 5; i++) { var b = [|new byte[100_000]|]; b[0] = 1; }")]
    [InlineData("Action a = () => { while (n-- > 0) { var b = [|new byte[100_000]|]; b[0] = 1; } };")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; foreach (byte x in b) n -= x; }")]
    public async Task LargeObjectThatDiesInTheIteration_Reports(string body) => await Verify(body);

    [Theory]
    [InlineData("using S = System.String;", "var o = [|new S(' ', 50_000)|]; n -= o.Length;")]
    [InlineData("using unsafe L = System.Collections.Generic.List<long>;", "var o = [|new L(20_000)|]; n -= o.Count;")]
    [InlineData("", "List<long> o = [|new(20_000)|]; n -= o.Count;")]
    [InlineData("", "var o = [|new List</* of */ long>(20_000)|]; n -= o.Count;")]
    [InlineData("", "var o = [|new /* large */ byte[100_000]|]; n -= o.Length;")]
    [InlineData("", "var o = [|new List<(int, long[])>[20_000]|]; n -= o.Length;")]
    public async Task HoweverItIsWritten_Reports(string alias, string statement) => await Verifier.VerifyAsync("FG3001", $$"""
        using System.Collections.Generic;
        {{alias}}
        class C { void M(int n) { do { {{statement}} } while (n-- > 0); } }
        """);

    [Fact]
    public async Task AliasForAllFiles_IsSeenInEach() => Assert.Single(await Verifier.RunAsync(
        RuleCatalogue.AnalyzerOf("FG3001"),
        [
            "global using S = System.String;",
            "class C { void M(int n) { while (n-- > 0) { var s = new S(' ', 50_000); n -= s.Length; } } }",
        ]));

    [Theory]
    [InlineData("foreach (Stream s in streams) { var b = new byte[1_000]; s.Read(b, 0, b.Length); }")]
    [InlineData("while (n-- > 0) { var b = new byte[84_975]; b[0] = 1; }")] // 84,999 bytes with its header
    [InlineData("while (n-- > 0) { var b = new long[10_000]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = new byte[n]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = new byte[n > 3 ? 10 : 100_000]; b[0] = 1; }")]
    [InlineData("int size = 100_000; while (n-- > 0) { var b = new byte[size]; b[0] = 1; size *= 2; }")]
    [InlineData("while (n-- > 0) { var m = new MemoryStream(); m.WriteByte(1); }")]
    [InlineData("while (n-- > 0) { var m = new MemoryStream(Field); m.ReadByte(); }")]
    [InlineData("while (n-- > 0) { var b = new StringBuilder(10_000); b.Append(n); }")]
    [InlineData("while (n-- > 0) { Span<byte> b = stackalloc byte[100_000]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = GC.AllocateArray<byte>(100_000, pinned: true); b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = ArrayPool<byte>.Shared.Rent(100_000); ArrayPool<byte>.Shared.Return(b); }")]
    public async Task SmallOrOfUnknownSize_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("var b = new byte[100_000]; while (n-- > 0) b[0] = 1;")]
    [InlineData("foreach (byte x in new byte[100_000]) n -= x;")]
    [InlineData("for (var b = new byte[100_000]; n-- > 0;) b[0] = 1;")]
    [InlineData("for (int i = 0; i < 4; i++) { var b = new byte[100_000]; b[0] = 1; }")]
    [InlineData("for (int i = 2; i <= 9; i += 2) { var b = new byte[100_000]; b[0] = 1; }")]
    [InlineData("foreach (int i in new[] { 1, 2, 3 }) { var b = new byte[100_000]; b[0] = 1; }")]
    [InlineData("foreach (int i in Enumerable.Range(0, 3)) { var b = new byte[100_000]; b[0] = 1; }")]
    [InlineData("do { var b = new byte[100_000]; b[0] = 1; } while (false);")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; b[0] = 1; break; }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; b[0] = 1; return; }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; b[0] = 1; throw new IOException(); }")]
    [InlineData("while (n-- > 0) { try { var b = new byte[100_000]; b[0] = 1; return; } catch (IOException) { } }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; try { b[0] = 1; return; } catch (IOException) { } }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; if (n > 3) { b[0] = 1; return; } else { break; } }")]
    [InlineData("int F() { while (n-- > 0) { return Sum(new byte[100_000]); } return 0; } n = F();")]
    [InlineData("int F() { while (n-- > 0) return Sum(new byte[100_000]); return 0; } n = F();")]
    [InlineData("int F() { while (n-- > 0) while (n-- > 3) return Sum(new byte[100_000]); return 0; } n = F();")]
    [InlineData("int F() { while (n-- > 0) { while (n-- > 3) { return Sum(new byte[100_000]); } } return 0; } n = F();")]
    [InlineData("int F() { foreach (Stream s in streams) return s.Read(new byte[100_000]); return 0; } n = F();")]
    public async Task LoopThatRunsOnceOrAFewTimes_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("byte[] b = Field; while (n-- > 0) { if (b.Length < 100_000) b = new byte[100_000]; b[0] = 1; }")]
    [InlineData("byte[] b = null; while (n-- > 0) { b ??= new byte[100_000]; b[0] = 1; }")]
    [InlineData("byte[] b = null; while (n-- > 0) { (b ?? (b = new byte[100_000]))[0] = 1; }")]
    [InlineData("while (n-- > 0) { if (n == 3) { var b = new byte[100_000]; b[0] = 1; } }")]
    [InlineData("while (n-- > 0) { byte[] b = n == 3 ? new byte[100_000] : Field; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { switch (n) { case 3: var b = new byte[100_000]; b[0] = 1; break; } }")]
    [InlineData("while (n-- > 0) { try { n--; } catch (IOException) { var b = new byte[100_000]; b[0] = 1; } }")]
    [InlineData("while (n-- > 0) { Func<int> f = () => { var b = new byte[100_000]; return b[0]; }; }")]
    [InlineData("while (n-- > 0) { int F() { var b = new byte[100_000]; return b[0]; } }")]
    public async Task OnlySometimes_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("var all = new List<byte[]>(); while (n-- > 0) all.Add(new byte[100_000]);")]
    [InlineData("var all = new List<byte[]>(); while (n-- > 0) { var b = new byte[100_000]; b[0] = 1; all.Add(b); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; Field = b; }")]
    [InlineData("while (n-- > 0) Field = new byte[100_000];")]
    [InlineData("byte[] last = null; while (n-- > 0) { last = new byte[100_000]; last[0] = 1; } last[0] = 2;")]
    [InlineData("byte[] last = null; while (n-- > 0) { var b = new byte[100_000]; last = b; } last[0] = 2;")]
    [InlineData("var all = new byte[9][]; while (n-- > 0) { all[n] = new byte[100_000]; }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; var t = (b, 1); streams[0].Read(t.b); }")]
    [InlineData("while (n-- > 0) { ArraySegment<byte> v = new(new byte[100_000], 0, 1); Views.Add(v); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; Memory<byte> v = b; Memories.Add(v); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; Action a = () => b[0] = 1; Actions.Add(a); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; new Keeper(b); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; _ = new Keeper { Bytes = b }; }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; Keep(b); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; Grow(ref b); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; object o = b; Objects.Add(o); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; ThreadPool.QueueUserWorkItem(_ => { }, b); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; _ = streams[0].ReadAsync(b, 0, 1); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; Tasks.Add(streams[0].ReadAsync(b, 0, 1)); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; streams[0].BeginRead(b, 0, 1, null, null); }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("while (n-- > 0) { var m = new MemoryStream(100_000); streams[0] = m; }")]
    [InlineData("while (n-- > 0) { var m = new MemoryStream(100_000); Field = m.GetBuffer(); }")]
    [InlineData("while (n-- > 0) { var b = new StringBuilder(50_000); Objects.Add(b.Append(1)); }")]
    [InlineData("while (n-- > 0) Objects.Add(new string(' ', 50_000));")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000]; foreach (var w in new[] { b }) Keep(w); }")]
    public async Task OutlivesTheIteration_IsSilent(string body) => await Verify(body);

    [Theory]
    [InlineData("IEnumerable<byte[]> M(int n) { while (n-- > 0) { var b = new byte[100_000]; yield return b; } }")]
    [InlineData("byte[] M(int n) { while (true) { var b = new byte[100_000]; if (n-- > 0) return b; } }")]
    [InlineData("Memory<byte> M(int n) { while (true) { var b = new byte[100_000]; if (n-- > 0) return b.AsMemory(1); } }")]
    [InlineData("byte[][] A = Enumerable.Range(0, 9).Select(i => new byte[100_000]).ToArray();")]
    [InlineData("void M<T>(int n) { while (n-- > 0) { var b = new T[100_000]; b[0] = default; } }")]
    public async Task ResultOrUnknownElement_IsSilent(string member) => await VerifyMember(member);

    [Theory]
    [InlineData("[HotPath] int M() { var b = [|new byte[100_000]|]; return b[0]; }")]
    [InlineData("[HotPath] int P { get { var b = [|new byte[100_000]|]; return b[0]; } }")]
    [InlineData("[HotPath] void M() { using var m = [|new MemoryStream(100_000)|]; m.WriteByte(1); }")]
    [InlineData("[HotPath] class Hot { void M() { var b = [|new byte[100_000]|]; b[0] = 1; } }")]
    [InlineData("[HotPath] class Hot { void M() { for (int i = 0; i < 3; i++) { } Sum([|new byte[100_000]|]); } }")]
    public async Task HotPath_Reports(string member)
    {
        Diagnostic found = Assert.Single(await VerifyMember(member));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Theory]
    [InlineData("int M() { var b = new byte[100_000]; return b[0]; }")]
    [InlineData("[HotPath] int M() { var b = new byte[10_000]; return b[0]; }")]
    [InlineData("[HotPath] byte[] M() { var b = new byte[100_000]; return b; }")]
    [InlineData("[HotPath] void M(int n) { if (n > 3) { var b = new byte[100_000]; b[0] = 1; } }")]
    [InlineData("[HotPath] void M() { var b = new byte[100_000]; throw new IOException($\"{b[0]}\"); }")]
    [InlineData("[HotPath] void M() { Func<int> f = () => { var b = new byte[100_000]; return b[0]; }; }")]
    [InlineData("[HotPath] class Hot { Hot() { var b = new byte[100_000]; b[0] = 1; } }")]
    [InlineData("[HotPath] class Hot { int _first = Sum(new byte[100_000]); }")]
    [InlineData("byte[] _b; [HotPath] void M() { _b ??= new byte[100_000]; _b[0] = 1; }")]
    public async Task HotPath_IsSilent(string member) => await VerifyMember(member);

    [Theory]
    [InlineData("while (n-- > 0) { var b = new Missing[100_000]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = new byte[missing]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = new byte[100_000; b[0] = 1; ")]
    [InlineData("while (n-- > 0) { var b = new MemoryStream(100_000, 5, 5, 5, 5); }")]
    [InlineData("while (n-- > 0) { missing = new byte[100_000]; }")]
    public async Task BrokenCode_IsSilent(string body) => await Verify(body, allowErrors: true);

    [Fact]
    public async Task Thresholds_CanBeSet()
    {
        await Verify("while (n-- > 0) { var b = new byte[100_000]; b[0] = 1; }", ("fragguard.loh_threshold", "200000"));
        await Verify("while (n-- > 0) { var b = [|new byte[5_000]|]; b[0] = 1; }", ("fragguard.loh_threshold", "5000"));
        await Verify(
            "for (int i = 0; i < 9; i++) { var b = new byte[100_000]; b[0] = 1; }", ("fragguard.FG3001.few_iterations", "9"));
        await Verify(
            "for (int i = 0; i < 3; i++) { var b = [|new byte[100_000]|]; b[0] = 1; }", ("fragguard.FG3001.few_iterations", "2"));
    }

    [Theory]
    [InlineData(
        "while (n-- > 0) { var b = [|new byte[100_000]|]; b[0] = 1; }",
        "Each iteration of this loop allocates an array of 100,024 bytes on the large object heap and drops it, which only a "
        + "collection of generation 2 frees; allocate it once before the loop, or rent it from 'ArrayPool<byte>.Shared'")]
    [InlineData(
        "while (n-- > 0) { using var m = [|new MemoryStream(Math.Max(n, 100_000))|]; m.WriteByte(1); }",
        "Each iteration of this loop allocates a stream of at least 100,024 bytes on the large object heap and drops it, which only "
        + "a collection of generation 2 frees; create it once before the loop and call 'SetLength(0)' in it, or use a stream of "
        + "pooled blocks")]
    public async Task Message_SaysHowMuchAndWhatToDo(string body, string message)
    {
        Diagnostic found = Assert.Single(await Verify(body));
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        Assert.Equal(message, found.GetMessage(null));
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(
        string body, (string Key, string Value)? option = null, bool allowErrors = false) =>
        VerifyMember(
            $$"""
            {{(body.Contains("await ", StringComparison.Ordinal) ? "async Task" : "unsafe void")}} M(Stream[] streams, int n)
            {
                {{body}}
            }
            """,
            option,
            allowErrors);

    [Fact]
    public async Task LoopWithoutAnyHotPathInTheProgram_Reports() => await Verifier.VerifyAsync("FG3001", """
        class C
        {
            void M(int n)
            {
                for (int i = 0; i < n; i++)
                {
                    var b = [|new byte[100_000]|];
                    b[0] = 1;
                }
            }
        }
        """);

    private static Task<ImmutableArray<Diagnostic>> VerifyMember(
        string member, (string Key, string Value)? option = null, bool allowErrors = false) =>
        Verifier.VerifyAsync(
            "FG3001",
            $$"""
            #nullable disable
            using System;
            using System.Buffers;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Text;
            using System.Threading;
            using System.Threading.Tasks;

            class C
            {
                static byte[] Field;
                static readonly List<ArraySegment<byte>> Views = new();
                static readonly List<Memory<byte>> Memories = new();
                static readonly List<Action> Actions = new();
                static readonly List<object> Objects = new();
                static readonly List<Task> Tasks = new();
                static int Sum(byte[] bytes) { int sum = 0; foreach (byte b in bytes) sum += b; return sum; }
                static void Keep(byte[] bytes) => Field = bytes;
                static void Grow(ref byte[] bytes) => Array.Resize(ref bytes, 2 * bytes.Length);

                {{member}}
            }

            class HotPathAttribute : Attribute;
            class Keeper { public byte[] Bytes; public Keeper() { } public Keeper(byte[] bytes) => Bytes = bytes; }
            """,
            option is { } set ? new Dictionary<string, string>(StringComparer.Ordinal) { [set.Key] = set.Value } : null,
            allowErrors);
}
