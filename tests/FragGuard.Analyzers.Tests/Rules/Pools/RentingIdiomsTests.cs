using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

/// <summary>The ways in which good code rents, grows, hands on and returns arrays: no rule has anything to say about them.</summary>
public class RentingIdiomsTests
{
    [Theory]
    [InlineData("int M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); try { for (int i = 0; ; i++) { try { return s.Read(b, 0, 9); } catch (IOException) when (i < 3) { } } } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("void M(Stream s) { byte[]? b = ArrayPool<byte>.Shared.Rent(9); try { s.Flush(); } finally { byte[]? t = Interlocked.Exchange(ref b, null); if (t is not null) ArrayPool<byte>.Shared.Return(t); } }")]
    [InlineData("byte[] M(int k) { byte[] b = k switch { 0 => _field, 1 => ArrayPool<byte>.Shared.Rent(9), _ => new byte[k] }; b[0] = 1; if (k == 1) { _count = b[0]; ArrayPool<byte>.Shared.Return(b); return []; } return b; }")]
    [InlineData("string M(TextReader r) { char[] b = ArrayPool<char>.Shared.Rent(16); int n = 0; try { int c; while ((c = r.Read()) >= 0) { if (n == b.Length) { char[] old = b; b = ArrayPool<char>.Shared.Rent(n * 2); Array.Copy(old, b, n); ArrayPool<char>.Shared.Return(old); } b[n++] = (char)c; } return new string(b, 0, n); } finally { ArrayPool<char>.Shared.Return(b); } }")]
    [InlineData("void M(Stream s, int n) { byte[] a = ArrayPool<byte>.Shared.Rent(9), b = ArrayPool<byte>.Shared.Rent(9); while (n-- > 0) { s.Read(a, 0, 5); (a, b) = (b, a); } ArrayPool<byte>.Shared.Return(a); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s, int n) { byte[] a = ArrayPool<byte>.Shared.Rent(9), b = ArrayPool<byte>.Shared.Rent(9); while (n-- > 0) { s.Read(a, 0, 5); byte[] t = a; a = b; b = t; } ArrayPool<byte>.Shared.Return(a); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s, int n) { byte[] b = ArrayPool<byte>.Shared.Rent(9); again: if (s.Read(b, 0, 5) > n) goto again; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s, int n) { byte[] b = _field; bool rented = false; if (n > b.Length) { b = ArrayPool<byte>.Shared.Rent(n); rented = true; } s.Write(b, 0, n); if (rented) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s, int n) { byte[]? b = null; try { Fill(); s.Write(b!, 0, n); } finally { if (b != null) ArrayPool<byte>.Shared.Return(b); } void Fill() { b = ArrayPool<byte>.Shared.Rent(n); } }")]
    [InlineData("async IAsyncEnumerable<int> M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); try { int n; while ((n = await s.ReadAsync(b)) > 0) yield return n; } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("Task M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); return s.ReadAsync(b, 0, 9).ContinueWith(t => ArrayPool<byte>.Shared.Return(b)); }")]
    [InlineData("Task M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); Task<int> t = s.ReadAsync(b, 0, 9); if (t.IsCompletedSuccessfully) { ArrayPool<byte>.Shared.Return(b); return t; } return Slow(t, b); static async Task Slow(Task t, byte[] b) { try { await t; } finally { ArrayPool<byte>.Shared.Return(b); } } }")]
    [InlineData("int M(Stream s) { byte[]? b = ArrayPool<byte>.Shared.Rent(9); try { int n = s.Read(b, 0, 9); ArrayPool<byte>.Shared.Return(b); b = null; s.Flush(); return n; } catch (IOException) { if (b is not null) ArrayPool<byte>.Shared.Return(b); return 0; } }")]
    [InlineData("ref struct Lease { byte[] _b; public Lease(int n) => _b = ArrayPool<byte>.Shared.Rent(n); public Span<byte> Span => _b; public void Dispose() { byte[] t = _b; _b = null!; ArrayPool<byte>.Shared.Return(t); } } void M(Stream s) { using var l = new Lease(9); s.Write(l.Span[..5]); }")]
    [InlineData("void M(Stream s, int n) { var all = new List<byte[]>(); try { while (n-- > 0) { byte[] b = ArrayPool<byte>.Shared.Rent(9); all.Add(b); s.Read(b, 0, 5); } } finally { foreach (byte[] b in all) ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("void M(Stream s, int n) { byte[][] all = new byte[n][]; for (int i = 0; i < n; i++) all[i] = ArrayPool<byte>.Shared.Rent(9); for (int i = 0; i < n; i++) ArrayPool<byte>.Shared.Return(all[i]); }")]
    [InlineData("void M(Stream s, byte[]? given) { byte[] b = given ?? ArrayPool<byte>.Shared.Rent(9); try { s.Write(b, 0, 5); } finally { if (given is null) ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("void M(Stream s, byte[]? given) { byte[]? rented = null; byte[] b = given ?? (rented = ArrayPool<byte>.Shared.Rent(9)); try { s.Write(b, 0, 5); } finally { if (rented is { }) ArrayPool<byte>.Shared.Return(rented); } }")]
    [InlineData("void M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); try { s.Flush(); } catch (IOException) { ArrayPool<byte>.Shared.Return(b); b = ArrayPool<byte>.Shared.Rent(5); } b[0] = 1; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s, int n) { byte[]? b = null; scoped Span<byte> v; if (n <= 64) { v = stackalloc byte[64]; } else { b = ArrayPool<byte>.Shared.Rent(n); v = b; } v = v[..n]; s.Write(v); if (b is not null) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("ref struct Vsb { char[]? _a; Span<char> _s; int _n; public Vsb(Span<char> init) { _a = null; _s = init; _n = 0; } public void Grow(int k) { char[] p = ArrayPool<char>.Shared.Rent(_s.Length + k); _s[.._n].CopyTo(p); char[]? ret = _a; _s = _a = p; if (ret != null) ArrayPool<char>.Shared.Return(ret); } public override string ToString() { string t = _s[.._n].ToString(); Dispose(); return t; } public void Dispose() { char[]? ret = _a; this = default; if (ret != null) ArrayPool<char>.Shared.Return(ret); } }")]
    [InlineData("sealed class W : IDisposable { byte[]? _b = ArrayPool<byte>.Shared.Rent(9); public void Dispose() { if (_b != null) { ArrayPool<byte>.Shared.Return(_b); _b = null; } } }")]
    [InlineData("sealed class W : IAsyncDisposable { byte[] _b = ArrayPool<byte>.Shared.Rent(9); bool _d; public async ValueTask DisposeAsync() { if (_d) return; _d = true; await Task.Yield(); ArrayPool<byte>.Shared.Return(_b); } }")]
    [InlineData("void M(Stream s) { lock (_list) { byte[] b; if (_list.Count > 0) { b = _list[^1]; _list.RemoveAt(_list.Count - 1); } else b = ArrayPool<byte>.Shared.Rent(9); s.Read(b, 0, 5); _list.Add(b); } }")]
    [InlineData("bool M(string t, out ArraySegment<byte> r) { byte[] b = ArrayPool<byte>.Shared.Rent(9); if (Convert.TryFromBase64String(t, b, out int n)) { r = new(b, 0, n); return true; } ArrayPool<byte>.Shared.Return(b); r = default; return false; }")]
    [InlineData("byte[] M(string t) { byte[]? b = null; int size = 16, n; do { if (b != null) ArrayPool<byte>.Shared.Return(b); b = ArrayPool<byte>.Shared.Rent(size); size *= 2; } while (!Convert.TryFromBase64String(t, b, out n)); byte[] r = b.AsSpan(0, n).ToArray(); ArrayPool<byte>.Shared.Return(b); return r; }")]
    [InlineData("string M(string t) { for (int size = 16; ; size *= 2) { char[] b = ArrayPool<char>.Shared.Rent(size); try { if (t.TryCopyTo(b)) return new string(b, 0, t.Length); } finally { ArrayPool<char>.Shared.Return(b); } } }")]
    [InlineData("void M(Memory<byte> m, Stream s) { if (!System.Runtime.InteropServices.MemoryMarshal.TryGetArray<byte>(m, out ArraySegment<byte> seg)) { byte[] b = ArrayPool<byte>.Shared.Rent(m.Length); m.CopyTo(b); seg = new(b, 0, m.Length); s.Write(seg); ArrayPool<byte>.Shared.Return(b); } else s.Write(seg); }")]
    [InlineData("void M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); Use(b, s); } static void Use(byte[] b, Stream s) { try { s.Write(b, 0, 5); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("async Task M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(9); await Use(b, s).ConfigureAwait(false); } static async Task Use(byte[] b, Stream s) { try { await s.WriteAsync(b, 0, 5); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("void M<T>(List<T> l) { T[] a = ArrayPool<T>.Shared.Rent(l.Count); l.CopyTo(a); Array.Sort(a, 0, l.Count); Array.Clear(a, 0, l.Count); ArrayPool<T>.Shared.Return(a); }")]
    [InlineData("void M(IEnumerable<string> l) { string[] a = ArrayPool<string>.Shared.Rent(5); int n = 0; try { foreach (string x in l) a[n++] = x; } finally { while (n > 0) a[--n] = null!; ArrayPool<string>.Shared.Return(a); } }")]
    [InlineData("static void Ensure(ref byte[]? b, int n) { if (b is null || b.Length < n) { if (b is not null) ArrayPool<byte>.Shared.Return(b); b = ArrayPool<byte>.Shared.Rent(n); } } void M(Stream s) { byte[]? b = null; try { Ensure(ref b, 5); s.Write(b!, 0, 5); Ensure(ref b, 9); s.Write(b!, 0, 9); } finally { if (b is not null) ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("void M(ReadOnlySequence<byte> q, Stream s) { byte[]? b = null; ReadOnlySpan<byte> v = q.IsSingleSegment ? q.FirstSpan : Copy(q, out b); s.Write(v); if (b is not null) ArrayPool<byte>.Shared.Return(b); } static ReadOnlySpan<byte> Copy(ReadOnlySequence<byte> q, out byte[] b) { b = ArrayPool<byte>.Shared.Rent((int)q.Length); q.CopyTo(b); return b.AsSpan(0, (int)q.Length); }")]
    [InlineData("static void Free(ref byte[]? b) { var t = b; b = null; if (t is not null) ArrayPool<byte>.Shared.Return(t); } void M(Stream s) { byte[]? b = ArrayPool<byte>.Shared.Rent(9); s.Write(b, 0, 3); Free(ref b); Free(ref b); }")]
    [InlineData("void M(Stream s) { byte[]? b = null; foreach (int n in new[] { 1, 2 }) { b = b is null ? ArrayPool<byte>.Shared.Rent(n) : b; s.Write(b, 0, n); } if (b is not null) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s, int k) { byte[] b; switch (k) { case 0: b = ArrayPool<byte>.Shared.Rent(5); break; default: b = ArrayPool<byte>.Shared.Rent(9); break; } s.Write(b, 0, k); ArrayPool<byte>.Shared.Return(b); }")]
    public async Task Idiom_DrawsNoReport(string member)
    {
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, [RentSnippet.InClass(member)]);
        Assert.True(found.IsEmpty, string.Join("\n", found));
    }

    [Theory]
    [InlineData("void M(Stream s, int n) { byte[] b = _field; if (n > b.Length) { b = ArrayPool<byte>.Shared.Rent(n); } s.Write(b, 0, n); }", "FG2001")]
    [InlineData("void M(Stream s, int n) { byte[] b = ArrayPool<byte>.Shared.Rent(9); ArrayPool<byte>.Shared.Return(b); s.Write(b, 0, n); }", "FG2004")]
    public async Task Slip_DrawsItsReport(string member, string id)
    {
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, [RentSnippet.InClass(member)]);
        Assert.Equal(id, Assert.Single(found).Id);
    }
}
