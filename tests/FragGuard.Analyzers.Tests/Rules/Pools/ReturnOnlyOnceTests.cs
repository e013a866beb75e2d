using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class ReturnOnlyOnceTests
{
    private static readonly RentSnippet Snippet = new("FG2003");

    private const string Return = "ArrayPool<byte>.Shared.Return(b)";

    [Theory]
    [InlineData("R; [|R|];")]
    [InlineData("byte[] t = b; R; [|ArrayPool<byte>.Shared.Return(t)|];")]
    [InlineData("if (c) s.Flush(); R; s.Flush(); [|R|];")]
    [InlineData("if (c) R; else R; [|R|];")]
    [InlineData("R; if (c) [|R|];")]
    [InlineData("R; if (b != null) [|R|];")]
    [InlineData("try { s.Flush(); R; s.Flush(); } catch { [|R|]; }")]
    [InlineData("try { s.Flush(); R; s.Flush(); } catch (IOException) { [|R|]; throw; }")]
    [InlineData("try { s.Flush(); R; s.Flush(); } finally { [|R|]; }")]
    [InlineData("try { if (c) { R; return; } s.Flush(); } finally { [|R|]; }")]
    [InlineData("try { R; } finally { [|R|]; }")]
    [InlineData("try { s.Flush(); R; if (c) throw new IOException(); } catch (IOException) { if (b != null) [|R|]; }")]
    [InlineData("Done(b); [|R|];")]
    [InlineData("R; [|Done(b)|];")]
    [InlineData("DoneDeeper(b); [|Done(b)|];")]
    [InlineData("b.DoneByExtension(); [|R|];")]
    [InlineData("void Local(byte[] x) => ArrayPool<byte>.Shared.Return(x); Local(b); [|R|];")]
    [InlineData("R; try { s.Flush(); } catch { [|R|]; }")]
    [InlineData("try { s.Flush(); } catch { R; [|R|]; }")]
    public async Task ReturnedAgain_Reports(string end) => await Snippet.Reports($$"""
        void M(bool c, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end.Replace("R;", Return + ";", System.StringComparison.Ordinal).Replace("R|]", Return + "|]", System.StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("R;")]
    [InlineData("if (c) R; else R;")]
    [InlineData("if (c) R; R;")]
    [InlineData("if (c) { R; return; } R;")]
    [InlineData("if (c) { R; throw new IOException(); } R;")]
    [InlineData("R; b = ArrayPool<byte>.Shared.Rent(5); R;")]
    [InlineData("R; b = null!; if (b != null) R;")]
    [InlineData("try { s.Flush(); R; } catch { R; }")]
    [InlineData("try { s.Flush(); R; return; } catch { R; throw; }")]
    [InlineData("try { s.Flush(); } catch { R; throw; } R;")]
    [InlineData("try { s.Flush(); R; b = null!; s.Flush(); } catch { if (b != null) R; }")]
    [InlineData("try { s.Flush(); byte[] t = b; b = null!; ArrayPool<byte>.Shared.Return(t); s.Flush(); } finally { if (b != null) R; }")]
    [InlineData("bool done = false; try { s.Flush(); R; done = true; s.Flush(); } catch { if (!done) R; }")]
    [InlineData("bool done = false; try { s.Flush(); R; done = true; s.Flush(); } catch when (!done) { R; }")]
    [InlineData("bool done = false; try { s.Flush(); R; done = true; } finally { if (!done) R; }")]
    [InlineData("bool done = false; try { s.Flush(); R; done = true; s.Flush(); } catch { if (done) throw; R; }")]
    [InlineData("bool done = false; if (c) { R; done = true; } if (!done) R;")]
    [InlineData("while (c) { R; b = ArrayPool<byte>.Shared.Rent(5); } R;")]
    [InlineData("Grow(ref b); R;")]
    [InlineData("R; Grow(ref b); R;")]
    [InlineData("R; Look(b);")]
    [InlineData("Keep(b); R;")]
    [InlineData("GiveBack(b); R;")]
    [InlineData("Defer(b); R;")]
    [InlineData("Maybe(b, c); R;")]
    [InlineData("R; b = Same(_field); R;")]
    [InlineData("byte[] t = Same(b); R; ArrayPool<byte>.Shared.Return(t);")]
    [InlineData("Action later = () => R; R;")]
    [InlineData("void Local() => R; Local();")]
    [InlineData("foreach (byte[] x in _arrays) ArrayPool<byte>.Shared.Return(x); R;")]
    [InlineData("byte[] t = c ? b : ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(t); R;")]
    [InlineData("Span<byte> view = b; view[0] = 1; R;")]
    [InlineData("var pair = (b, 1); Look(pair.b); R;")]
    [InlineData("ArraySegment<byte> view = new(b, 0, 5); Look(view.Array!); R;")]
    [InlineData("s.Write(new ReadOnlySpan<byte>(b, 0, 5)); R;")]
    public async Task ReturnedOncePerPathOrUncertain_IsSilent(string end) => await Snippet.Silent($$"""
        static void Maybe(byte[] b, bool c) { if (c) ArrayPool<byte>.Shared.Return(b); }
        void M(bool c, Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{end.Replace("R;", Return + ";", System.StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("void M(byte[] b) { ArrayPool<byte>.Shared.Return(b); [|ArrayPool<byte>.Shared.Return(b)|]; }")]
    [InlineData("void M() { byte[] b = _field; ArrayPool<byte>.Shared.Return(b); [|ArrayPool<byte>.Shared.Return(b)|]; }")]
    [InlineData("void M() { byte[] b = Same(_field); ArrayPool<byte>.Shared.Return(b); [|ArrayPool<byte>.Shared.Return(b)|]; }")]
    [InlineData("void M(ArrayPool<int> pool) { int[] b = pool.Rent(5); pool.Return(b); [|pool.Return(b, clearArray: true)|]; }")]
    [InlineData("Action M() => () => { byte[] b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); [|ArrayPool<byte>.Shared.Return(b)|]; };")]
    [InlineData("async Task M(Stream s) { byte[] b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); await s.FlushAsync(); [|ArrayPool<byte>.Shared.Return(b)|]; }")]
    public async Task EveryOrigin_Reports(string member) => await Snippet.Reports(member);

    [Theory]
    [InlineData("void M(byte[] b) { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(Stream s) { byte[]? b = null; try { for (int i = 0; i < 5; i++) { b = ArrayPool<byte>.Shared.Rent(10); s.Write(b, 0, 10); byte[] t = b; b = null; ArrayPool<byte>.Shared.Return(t); s.Flush(); } } catch { if (b != null) ArrayPool<byte>.Shared.Return(b); throw; } }")]
    [InlineData("void M(byte[] b, byte[] c) { ArrayPool<byte>.Shared.Return(b); ArrayPool<byte>.Shared.Return(c); }")]
    [InlineData("void M(byte[] b) { ArrayPool<byte>.Shared.Return(b); b = _field; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() { byte[] b = _field; ArrayPool<byte>.Shared.Return(b); b = Property; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() { foreach (byte[] b in _arrays) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() { for (int i = 0; i < 2; i++) { byte[] b = _arrays[i]; ArrayPool<byte>.Shared.Return(b); } }")]
    public async Task DifferentArrays_IsSilent(string member) => await Snippet.Silent(member);

    [Fact]
    public async Task AnnotatedParameter_Reports() => await Snippet.Reports("""
        sealed class ReturnsToPoolAttribute : Attribute;
        interface IPool { void Recycle([ReturnsToPool] byte[] b); void Look(byte[] b); }
        void M(IPool pool)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(5);
            pool.Look(b);
            pool.Recycle(b);
            [|pool.Recycle(b)|];
        }
        """);

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync(
        "FG2003",
        "using System.Buffers; class C { void M() { var b = ArrayPool<byte>.Shared.Rent(; ArrayPool<byte>.Shared.Return(b, x); b.Return(",
        allowErrors: true);

    [Fact]
    public async Task Message_NamesTheFirstReturn()
    {
        Diagnostic found = Assert.Single(await Snippet.Reports("""
            void M(byte[] b)
            {
                ArrayPool<byte>.Shared.Return(b);
                [|ArrayPool<byte>.Shared.Return(b)|];
            }
            """));
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        int line = Assert.Single(found.AdditionalLocations).GetLineSpan().StartLinePosition.Line + 1;
        Assert.Equal(
            $"'ArrayPool<byte>.Shared.Return(b)' returns an array that 'ArrayPool<byte>.Shared.Return(b)' in line {line} returned "
            + "already: the pool hands it out to two owners at once, which overwrite each other's data; remove one of the two returns",
            found.GetMessage(null));
    }
}
