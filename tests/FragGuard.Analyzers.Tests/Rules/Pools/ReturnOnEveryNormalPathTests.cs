using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class ReturnOnEveryNormalPathTests
{
    private static readonly RentSnippet Snippet = new("FG2002");

    private static readonly ImmutableDictionary<string, string> AllPaths =
        ImmutableDictionary<string, string>.Empty.Add("fragguard.pool_paths", "all");

    [Theory]
    [InlineData("if (c) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) return; ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (s.Read(b, 0, 10) == 0) return; ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("try { if (n > 5) return; s.Flush(); } catch (IOException) { } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("switch (n) { case 1: ArrayPool<byte>.Shared.Return(b); break; case 2: s.Write(b, 0, 2); break; }")]
    [InlineData("if (n == 1) { s.Write(b, 0, 1); ArrayPool<byte>.Shared.Return(b); } else { s.Write(b, 0, 2); }")]
    [InlineData("try { s.Flush(); } catch { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("foreach (byte x in b) { if (x == n) { ArrayPool<byte>.Shared.Return(b); return; } }")]
    [InlineData("while (c) { if (s.ReadByte() < 0) { ArrayPool<byte>.Shared.Return(b); return; } }")]
    [InlineData("byte[] same = b; if (n > 5) ArrayPool<byte>.Shared.Return(same);")]
    [InlineData("if (n > 5) Done(b);")]
    [InlineData("if (n > 5) return; DoneDeeper(b);")]
    [InlineData("void Local(byte[] x) => ArrayPool<byte>.Shared.Return(x); if (n > 5) Local(b);")]
    public async Task DroppedOnOnePath_Reports(string end) => await Snippet.Reports($$"""
        void M(bool c, int n, Stream s)
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
            {{end}}
        }
        """);

    [Theory]
    [InlineData("ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) throw new InvalidOperationException(); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) { ArrayPool<byte>.Shared.Return(b); return; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (n == 1) { s.Write(b, 0, 1); ArrayPool<byte>.Shared.Return(b); } else { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("try { if (n > 5) return; s.Flush(); } finally { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("try { s.Flush(); ArrayPool<byte>.Shared.Return(b); } catch { }")]
    [InlineData("try { s.Flush(); ArrayPool<byte>.Shared.Return(b); } catch (IOException) { s.Flush(); return; }")]
    [InlineData("s.Flush();")]
    [InlineData("if (c) { _field = b; return; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) { Keep(b); return; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) { GiveBack(b); return; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) Grow(ref b); if (n > 5) return; ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (b.Length <= 1024) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (_count > 0 && b.Length < 5) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("bool kept = false; if (n > 5) kept = Try(s, b); if (!kept) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (!Try(s, b)) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("bool kept = Try(s, b); if (!kept) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (!_pooled) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) { Give(); return; } ArrayPool<byte>.Shared.Return(b); void Give() => _field = b;")]
    [InlineData("while (c) { s.Write(b, 0, 10); } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (c) s.Flush(); DoneDeeper(b);")]
    public async Task ReturnedOrHandedOverOnEveryPath_IsSilent(string end) => await Snippet.Silent($$"""
        bool _pooled = Environment.Is64BitProcess;
        static bool Try(Stream s, byte[] b) => s.Read(b) > 0;
        void M(bool c, int n, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end}}
        }
        """);

    [Theory]
    [InlineData("byte[]? b = null; Span<byte> x = n <= 256 ? stackalloc byte[256] : (b = ArrayPool<byte>.Shared.Rent(n)); s.Write(x); if (b != null) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[]? b = null; Span<byte> x = n <= 256 ? stackalloc byte[256] : (b = ArrayPool<byte>.Shared.Rent(n)); s.Write(x); if (n > 256) ArrayPool<byte>.Shared.Return(b!);")]
    [InlineData("byte[]? b = n > 256 ? ArrayPool<byte>.Shared.Rent(n) : null; byte[] x = b ?? _field; s.Write(x); if (b != null) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[]? b = null; byte[] x = _field; if (n > 5) { b = ArrayPool<byte>.Shared.Rent(n); x = b; } s.Write(x); if (b != null) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[]? b = null, x = null; if (n > 5) { x = new byte[5]; b = ArrayPool<byte>.Shared.Rent(n); } s.Flush(); if (x != null) ArrayPool<byte>.Shared.Return(b!);")]
    [InlineData("byte[]? b = null; try { for (int i = 0; i < 5; i++) { b = ArrayPool<byte>.Shared.Rent(10); s.Write(b, 0, 10); byte[] t = b; b = null; ArrayPool<byte>.Shared.Return(t); } } finally { if (b != null) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(10); if (n > 5) { _segment = new(b, 0, 5); return; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(10); if (n > 5) { var pair = (b, 1); Keep(pair.b); return; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(10); s.Write(new ReadOnlySpan<byte>(b, 0, 5)); ReadOnlySpan<byte> view = b; _name = Encoding.UTF8.GetString(view); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("bool large = n > 256; byte[] b = large ? ArrayPool<byte>.Shared.Rent(n) : _field; s.Write(b); if (large) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = n > 256 ? ArrayPool<byte>.Shared.Rent(n) : _field; s.Write(b); if (b != _field) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[]? b = null; while (n-- > 0) { b ??= ArrayPool<byte>.Shared.Rent(5); s.Write(b); } if (b != null) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(5); while (n-- > 0) { byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2); ArrayPool<byte>.Shared.Return(b); b = larger; } ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(0); if (n > 5) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[]? b = null; try { b = ArrayPool<byte>.Shared.Rent(n); s.Write(b); } finally { if (b is { } held) ArrayPool<byte>.Shared.Return(held); }")]
    public async Task RentedOnOnePathOnly_IsSilentWhenReturnedThere(string body) =>
        await Snippet.Silent($$"""void M(int n, Stream s) { {{body}} }""");

    [Theory]
    [InlineData("byte[]? b = null; if (n > 5) b = [|ArrayPool<byte>.Shared.Rent(n)|]; if (s.ReadByte() < 0) return; if (b != null) ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[]? b = null; try { b = [|ArrayPool<byte>.Shared.Rent(n)|]; if (n > 5) return; s.Flush(); if (b != null) ArrayPool<byte>.Shared.Return(b); } catch (IOException) { }")]
    [InlineData("foreach (int x in new[] { 1, 2 }) { byte[] b = [|ArrayPool<byte>.Shared.Rent(n)|]; if (x == n) continue; ArrayPool<byte>.Shared.Return(b); }")]
    public async Task RentedOnOnePathAndDroppedOnAnother_Reports(string body) =>
        await Snippet.Reports($$"""void M(int n, Stream s) { {{body}} }""");

    [Theory]
    [InlineData("try { s.Flush(); ArrayPool<byte>.Shared.Return(b); } catch (IOException) { }")]
    [InlineData("s.Flush(); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("if (s.ReadByte() < 0) throw new IOException(); ArrayPool<byte>.Shared.Return(b);")]
    public async Task ExceptionPath_ReportsOnlyWhenAskedFor(string end)
    {
        const string method = "void M(Stream s) {{ byte[] b = {0}; {1} }}";
        await Snippet.Silent(string.Format(null, method, "ArrayPool<byte>.Shared.Rent(10)", end));
        await Snippet.Reports(string.Format(null, method, "[|ArrayPool<byte>.Shared.Rent(10)|]", end), AllPaths);
    }

    [Theory]
    [InlineData("try { s.Flush(); } finally { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("ArrayPool<byte>.Shared.Return(b); s.Flush();")]
    [InlineData("try { s.Flush(); } catch { ArrayPool<byte>.Shared.Return(b); throw; } ArrayPool<byte>.Shared.Return(b);")]
    public async Task ExceptionPathThatReturns_IsSilent(string end) => await Snippet.Silent($$"""void M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(10); {{end}} }""", AllPaths);

    [Theory]
    [InlineData("if (n == 3) return;", 1)]
    [InlineData("if (n == 3) continue;", 0)]
    [InlineData("if (n == 3) break;", 1)]
    public async Task Message_NamesNoLineOfALoopHead(string leave, int lines)
    {
        ImmutableArray<Diagnostic> found = await Snippet.Reports($$"""
            void M(int n, Stream s)
            {
                for (int i = 0; i < n; i++)
                {
                    byte[] b = [|ArrayPool<byte>.Shared.Rent(1000)|];
                    {{leave}}
                    ArrayPool<byte>.Shared.Return(b);
                }
            }
            """);
        Assert.Equal(lines, found[0].AdditionalLocations.Count);
        Assert.Contains(lines > 0 ? "ends the method" : "not on every path", found[0].GetMessage(), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task RentedByHelper_Reports() => await Snippet.Reports("""
        static byte[] RentBuffer(int n) => ArrayPool<byte>.Shared.Rent(n);
        void M(int n, Stream s)
        {
            byte[] b = [|RentBuffer(n)|];
            if (s.Read(b) == 0)
                return;
            Done(b);
        }
        """);

    [Fact]
    public async Task PassedToAMethod_IsABorrowUnlessTheOptionSaysOtherwise()
    {
        const string method = "void M(Stream s) {{ byte[] b = {0}; if (s.Read(b, 0, 5) == 0) return; ArrayPool<byte>.Shared.Return(b); }}";
        await Snippet.Reports(string.Format(null, method, "[|ArrayPool<byte>.Shared.Rent(10)|]"));
        await Snippet.Silent(
            string.Format(null, method, "ArrayPool<byte>.Shared.Rent(10)"),
            ImmutableDictionary<string, string>.Empty.Add("fragguard.ownership_transfer_at_method_call", "true"));
    }

    [Fact]
    public async Task PoolNamedByTheOption_Reports()
    {
        const string pool = """
            class Pages { public static byte[] Rent() => new byte[4096]; public static void Return(byte[] page) { } }
            void M(Stream s) { byte[] b = {0}; if (s.Read(b, 0, 5) == 0) return; Pages.Return(b); }
            """;
        await Snippet.Silent(pool.Replace("{0}", "Pages.Rent()", System.StringComparison.Ordinal));
        await Snippet.Reports(pool.Replace("{0}", "[|Pages.Rent()|]", System.StringComparison.Ordinal), ImmutableDictionary<string, string>.Empty.Add("fragguard.additional_pool_types", "C+Pages"));
    }

    [Fact]
    public async Task SeveralRentedAtOnePlace_IsSilent() => await Snippet.Silent("""
        void M(int n, Stream s)
        {
            byte[]? last = null;
            foreach (int i in new[] { 1, 2, 3 })
            {
                byte[] b = ArrayPool<byte>.Shared.Rent(n);
                s.Write(b);
                if (last != null)
                    ArrayPool<byte>.Shared.Return(last);
                last = b;
            }
        }
        """);

    [Fact]
    public async Task Message_SaysWhere()
    {
        ImmutableArray<Diagnostic> found = await Snippet.Reports("""
            int M(Stream s)
            {
                byte[] b = [|ArrayPool<byte>.Shared.Rent(1000)|];
                if (s.Read(b) == 0)
                    return 0;
                ArrayPool<byte>.Shared.Return(b);
                return 1;
            }
            """);
        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Location exit = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal(
            "The array rented from 'ArrayPool<byte>.Shared' is returned, but not where line "
            + $"{exit.GetLineSpan().StartLinePosition.Line + 1} ends the method, where every call leaves 1,024 bytes to the "
            + "garbage collector; return it there too",
            diagnostic.GetMessage(null));
    }
}
