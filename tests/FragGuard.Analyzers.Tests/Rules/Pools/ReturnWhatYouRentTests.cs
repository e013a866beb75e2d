using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public partial class ReturnWhatYouRentTests
{
    private static readonly RentSnippet Snippet = new("FG2001");

    [Fact]
    public async Task NeverReturned_Reports() => await Snippet.Reports("""
        int M(Stream s)
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(1000)|];
            return s.Read(b, 0, b.Length);
        }
        """);

    [Fact]
    public async Task ReturnedAfterUse_IsSilent() => await Snippet.Silent("""
        int M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(1000);
            int n = s.Read(b, 0, b.Length);
            ArrayPool<byte>.Shared.Return(b);
            return n;
        }
        """);

    [Fact]
    public async Task ResultDropped_Reports() => await Snippet.Reports("""
        void M() => [|ArrayPool<byte>.Shared.Rent(1000)|];
        int N() => [|ArrayPool<byte>.Shared.Rent(1000)|].Length;
        """);

    [Fact]
    public async Task OverwrittenByAnotherRent_ReportsTheFirst() => await Snippet.Reports("""
        void M()
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
            b = ArrayPool<byte>.Shared.Rent(20);
            ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Fact]
    public async Task RentedInEndlessLoop_Reports() => await Snippet.Reports("""
        void M(Stream s)
        {
            while (true)
            {
                byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
                s.Write(b, 0, 10);
            }
        }
        """);

    [Fact]
    public async Task RentedOnceForEndlessLoop_IsSilent() => await Snippet.Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            while (true)
                s.Write(b, 0, 10);
        }
        """);

    [Fact]
    public async Task ReturnedOnlyBeforeThrowing_Reports() => await Snippet.Reports("""
        int M(Stream s)
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
            try
            {
                return s.Read(b, 0, 10);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(b);
                throw;
            }
        }
        """);

    [Fact]
    public async Task ReturnedInCatchThatSwallows_IsSilent() => await Snippet.Silent("""
        int M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            try
            {
                return s.Read(b, 0, 10);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(b);
                return 0;
            }
        }
        """);

    [Fact]
    public async Task AllPathsThrow_IsSilent() => await Snippet.Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            s.Write(b, 0, 10);
            throw new InvalidOperationException();
        }
        """);

    [Theory]
    [InlineData("finally { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("finally { if (b != null) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("finally { try { s.Flush(); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("catch (IOException) { return 0; } finally { if (b is not null) ArrayPool<byte>.Shared.Return(b); }")]
    public async Task ReturnedInFinally_IsSilent(string end) => await Snippet.Silent($$"""
        int M(Stream s)
        {
            byte[]? b = null;
            try
            {
                b = ArrayPool<byte>.Shared.Rent(1000);
                return s.Read(b, 0, b.Length);
            }
            {{end}}
        }
        """);

    [Theory]
    [InlineData("finally { s.Flush(); }")]
    [InlineData("finally { b = null; }")]
    [InlineData("finally { if (b != null) s.Flush(); }")]
    [InlineData("catch (IOException) { return 0; }")]
    public async Task NotReturnedInFinally_Reports(string end) => await Snippet.Reports($$"""
        int M(Stream s)
        {
            byte[]? b = null;
            try
            {
                b = [|ArrayPool<byte>.Shared.Rent(1000)|];
                return s.Read(b, 0, b.Length);
            }
            {{end}}
        }
        """);

    [Fact]
    public async Task StackOrRent_IsSilentWhenReturned() => await Snippet.Silent("""
        int M(ReadOnlySpan<char> text, int n)
        {
            byte[]? rented = null;
            Span<byte> b = n <= 256 ? stackalloc byte[256] : (rented = ArrayPool<byte>.Shared.Rent(n));
            int written = Encoding.UTF8.GetBytes(text, b);
            if (rented != null)
                ArrayPool<byte>.Shared.Return(rented);
            return written;
        }
        """);

    [Fact]
    public async Task StackOrRent_ReportsWhenNotReturned() => await Snippet.Reports("""
        int M(ReadOnlySpan<char> text, int n)
        {
            Span<byte> b = n <= 256 ? stackalloc byte[256] : [|ArrayPool<byte>.Shared.Rent(n)|];
            return Encoding.UTF8.GetBytes(text, b);
        }
        """);

    [Fact]
    public async Task ReturnedOnOneBranchOnly_IsLeftToOtherRules() => await Snippet.Silent("""
        void M(bool c)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            if (c)
                ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Theory]
    [InlineData("ArrayPool<byte>.Shared.Return(b); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("ArrayPool<byte>.Shared.Return(b); b[0] = 1;")]
    [InlineData("try { ArrayPool<byte>.Shared.Return(b); s.Flush(); } catch { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("_field = b; ArrayPool<byte>.Shared.Return(b);")]
    public async Task ReturnedTooOftenOrTooEarly_IsLeftToOtherRules(string end) => await Snippet.Silent($$"""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            s.Write(b, 0, 10);
            {{end}}
        }
        """);

    [Theory]
    [InlineData("int M(Stream s) { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; return s.Read(b); }")]
    [InlineData("async Task<int> M(Stream s) { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; return await s.ReadAsync(b); }")]
    [InlineData("Task<int> M(Stream s) => s.ReadAsync([|ArrayPool<byte>.Shared.Rent(10)|], 0, 10);")]
    [InlineData("IEnumerable<byte> M() { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; yield return b[0]; }")]
    [InlineData("Action M() => () => { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; b[0] = 1; };")]
    [InlineData("void M() { void F() { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; b[0] = 1; } F(); }")]
    [InlineData("int P { get { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; return b[0]; } }")]
    [InlineData("int _first = [|ArrayPool<byte>.Shared.Rent(10)|].Length;")]
    [InlineData("C(int n) { var b = [|ArrayPool<byte>.Shared.Rent(n)|]; b[0] = 1; }")]
    [InlineData("string M(int n) { var b = [|ArrayPool<char>.Shared.Rent(n)|]; return new string(b, 0, n); }")]
    [InlineData("string M(int n) { char[] b = [|ArrayPool<char>.Create().Rent(n)|]; return b.AsSpan(0, n).ToString(); }")]
    [InlineData("void M(ArrayPool<int> pool) { var b = [|pool.Rent(5)|]; b[0]++; }")]
    [InlineData("void M(Own pool) { var b = [|pool.Rent(5)|]; b[0]++; }")]
    [InlineData("void M<T>(T x) { T[] b = [|ArrayPool<T>.Shared.Rent(5)|]; b[0] = x; }")]
    public async Task EveryKindOfBody_Reports(string member) => await Snippet.Reports(member);

    [Theory]
    [InlineData("async Task M(Stream s) { var b = ArrayPool<byte>.Shared.Rent(10); try { await s.ReadAsync(b); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("IEnumerable<byte> M() { var b = ArrayPool<byte>.Shared.Rent(10); yield return b[0]; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(ArrayPool<int> pool) { var b = pool.Rent(5); b[0]++; pool.Return(b, clearArray: true); }")]
    [InlineData("void M(ArrayPool<int> pool) { var b = pool.Rent(5); pool.Return(clearArray: true, array: b); }")]
    [InlineData("void M(Own pool) { var b = pool.Rent(5); b[0]++; pool.Return(b); }")]
    [InlineData("void M(Stream? s) { var b = ArrayPool<byte>.Shared.Rent(10); s?.Write(b, 0, 1); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() { byte[]? b = null; b ??= ArrayPool<byte>.Shared.Rent(10); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() => _field ??= ArrayPool<byte>.Shared.Rent(10);")]
    [InlineData("void M() => ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(10));")]
    [InlineData("void M() { var b = ArrayPool<byte>.Shared.Rent(0); }")]
    [InlineData("Action M() => () => { var b = ArrayPool<byte>.Shared.Rent(-1); };")]
    [InlineData("void M(object b) { b = ArrayPool<byte>.Shared.Rent(5); if (b is byte[] a) ArrayPool<byte>.Shared.Return(a); }")]
    [InlineData("void M() { var s = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent(5)); ArrayPool<byte>.Shared.Return(s.Array!); }")]
    public async Task EveryKindOfBody_IsSilentWhenReturned(string member) => await Snippet.Silent(member);

    [Fact]
    public async Task GrownInLoop_IsSilent() => await Snippet.Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            int n = 0;
            while ((n += s.Read(b, n, b.Length - n)) == b.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2);
                b.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(b);
                b = larger;
            }

            ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Fact]
    public async Task HandedOffInLoopWithTry_IsSilent() => await Snippet.Silent("""
        void M(Stream s)
        {
            byte[]? b = null;
            try
            {
                for (int i = 0; i < 5; i++)
                {
                    b = ArrayPool<byte>.Shared.Rent(10);
                    s.Write(b, 0, 10);
                    byte[] t = b;
                    b = null;
                    ArrayPool<byte>.Shared.Return(t);
                }
            }
            finally
            {
                if (b != null)
                    ArrayPool<byte>.Shared.Return(b);
            }
        }
        """);

    [Fact]
    public async Task GrownByRefThenReturned_IsSilent() => await Snippet.Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            while (s.Read(b, 0, b.Length) == b.Length)
                Grow(ref b);
            ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Fact]
    public async Task TopLevelStatements_Report()
    {
        const string source = """
            using System.Buffers;
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            b[0] = 1;
            """;
        Assert.Single(await Verifier.RunAsync(new RulesOfMembers(new RentedArrays()), [source], allowErrors: true));
    }

    [Theory]
    [InlineData("ArrayPool<byte>.Shared", "byte", "1000", "every call leaves 1,024 bytes", "1000")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "3", "every call leaves 16 bytes", "3")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "70_000", "every call leaves 131,072 bytes", "70000")]
    [InlineData("ArrayPool<int>.Shared", "int", "1024", "every call leaves 4,096 bytes", "1024")]
    [InlineData("ArrayPool<string>.Shared", "string", "16", "every call leaves 128 bytes", "16")]
    [InlineData("ArrayPool<DayOfWeek>.Shared", "System.DayOfWeek", "16", "every call leaves 64 bytes", "16")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "size", "every call leaves 4,096 bytes", "4096")]
    [InlineData("pool", "byte", "4000", "every call leaves 4,096 bytes", "4000")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "Math.Min(n, 5000)", "every call leaves up to 8,192 bytes", null)]
    [InlineData("ArrayPool<byte>.Shared", "byte", "Math.Clamp(n, 1, 5000)", "every call leaves up to 8,192 bytes", null)]
    [InlineData("ArrayPool<byte>.Shared", "byte", "(1 << 30) + 1", "every call leaves 1,073,741,825 bytes", "1073741825")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "n", "every call leaves it", null)]
    [InlineData("ArrayPool<byte>.Shared", "byte", "changed", "every call leaves it", null)]
    [InlineData("ArrayPool<Guid>.Shared", "System.Guid", "10", "every call leaves 256 bytes", "10")]
    [InlineData("ArrayPool<(int, int)>.Shared", "(int, int)", "10", "every call leaves it", "10")]
    [InlineData("Pool", "byte", "Size", "every call leaves 8,192 bytes", "5000")]
    [InlineData("other", "byte", "1000", "every call leaves it", "1000")]
    public async Task Message_SaysWhatIsLost(string pool, string element, string length, string loss, string? rented)
    {
        ImmutableArray<Diagnostic> diagnostics = await Snippet.Reports($$"""
            static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Shared;
            static readonly int Size = 5_000;
            int M(int n, ArrayPool<byte> other)
            {
                int size = 4096;
                int changed = 1;
                changed += n;
                var pool = ArrayPool<byte>.Shared;
                return [|{{pool}}.Rent({{length}})|].Length + size;
            }
            """);
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.StartsWith(
            $"The array rented from '{pool}' is returned on no path, so {loss} to the garbage collector; return it to the same pool",
            diagnostic.GetMessage(null),
            StringComparison.Ordinal);
        Assert.Equal(element, diagnostic.Properties[ReturnWhatYouRent.ElementTypeKey]);
        Assert.Equal(rented, diagnostic.Properties.GetValueOrDefault(ReturnWhatYouRent.RentedLengthKey));
    }
}
