using System.Threading.Tasks;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class DoNotUseWhatYouReturnedTests
{
    private static readonly RentSnippet Snippet = new("FG2004");

    private const string Return = "ArrayPool<byte>.Shared.Return(b);";

    [Theory]
    [InlineData("R; [|b[0]|] = 1;")]
    [InlineData("R; [|s.Write(b, 0, 1)|];")]
    [InlineData("R; if (c) [|s.Write(b)|];")]
    [InlineData("if (c) R; else R; [|s.Write(b)|];")]
    [InlineData("Span<byte> view = b; R; [|view[0]|] = 1;")]
    [InlineData("Span<byte> view = b.AsSpan(0, 5); R; [|view.Clear()|];")]
    [InlineData("Memory<byte> view = new(b, 0, 5); R; [|view.Span|].Clear();")]
    [InlineData("ArraySegment<byte> view = new(b, 0, 5); R; [|_segment = view|];")]
    [InlineData("R; [|_field = b|];")]
    [InlineData("R; [|_list.Add(b)|];")]
    [InlineData("byte[] t = b; R; [|t[0]|] = 1;")]
    [InlineData("try { R; s.Flush(); } catch { [|b[0]|] = 1; }")]
    [InlineData("try { s.Flush(); R; s.Flush(); } finally { [|b[0]|] = 1; }")]
    [InlineData("Done(b); [|b[0]|] = 1;")]
    [InlineData("Done(b); [|Look(b)|];")]
    [InlineData("R; [|b[0]|] = 1; b[1] = 2; s.Write(b);")]
    [InlineData("R; _name = [|Encoding.UTF8.GetString(b, 0, 5)|];")]
    [InlineData("R; foreach (byte x in [|b|]) _count += x;")]
    [InlineData("Span<byte> view = b; R; foreach (byte x in [|view|]) _count += x;")]
    [InlineData("R; if ([|b is [1, ..]|]) s.Flush();")]
    [InlineData("R; if ([|b is not [.., 1 or 2]|]) s.Flush();")]
    [InlineData("R; byte[] copy = [[|..b|]]; _field = copy;")]
    [InlineData("R; unsafe { fixed (byte* p = [|b|]) *p = 1; }")]
    public async Task UsedAfterReturn_Reports(string end) => await Snippet.Reports($$"""
        void M(bool c, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end.Replace("R;", Return, System.StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("Done(b); Done(b);")] // returned twice, which is another rule
    [InlineData("Done(b); DoneDeeper(b);")]
    [InlineData("b[0] = 1; R;")]
    [InlineData("s.Write(b, 0, 1); R;")]
    [InlineData("if (c) R; s.Write(b);")]
    [InlineData("if (c) { R; return; } s.Write(b);")]
    [InlineData("Span<byte> view = b; view[0] = 1; R;")]
    [InlineData("byte[] copy = b.AsSpan(0, 5).ToArray(); R; _field = copy;")]
    [InlineData("string text = Encoding.UTF8.GetString(b, 0, 5); R; _name = text;")]
    [InlineData("string text = new string('a', b[0]); R; _name = text;")]
    [InlineData("List<string> parsed = Parse(b); R; parsed.Add(_name);")]
    [InlineData("Holder parsed = Made(b); R; _holder = parsed;")]
    [InlineData("var parsed = (b[0], b[1]); R; _count = parsed.Item1;")]
    [InlineData("R; b = new byte[5]; b[0] = 1;")]
    [InlineData("R; b = _field; b[0] = 1;")]
    [InlineData("R; _count = b.Length;")]
    [InlineData("R; _count = (int)b.LongLength;")]
    [InlineData("R; _count = b.Rank;")]
    [InlineData("Span<byte> view = b; R; if (view.IsEmpty) s.Flush();")]
    [InlineData("byte[] larger = ArrayPool<byte>.Shared.Rent(20); b.CopyTo(larger, 0); ArrayPool<byte>.Shared.Return(larger); b = larger; b[0] = 1;")] // FG2006
    [InlineData("R; if (b != null) s.Flush();")]
    [InlineData("R; if (b is []) s.Flush();")]
    [InlineData("R; if (b is [_, ..]) s.Flush();")]
    [InlineData("foreach (byte x in b) _count += x; R;")]
    [InlineData("byte[] copy = [..b]; R; _field = copy;")]
    [InlineData("R; if (ReferenceEquals(b, _field)) s.Flush();")]
    [InlineData("R; b = null!;")]
    [InlineData("R; Grow(ref b); b[0] = 1;")]
    [InlineData("bool done = false; try { s.Flush(); R; done = true; } finally { if (!done) b[0] = 1; }")]
    [InlineData("try { s.Flush(); R; } catch { b[0] = 1; }")]
    [InlineData("byte[]? t = null; try { t = ArrayPool<byte>.Shared.Rent(5); s.Write(t); ArrayPool<byte>.Shared.Return(t); t = null; s.Flush(); } catch { if (t != null) s.Write(t); }")]
    [InlineData("byte[] x = _field; if (c) { x = b; } else { R; } x[0] = 1;")]
    [InlineData("while (c) { b[0] = 1; R; b = ArrayPool<byte>.Shared.Rent(5); }")]
    [InlineData("for (;;) { byte[] t = ArrayPool<byte>.Shared.Rent(5); t[0] = 1; ArrayPool<byte>.Shared.Return(t); }")]
    [InlineData("byte[] larger = ArrayPool<byte>.Shared.Rent(20); b.CopyTo(larger, 0); R; b = larger; b[0] = 1; R;")]
    [InlineData("Maybe(b, c); b[0] = 1;")]
    [InlineData("Defer(b); b[0] = 1;")]
    [InlineData("_later = () => ArrayPool<byte>.Shared.Return(b); b[0] = 1;")]
    [InlineData("void Give() => ArrayPool<byte>.Shared.Return(b); Give(); b[0] = 1;")]
    [InlineData("var reader = new StringReader(Encoding.UTF8.GetString(b)); R; reader.Read();")]
    [InlineData("int n = s.Read(b); R; _count = n;")]
    [InlineData("Task<int> read = s.ReadAsync(b, 0, 5); read.Wait(); R; _count = read.Result;")]
    [InlineData("byte[]? t = null; try { while (c) { t = ArrayPool<byte>.Shared.Rent(5); byte[] u = t; t = null; ArrayPool<byte>.Shared.Return(u); s.Flush(); } } finally { if (t != null) s.Write(t); }")]
    [InlineData("ArraySegment<byte> view = new(b, 0, 5); s.Write(view); R;")]
    [InlineData("var pair = (b, 1); s.Write(pair.b); R;")]
    [InlineData("s.Write(new ReadOnlySpan<byte>(b, 0, 5)); R; s.Flush();")]
    [InlineData("Span<byte> view = b; R; view = _field; view.Clear();")]
    [InlineData("Span<char> chars = new char[5]; string text = new string(chars[..b[0]]); R; _name = text;")]
    public async Task UsedBeforeReturnOrUncertain_IsSilent(string end) => await Snippet.Silent($$"""
        Action? _later;
        static void Maybe(byte[] b, bool c) { if (c) ArrayPool<byte>.Shared.Return(b); }
        static List<string> Parse(byte[] b) => [b[0].ToString()];
        static Holder Made(byte[] b) => new(b.AsSpan().ToArray());
        void M(bool c, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end.Replace("R;", Return, System.StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("byte[] M() { var b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); return [|b|]; }")]
    [InlineData("Memory<byte> M() { var b = ArrayPool<byte>.Shared.Rent(5); var m = b.AsMemory(0, 2); ArrayPool<byte>.Shared.Return(b); return [|m|]; }")]
    [InlineData("void M(byte[] b) { ArrayPool<byte>.Shared.Return(b); [|b[0]|] = 1; }")]
    [InlineData("void M(byte[] b) { ArrayPool<byte>.Shared.Return(b); [|LookDeeper(b)|]; }")]
    [InlineData("async Task M(Stream s) { var b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); await [|s.WriteAsync(b)|]; }")]
    [InlineData("void M(Stream? s) { var b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); s?[|.Write(b, 0, 1)|]; }")]
    public async Task EveryKindOfUse_Reports(string member) => await Snippet.Reports(member);

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync(
        "FG2004",
        "using System.Buffers; class C { void M() { var b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b,, ; b[",
        allowErrors: true);

    [Fact]
    public async Task PoolMissing_IsSilent() => await Verifier.VerifyAsync(
        "FG2004",
        "class ArrayPool { public byte[] Rent(int n) => new byte[n]; public void Return(byte[] b) { } void M() { var b = Rent(5); Return(b); b[0] = 1; } }");

    [Theory]
    [InlineData("string M() { var b = ArrayPool<byte>.Shared.Rent(5); string x = Convert.ToBase64String(b); ArrayPool<byte>.Shared.Return(b); return x; }")]
    [InlineData("byte[] M() { var b = ArrayPool<byte>.Shared.Rent(5); byte[] x = b.ToArray(); ArrayPool<byte>.Shared.Return(b); return x; }")]
    [InlineData("byte[] M() { var b = ArrayPool<byte>.Shared.Rent(5); byte[] x = Same(b); ArrayPool<byte>.Shared.Return(b); return x; }")]
    [InlineData("Stream M() { var b = ArrayPool<byte>.Shared.Rent(5); var ms = new MemoryStream(); ms.Write(b, 0, 5); ArrayPool<byte>.Shared.Return(b); return ms; }")]
    [InlineData("void M(byte[] b) { ArrayPool<byte>.Shared.Return(b); b = _field; b[0] = 1; }")]
    public async Task ResultThatIsNoView_IsSilent(string member) => await Snippet.Silent(member);
}
