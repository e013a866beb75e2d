using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class DoNotKeepWhatYouReturnTests
{
    private static readonly RentSnippet Snippet = new("FG2005");

    private const string Return = "ArrayPool<byte>.Shared.Return(b)";

    [Theory]
    [InlineData("_field = b; [|R|];")]
    [InlineData("_field = b; if (c) s.Flush(); [|R|];")]
    [InlineData("if (c) _field = b; [|R|];")]
    [InlineData("_field = b; s.Flush(); if (c) [|R|];")]
    [InlineData("Property = b; [|R|];")]
    [InlineData("_arrays[0] = b; [|R|];")]
    [InlineData("_memory = b.AsMemory(0, 5); [|R|];")]
    [InlineData("_memory = b; [|R|];")]
    [InlineData("_segment = new ArraySegment<byte>(b, 0, 5); [|R|];")]
    [InlineData("_stream = new MemoryStream(b); [|R|];")]
    [InlineData("Shared = b; [|R|];")]
    [InlineData("byte[] t = b; _field = t; [|R|];")]
    [InlineData("_field = b; try { s.Flush(); } finally { [|R|]; }")]
    [InlineData("_later = () => s.Write(b, 0, 1); [|R|];")]
    [InlineData("_later += () => s.Flush(); _field = b; Look(b); [|R|];")]
    public async Task StoredAndReturned_Reports(string end) => await Snippet.Reports($$"""
        Action? _later;
        static byte[]? Shared;
        void M(bool c, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end.Replace("R|]", Return + "|]", System.StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("R;")]
    [InlineData("_field = b; _field = null!; R;")]
    [InlineData("_field = b; R; _field = null!;")]
    [InlineData("_field = b; R; _field = [];")]
    [InlineData("_field = b; try { s.Flush(); } finally { _field = null!; R; }")]
    [InlineData("_field = b; Interlocked.Exchange(ref _field, null!); R;")]
    [InlineData("_field = b; Clear(); R;")]
    [InlineData("_field = b; R; ClearDeeper();")]
    [InlineData("_field = b; Overridable(); R;")]
    [InlineData("(_field, _count) = (b, 1); (_field, _count) = ([], 0); R;")]
    [InlineData("Property = b; Property = []; R;")]
    [InlineData("_arrays[0] = b; R; _arrays[0] = [];")]
    [InlineData("_arrays[0] = b; R; Array.Clear(_arrays);")]
    [InlineData("_memory = b; R; _memory = default;")]
    [InlineData("_field = b.AsSpan(0, 5).ToArray(); R;")]
    [InlineData("_name = Encoding.UTF8.GetString(b); R;")]
    [InlineData("_holder = Holder.Of(b.ToArray()); R;")]
    [InlineData("_segment = Parsed(b); R;")]
    [InlineData("byte[][] all = [b]; Look(all[0]); R;")]
    [InlineData("var pair = (b, 1); Look(pair.b); R;")]
    [InlineData("var holder = new Holder(); holder.Bytes = b; R;")]
    [InlineData("if (c) { _field = b; return; } R;")]
    [InlineData("if (c) _field = b; if (!c) R;")]
    [InlineData("if (c) _field = b; else R;")]
    [InlineData("bool kept = false; try { s.Flush(); _field = b; kept = true; } finally { if (!kept) R; }")]
    [InlineData("try { s.Flush(); _field = b; } catch { R; throw; }")]
    [InlineData("_later = () => s.Flush(); R;")]
    [InlineData("_later = () => s.Write(b, 0, 1); _later = null; R;")]
    [InlineData("Action now = () => s.Write(b, 0, 1); now(); R;")]
    [InlineData("Copying = b; R;")]
    [InlineData("_field = b; b = ArrayPool<byte>.Shared.Rent(5); R;")]
    [InlineData("Memory<byte> view = new(b, 0, 5); view.Span.Clear(); R;")]
    [InlineData("ReadOnlySpan<byte> view = b; s.Write(view); R;")]
    [InlineData("_name = Encoding.UTF8.GetString(new ReadOnlySpan<byte>(b, 0, 5)); R;")]
    [InlineData("_field = b; try { while (c) { byte[] t = b; _field = null!; b = null!; ArrayPool<byte>.Shared.Return(t); s.Flush(); } } finally { if (b != null) { _field = null!; R; } }")]
    [InlineData("_field = b; Grow(ref b); R;")]
    public async Task ClearedOrNotKept_IsSilent(string end) => await Snippet.Silent($$"""
        Action? _later;
        byte[] Copying { get => _field; set => value.CopyTo(_field, 0); }
        void Clear() => _field = [];
        void ClearDeeper() => Clear();
        protected virtual void Overridable() { }
        static ArraySegment<byte> Parsed(byte[] b) => new(b.ToArray());
        void M(bool c, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end.Replace("R;", Return + ";", System.StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("public void Send(Stream s) { s.Write(_field); [|ArrayPool<byte>.Shared.Return(_field)|]; }")]
    [InlineData("public void Send(Stream s) { byte[] t = _field; s.Write(t); [|ArrayPool<byte>.Shared.Return(t)|]; }")]
    [InlineData("public void Send() => [|ArrayPool<byte>.Shared.Return(Property)|];")]
    [InlineData("void M(ref byte[] b) => [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("byte[] M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { s.Write(b); return b; } finally { [|ArrayPool<byte>.Shared.Return(b)|]; } }")]
    [InlineData("Memory<byte> M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { return b.AsMemory(0, s.Read(b)); } finally { [|ArrayPool<byte>.Shared.Return(b)|]; } }")]
    [InlineData("void M(Holder h) { byte[] b = ArrayPool<byte>.Shared.Rent(5); h.Bytes = b; [|ArrayPool<byte>.Shared.Return(b)|]; }")]
    public async Task FieldRefParameterOrResult_Reports(string member) => await Snippet.Reports(member);

    [Theory]
    [InlineData("public void Send(Stream s) { s.Write(_field); byte[] t = _field; _field = null!; ArrayPool<byte>.Shared.Return(t); }")]
    [InlineData("public void Send(Stream s) { s.Write(_field); ArrayPool<byte>.Shared.Return(_field); _field = []; }")]
    [InlineData("public void Grow() { byte[] larger = ArrayPool<byte>.Shared.Rent(_field.Length * 2); ArrayPool<byte>.Shared.Return(_field); _field = larger; }")]
    [InlineData("public void Grow() { byte[] larger = ArrayPool<byte>.Shared.Rent(5); _field.CopyTo(larger, 0); _field = larger; ArrayPool<byte>.Shared.Return(larger); }")] // FG2006
    [InlineData("public void Trim(int n) { byte[] r = ArrayPool<byte>.Shared.Rent(n), old = r; if (r.Length < _field.Length) { old = _field; _field = r; } ArrayPool<byte>.Shared.Return(old); }")]
    [InlineData("public void Dispose() { ArrayPool<byte>.Shared.Return(_field); _field = null!; }")]
    [InlineData("public void Dispose() { if (_count++ == 0) ArrayPool<byte>.Shared.Return(_field); }")]
    [InlineData("void Drop() => ArrayPool<byte>.Shared.Return(_field);")]
    [InlineData("public void Send() { if (Interlocked.Exchange(ref _field, null!) is { } t) ArrayPool<byte>.Shared.Return(t); }")]
    [InlineData("struct S { byte[] _a; public string Text() { string x = _a.Length.ToString(); ArrayPool<byte>.Shared.Return(_a); return x; } }")]
    [InlineData("struct S { byte[] _a; public void Send() { byte[] t = _a; this = default; ArrayPool<byte>.Shared.Return(t); } }")]
    [InlineData("void M(ref byte[]? b) { byte[]? t = b; b = null; ArrayPool<byte>.Shared.Return(t!); }")]
    [InlineData("void M(ref byte[] b) { ArrayPool<byte>.Shared.Return(b); b = []; }")]
    [InlineData("void M(ref byte[] b) { byte[] n = ArrayPool<byte>.Shared.Rent(b.Length * 2); ArrayPool<byte>.Shared.Return(b); b = n; }")]
    [InlineData("void M(byte[] b) => ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { s.Write(b); return b.ToArray(); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("System.Collections.BitArray M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { s.Write(b); return new System.Collections.BitArray(b) { Length = 3 }; } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("Queue<byte> M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { s.Write(b); return new Queue<byte>(new ArraySegment<byte>(b, 0, 3)); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("object M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { s.Write(b); return Tuple.Create(b.Length, Convert.ToHexString(b)); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("string M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); try { return Encoding.UTF8.GetString(b, 0, s.Read(b)); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("byte[] M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); bool ok = false; try { s.Write(b); ok = true; return b; } finally { if (!ok) ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("void M() { foreach (byte[] b in _arrays) ArrayPool<byte>.Shared.Return(b); }")]
    public async Task ClearedFieldRefParameterOrCopy_IsSilent(string member) => await Snippet.Silent(member);

    [Fact]
    public async Task Message_NamesTheKeeper()
    {
        Diagnostic found = Assert.Single(await Snippet.Reports("""
            void M()
            {
                byte[] b = ArrayPool<byte>.Shared.Rent(10);
                _field = b;
                [|ArrayPool<byte>.Shared.Return(b)|];
            }
            """));
        Assert.Equal(
            "'ArrayPool<byte>.Shared.Return(b)' returns an array that field '_field' still refers to: whoever looks there shares "
            + "the array with its next owner; set it to null, or to another array, before the return",
            found.GetMessage(null));
    }
}
