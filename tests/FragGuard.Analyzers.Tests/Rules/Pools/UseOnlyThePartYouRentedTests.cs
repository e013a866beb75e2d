using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class UseOnlyThePartYouRentedTests
{
    private static readonly RentSnippet Snippet = new("FG2007");

    [Theory]
    [InlineData("s.Write([|b|]);")]
    [InlineData("s.Write([|b.AsSpan()|]);")]
    [InlineData("s.Write([|b|], 0, b.Length);")]
    [InlineData("s.Write([|b.AsSpan(0, b.Length)|]);")]
    [InlineData("s.Write([|new ReadOnlySpan<byte>(b)|]);")]
    [InlineData("ReadOnlySpan<byte> v = b; s.Write([|v|]);")]
    [InlineData("Span<byte> v = b; s.Write([|v|]);")]
    [InlineData("Memory<byte> v = b; s.Write([|v.Span|]);")]
    [InlineData("var v = new Memory<byte>(b); s.Write([|v.Span|]);")]
    [InlineData("byte[] same = b; s.Write([|same|]);")]
    [InlineData("new FileStream(\"a\", FileMode.Open).Write([|b|]);")]
    [InlineData("File.WriteAllBytes(\"a\", [|b|]);")]
    [InlineData("_text = Encoding.UTF8.GetString([|b|]);")]
    [InlineData("_text = Encoding.UTF8.GetString([|b|], 0, b.Length);")]
    [InlineData("_text = Convert.ToBase64String([|b|]);")]
    [InlineData("_text = Convert.ToBase64String([|b|], Base64FormattingOptions.None);")]
    [InlineData("_text = Convert.ToHexString([|b|]);")]
    [InlineData("_text = Convert.ToHexStringLower([|b|]);")]
    [InlineData("Array.ForEach([|b|], s.WriteByte);")]
    [InlineData("int[] all = Array.ConvertAll([|b|], x => (int)x);")]
    [InlineData("_text = BitConverter.ToString([|b|]);")]
    [InlineData("_text = string.Join(\",\", [|b|]);")]
    [InlineData("_data = SHA256.HashData([|b|]);")]
    [InlineData("_data = SHA256.Create().ComputeHash([|b|]);")]
    [InlineData("_data = [|b|].ToArray();")]
    [InlineData("_data = [|b.AsSpan()|].ToArray();")]
    [InlineData("_data = (byte[])[|b|].Clone();")]
    [InlineData("_data = [..[|b|]];")]
    [InlineData("_list = new List<byte>([|b|]);")]
    [InlineData("_list.AddRange([|b|]);")]
    [InlineData("_count = [|b|].Max();")]
    [InlineData("_same = [|b|].SequenceEqual(_data);")]
    [InlineData("_same = [|b.AsSpan()|].SequenceEqual(_data);")]
    [InlineData("Array.Sort([|b|]);")]
    [InlineData("Array.Reverse([|b|]);")]
    [InlineData("foreach (byte x in [|b|]) _count += x;")]
    [InlineData("foreach (byte x in [|b.AsSpan()|]) _count += x;")]
    [InlineData("for (int i = 0; i < [|b|].Length; i++) _count += b[i];")]
    [InlineData("_stream = new MemoryStream([|b|], writable: false);")]
    [InlineData("_stream = new MemoryStream([|b|], 0, b.Length, false);")]
    [InlineData("socket.Send([|b|]);")]
    [InlineData("socket.Send([|b|], SocketFlags.None);")]
    [InlineData("Action later = () => s.Write([|b|]);")]
    [InlineData("void Local() => s.Write([|b|]);")]
    public async Task WholeArrayTakenForData_Reports(string use) => await Snippet.Reports(Using(use));

    [Theory]
    [InlineData("s.Write(b, 0, n);")]
    [InlineData("s.Write(b.AsSpan(0, n));")]
    [InlineData("s.Write(b.AsSpan()[..n]);")]
    [InlineData("s.Write(b.AsSpan().Slice(0, n));")]
    [InlineData("s.Write(new ReadOnlySpan<byte>(b, 0, n));")]
    [InlineData("ReadOnlySpan<byte> v = b; s.Write(v[..n]);")]
    [InlineData("Span<byte> v = b; v = v.Slice(0, n); s.Write(v);")]
    [InlineData("Span<byte> v = b.AsSpan(0, n); s.Write(v);")]
    [InlineData("Memory<byte> v = b.AsMemory(0, n); s.Write(v.Span);")]
    [InlineData("var v = new Memory<byte>(b, 0, n); s.Write(v.Span);")]
    [InlineData("byte[] same = b[..n]; s.Write(same);")]
    [InlineData("File.WriteAllBytes(\"a\", b[..n]);")]
    [InlineData("_text = Encoding.UTF8.GetString(b, 0, n);")]
    [InlineData("_text = Encoding.UTF8.GetString(b.AsSpan(0, n));")]
    [InlineData("_text = Convert.ToBase64String(b, 0, n);")]
    [InlineData("_text = BitConverter.ToString(b, 0, n);")]
    [InlineData("_text = string.Join(\",\", b.Take(n));")]
    [InlineData("_data = b.Take(n).ToArray();")]
    [InlineData("_data = [..b[..n]];")]
    [InlineData("Array.Sort(b, 0, n);")]
    [InlineData("foreach (byte x in b.AsSpan(0, n)) _count += x;")]
    [InlineData("for (int i = 0; i < n; i++) _count += b[i];")]
    [InlineData("var s2 = new ArraySegment<byte>(b, 0, n); s.Write(s2);")]
    [InlineData("_text = new string(_chars);")]
    [InlineData("_stream = new MemoryStream(b, 0, n, writable: false);")]
    [InlineData("_stream = new MemoryStream(b, writable: true);")]
    [InlineData("_stream = new MemoryStream(b);")] // may be the room to write into
    [InlineData("ArraySegment<byte> v = new(b, 0, n); s.Write(v);")]
    [InlineData("byte[]? t = b; try { while (n-- > 0) { byte[] u = t; t = null; s.Write(u, 0, 5); t = u; } } finally { if (t != null) s.Write(t, 0, 5); }")]
    public async Task PartTakenForData_IsSilent(string use) => await Snippet.Silent(Using(use));

    [Theory]
    [InlineData("s.Read(b);")]
    [InlineData("s.Read(b, 0, b.Length);")]
    [InlineData("_count = s.Read(b.AsSpan());")]
    [InlineData("while ((n = s.Read(b, 0, b.Length)) > 0) s.Write(b, 0, n);")]
    [InlineData("while ((n = s.Read(b)) > 0) s.Write(b.AsSpan(0, n));")]
    [InlineData("n = Encoding.UTF8.GetBytes(_text, b);")]
    [InlineData("n = Encoding.UTF8.GetBytes(_text, 0, 1, b, 0);")]
    [InlineData("_same = Encoding.UTF8.TryGetBytes(_text, b, out n);")]
    [InlineData("_same = 5.TryFormat(b, out n);")]
    [InlineData("_same = Convert.TryFromBase64String(_text, b, out n);")]
    [InlineData("SHA256.TryHashData(_data, b, out n);")]
    [InlineData("socket.Receive(b);")]
    [InlineData("_data.CopyTo(b, 0);")]
    [InlineData("_data.CopyTo(b.AsSpan());")]
    [InlineData("Span<byte> v = b; n = s.Read(v);")]
    public async Task WholeArrayIsTheRoomToReadInto_IsSilent(string use) => await Snippet.Silent(Using(use));

    [Theory]
    [InlineData("if (b.Length < n) _count++; s.Write(b, 0, n);")]
    [InlineData("_count = b.Length;")]
    [InlineData("_same = b == _data;")]
    [InlineData("Array.Clear(b);")]
    [InlineData("Array.Clear(b, 0, b.Length);")]
    [InlineData("b.AsSpan().Clear();")]
    [InlineData("for (int i = 0; i < b.Length; i++) b[i] = 1;")]
    [InlineData("for (int i = 0; i < b.Length; i++) b[i]++;")]
    [InlineData("for (int i = 0; i < b.Length; i++) { int x = s.ReadByte(); if (x < 0) break; _count += b[i]; }")]
    [InlineData("byte[] larger = new byte[b.Length * 2]; Array.Copy(b, larger, b.Length);")]
    [InlineData("byte[] larger = new byte[b.Length * 2]; Buffer.BlockCopy(b, 0, larger, 0, b.Length);")]
    [InlineData("byte[] larger = new byte[b.Length * 2]; b.CopyTo(larger, 0);")]
    [InlineData("byte[] larger = new byte[b.Length * 2]; b.AsSpan().CopyTo(larger);")]
    [InlineData("_count = b.AsSpan().IndexOf((byte)0);")]
    [InlineData("_count = Array.IndexOf(b, (byte)0);")]
    [InlineData("_count = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(b);")]
    [InlineData("foreach (byte x in b) { if (x == 0) break; _count += x; }")]
    [InlineData("unsafe { fixed (byte* p = b) _count = p[0]; }")]
    public async Task OtherUseOfTheWholeArray_IsSilent(string use) => await Snippet.Silent(Using(use));

    [Theory]
    [InlineData("RandomNumberGenerator.Fill(b); s.Write(b);")]
    [InlineData("Random.Shared.NextBytes(b); s.Write(b);")]
    [InlineData("s.ReadExactly(b); s.Write(b);")]
    [InlineData("s.ReadExactly(b, 0, b.Length); s.Write(b);")]
    [InlineData("Array.Clear(b); foreach (byte x in b) _count += x;")]
    [InlineData("b.AsSpan().Fill(1); s.Write(b);")]
    [InlineData("for (int i = 0; i < b.Length; i++) b[i] = 1; s.Write(b);")]
    [InlineData("n = s.Read(b); if (n == b.Length) s.Write(b); else s.Write(b, 0, n);")]
    [InlineData("while (s.Read(b) == b.Length) s.Write(b);")]
    [InlineData("FillAll(b); s.Write(b);")]
    [InlineData("FillSpan(b); s.Write(b);")]
    [InlineData("if (b is { Length: 100 }) s.Write(b);")]
    [InlineData("unsafe { fixed (byte* p = b) FillAt(p, b.Length); } s.Write(b);")]
    [InlineData("unsafe { fixed (byte* p = b) FillAt((nint)p, (uint)b.Length); } s.Write(b);")]
    public async Task ArrayMayBeFilledToItsEnd_IsSilent(string use) => await Snippet.Silent(Using(use));

    [Theory]
    [InlineData("RandomNumberGenerator.Fill(b.AsSpan(0, n)); s.Write([|b|]);")]
    [InlineData("s.ReadExactly(b, 0, n); s.Write([|b|]);")]
    [InlineData("Array.Clear(b, 0, n); foreach (byte x in [|b|]) _count += x;")]
    [InlineData("for (int i = 0; i < n; i++) b[i] = 1; s.Write([|b|]);")]
    [InlineData("n = s.Read(b); if (n > 0) s.Write([|b|]);")]
    [InlineData("FillPart(b, n); s.Write([|b|]);")]
    [InlineData("Look(b); s.Write([|b|]);")]
    [InlineData("unsafe { fixed (byte* p = b) FillAt(p, n); } s.Write([|b|]);")]
    public async Task OnlyPartIsFilled_Reports(string use) => await Snippet.Reports(Using(use));

    [Theory]
    [InlineData("ArrayPool<byte>.Shared.Rent(1000)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(17)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(n)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(_text.Length)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(n * 3 + 1)")]
    [InlineData("pool.Rent(1000)")]
    [InlineData("n > 1 ? ArrayPool<byte>.Shared.Rent(1000) : ArrayPool<byte>.Shared.Rent(n)")]
    [InlineData("n > 1 ? null! : ArrayPool<byte>.Shared.Rent(n)")]
    public async Task ArrayLongerThanAsked_Reports(string rent) => await Snippet.Reports(Using("s.Write([|b|]);", rent));

    [Theory]
    [InlineData("ArrayPool<byte>.Shared.Rent(1024)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(16)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(0)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(1 << 12)")]
    [InlineData("ArrayPool<byte>.Shared.Rent(1 << n)")]
    [InlineData("ArrayPool<byte>.Shared.Rent((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)n))")]
    [InlineData("ArrayPool<byte>.Shared.Rent(_data.Length * 2)")]
    [InlineData("pool.Rent(4096)")]
    [InlineData("n > 1 ? new byte[n] : ArrayPool<byte>.Shared.Rent(n)")]
    [InlineData("new byte[1000]")]
    [InlineData("Same(ArrayPool<byte>.Shared.Rent(n))")]
    public async Task ArrayAsLongAsAskedOrNotKnown_IsSilent(string rent) => await Snippet.Silent(Using("s.Write(b);", rent));

    [Theory]
    [InlineData("Grow(ref b); s.Write(b);")]
    [InlineData("Array.Resize(ref b, n); s.Write(b);")]
    [InlineData("b = _data; s.Write(b);")]
    [InlineData("(b, n) = (_data, 1); s.Write(b);")]
    [InlineData("_data = b; s.Write(_data);")]
    [InlineData("var pair = (b, 1); s.Write(pair.b);")]
    [InlineData("ref byte[] same = ref b; s.Write(same);")]
    public async Task VariableIsAlsoSomethingElse_IsSilent(string use) => await Snippet.Silent(Using(use));

    [Theory]
    [InlineData("void M(ReadOnlySpan<char> t, int n) { char[]? r = null; Span<char> b = n <= 256 ? stackalloc char[256] : (r = ArrayPool<char>.Shared.Rent(n)); t.CopyTo(b); _text = new string([|b|]); }")]
    [InlineData("void M(ReadOnlySpan<char> t, int n) { char[] b = ArrayPool<char>.Shared.Rent(n); t.CopyTo(b); _text = new string([|b|]); }")]
    [InlineData("void M(ReadOnlySpan<char> t, int n) { char[] b = ArrayPool<char>.Shared.Rent(n); t.CopyTo(b); _text = [|b.AsSpan()|].ToString(); }")]
    [InlineData("void M(ReadOnlySpan<char> t, int n) { char[] b = ArrayPool<char>.Shared.Rent(n); t.CopyTo(b); new StringBuilder().Append([|b|]); }")]
    [InlineData("void M(TextWriter w, int n) { char[] b = ArrayPool<char>.Shared.Rent(n); w.Write([|b|]); }")]
    [InlineData("void M(StreamWriter w, int n) { char[] b = ArrayPool<char>.Shared.Rent(n); w.WriteLine([|b|]); }")]
    [InlineData("async Task M(Stream s, int n) { byte[] b = ArrayPool<byte>.Shared.Rent(n); await s.WriteAsync([|b|]); }")]
    [InlineData("async Task M(WebSocket s, int n) { byte[] b = ArrayPool<byte>.Shared.Rent(n); await s.SendAsync([|b|], WebSocketMessageType.Text, true, default); }")]
    [InlineData("async Task M(PipeWriter w, int n) { byte[] b = ArrayPool<byte>.Shared.Rent(n); await w.WriteAsync([|b|]); }")]
    [InlineData("int M(int n) { int[] b = ArrayPool<int>.Shared.Rent(n); b[0] = 1; return [|b|].Sum(); }")]
    [InlineData("void M(ReadOnlySpan<char> t, Span<byte> hash, int n) { byte[]? r = null; var b = n <= 256 ? stackalloc byte[n] : (r = ArrayPool<byte>.Shared.Rent(n)); "
        + "try { _ = Encoding.UTF8.GetBytes(t, b); _ = SHA1.HashData([|b|], hash); } finally { if (r is not null) ArrayPool<byte>.Shared.Return(r); } }")]
    [InlineData("void M(Stream s, int n) { byte[]? b = null; try { b = ArrayPool<byte>.Shared.Rent(n); s.Write([|b|]); } finally { if (b != null) ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("int _first = [|ArrayPool<int>.Shared.Rent(10)|].Sum();")]
    public async Task EveryKindOfBody_Reports(string member) => await Snippet.Reports("private string _text = \"\";\n" + member);

    [Theory]
    [InlineData("void M(ReadOnlySpan<char> t, int n) { char[]? r = null; Span<char> b = n <= 256 ? stackalloc char[256] : (r = ArrayPool<char>.Shared.Rent(n)); t.CopyTo(b); _text = new string(b[..n]); }")]
    [InlineData("void M(int n) { char[]? r = null; Span<char> b = n <= 256 ? stackalloc char[256] : (r = ArrayPool<char>.Shared.Rent(n)); 5.TryFormat(b, out n); }")]
    [InlineData("void M(int n) { string?[] b = ArrayPool<string?>.Shared.Rent(n); foreach (string? x in b) x?.Trim(); }")]
    [InlineData("void M(int n) { string?[] b = ArrayPool<string?>.Shared.Rent(n); foreach (string? x in b) { if (x != null) _text += x; } }")]
    [InlineData("void M(int n) { string?[] b = ArrayPool<string?>.Shared.Rent(n); _text = string.Concat(b.Where(x => x != null)); }")]
    [InlineData("void M(TextWriter w, int n) { byte[] b = ArrayPool<byte>.Shared.Rent(n); w.Write(b); }")] // as an object
    [InlineData("void M(byte[] b, Stream s) => s.Write(b);")]
    [InlineData("void M(Stream s) { using var o = MemoryPool<byte>.Shared.Rent(100); s.Write(o.Memory.Span); }")]
    public async Task EveryKindOfBody_IsSilentOtherwise(string member) => await Snippet.Silent("private string _text = \"\";\n" + member);

    [Theory]
    [InlineData("try { Action a = () => { BODY }; a(); } catch (IOException) { s.Flush(); } finally { s.Flush(); }")]
    [InlineData("try { void F() { BODY } F(); } catch (IOException) { s.Flush(); } finally { s.Flush(); }")]
    [InlineData("try { Action a = () => { try { BODY } catch (IOException) { s.Flush(); } }; a(); } catch { } finally { s.Flush(); }")]
    public async Task FunctionInsideTry_Reports(string shape) => await Snippet.Reports($$"""
        void M(Stream s)
        {
            if (s.CanRead) s.Flush();
            if (s.CanSeek) s.Flush();
            {{shape.Replace("BODY", "byte[] b = ArrayPool<byte>.Shared.Rent(5); s.Write([|b|]); ArrayPool<byte>.Shared.Return(b);", StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("s.Write(b, );")]
    [InlineData("s.Missing(b);")]
    [InlineData("foreach (var x in Missing(b)) ;")]
    [InlineData("Missing.Write(b.AsSpan();")]
    [InlineData("for (int i = 0; i < b.; i++) ;")]
    public async Task BrokenCode_IsSilent(string use) => await Snippet.Silent(Using(use), allowErrors: true);

    [Fact]
    public async Task PoolNamedByTheOption_IsSilent() => await Snippet.Silent(
        """
        class Pages { public static byte[] Rent(int n) => new byte[n]; public static void Return(byte[] page) { } }
        void M(Stream s) { byte[] b = Pages.Rent(1000); s.Write(b); Pages.Return(b); }
        """,
        RentSnippet.Option("fragguard.additional_pool_types", "C+Pages"));

    [Theory]
    [InlineData("1000", "s.Write([|b|])", "'Stream.Write' takes the whole rented array 'b' for data, 1,024 elements where 1,000 were asked for, "
        + "the rest left by earlier users; pass only the part that holds data, the first 1000 elements at most", "1000")]
    [InlineData("n", "s.Write([|b.AsSpan()|])", "the whole rented array 'b.AsSpan()' for data, which is longer than asked for, "
        + "the rest left by earlier users; pass only the part that holds data, the first n elements at most", "n")]
    [InlineData("n + 1", "s.Write([|b|])", "pass only the part that holds data", null)]
    [InlineData("n", "n++; s.Write([|b|])", "pass only the part that holds data", null)]
    [InlineData("n", "int read = s.Read(b); s.Write([|b|])", "the first n elements at most", null)]
    [InlineData("n", "foreach (byte x in [|b|]) _count += x", "'foreach' takes the whole", "n")]
    [InlineData("n", "_list = new List<byte>([|b|])", "'new List' takes the whole", "n")]
    public async Task Message_SaysWhatAndHowMuch(string length, string use, string part, string? dataLength)
    {
        Diagnostic diagnostic = Assert.Single(await Snippet.Reports(Using(use + ";", $"ArrayPool<byte>.Shared.Rent({length})")));
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Contains(part, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(dataLength, diagnostic.Properties.GetValueOrDefault(UseOnlyThePartYouRented.DataLengthKey));
    }

    private static string Using(string use, string rent = "ArrayPool<byte>.Shared.Rent(1000)") => $$"""
        private byte[] _data = [];
        private char[] _chars = [];
        private List<byte> _list = [];
        private string _text = "";
        private bool _same;
        private Stream? _stream;
        private int _count;

        void M(Stream s, int n, ArrayPool<byte> pool, Socket socket)
        {
            byte[] b = {{rent}};
            {{use}}
        }

        static void Grow(ref byte[] b) { }
        static byte[] Same(byte[] b) => b;
        static void FillAll(byte[] b) { }
        static void FillSpan(Span<byte> b) { }
        static void FillPart(byte[] b, int n) { }
        static void Look(ReadOnlySpan<byte> b) { }
        static unsafe void FillAt(byte* p, int n) { }
        static void FillAt(nint p, uint n) { }
        """;
}
