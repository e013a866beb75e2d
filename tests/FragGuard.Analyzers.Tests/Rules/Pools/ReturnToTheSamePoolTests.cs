using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class ReturnToTheSamePoolTests
{
    private static readonly RentSnippet Snippet = new("FG2006");

    private const string Pools = """
        static readonly ArrayPool<byte> Mine = ArrayPool<byte>.Create();
        static readonly ArrayPool<byte> Yours = ArrayPool<byte>.Create(1 << 20, 5);
        readonly ArrayPool<byte> _same = ArrayPool<byte>.Shared;
        ArrayPool<byte> Alias => ArrayPool<byte>.Shared;
        ArrayPool<byte> _any = ArrayPool<byte>.Create();
        readonly ArrayPool<byte> _given = ArrayPool<byte>.Create();
        C(ArrayPool<byte> given) => _given = given;

        """;

    [Theory]
    [InlineData("byte[] b = Mine.Rent(5); [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(5); [|Mine.Return(b)|];")]
    [InlineData("byte[] b = Mine.Rent(5); try { b[0] = 1; } finally { [|Yours.Return(b)|]; }")]
    [InlineData("byte[] b = Mine.Rent(5); [|_same.Return(b)|];")]
    [InlineData("byte[] b = Mine.Rent(5); [|Alias.Return(b)|];")]
    [InlineData("var pool = ArrayPool<byte>.Create(); byte[] b = pool.Rent(5); [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("byte[] b = ArrayPool<byte>.Shared.Rent(5); [|ArrayPool<byte>.Create().Return(b)|];")]
    [InlineData("int[] b = ArrayPool<int>.Shared.Rent(5); [|new Own().Return(b)|];")]
    [InlineData("byte[] b = Mine.Rent(5); if (_count > 5) Mine.Return(b); else [|Yours.Return(b)|];")]
    public async Task OtherPool_Reports(string body) => await Snippet.Reports($$"""{{Pools}}void M() { {{body}} }""");

    [Theory]
    [InlineData("byte[] b = Mine.Rent(5); Mine.Return(b);")]
    [InlineData("byte[] b = _same.Rent(5); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = Alias.Rent(5); _same.Return(b);")]
    [InlineData("var pool = Mine; byte[] b = pool.Rent(5); Mine.Return(b);")]
    [InlineData("byte[] b = _any.Rent(5); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = _given.Rent(5); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = other.Rent(5); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("var pool = c ? Mine : Yours; byte[] b = pool.Rent(5); pool.Return(b);")]
    [InlineData("var pool = c ? Mine : Yours; byte[] b = pool.Rent(5); Yours.Return(b);")]
    [InlineData("byte[] b = c ? Mine.Rent(5) : Yours.Rent(5); if (c) Mine.Return(b); else Yours.Return(b);")]
    [InlineData("byte[] b = Mine.Rent(5); Grow(ref b); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = Mine.Rent(5); Span<byte> view = b; view.Clear(); Mine.Return(b);")]
    [InlineData("byte[] b = Mine.Rent(5); ArraySegment<byte> view = new(b, 0, 5); Look(view.Array!); Mine.Return(view.Array!);")]
    [InlineData("(byte[] B, ArrayPool<byte> Pool) pair = (other.Rent(5), other); pair.Pool.Return(pair.B);")]
    [InlineData("byte[]? b = null; try { while (c) { b = Mine.Rent(5); byte[] t = b; b = null; Mine.Return(t); b = _same.Rent(5); } } finally { if (b != null) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("byte[] b = Mine.Rent(5); Look(new ReadOnlySpan<byte>(b, 0, 2).ToArray()); Mine.Return(b);")]
    public async Task SameOrUnknownPool_IsSilent(string body) =>
        await Snippet.Silent($$"""{{Pools}}void M(bool c, ArrayPool<byte> other) { {{body}} }""");

    [Theory]
    [InlineData("byte[] b = new byte[16]; [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("byte[] b = s.ToArray(); [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("byte[] b = [1, 2, 3]; [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("[|ArrayPool<byte>.Shared.Return(new byte[n])|];")]
    [InlineData("byte[] b = GC.AllocateUninitializedArray<byte>(n); [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("byte[] rented = ArrayPool<byte>.Shared.Rent(5); byte[] copy = rented.AsSpan(0, 3).ToArray(); [|ArrayPool<byte>.Shared.Return(copy)|];")]
    public async Task NotRented_Reports(string body) => await Snippet.Reports($$"""void M(int n, MemoryStream s) { {{body}} }""");

    [Theory]
    [InlineData("byte[] b = n < 256 ? new byte[n] : ArrayPool<byte>.Shared.Rent(n); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = new byte[16]; if (n > 16) b = ArrayPool<byte>.Shared.Rent(n); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = new byte[16]; Grow(ref b); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = []; ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = new byte[0]; ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = Array.Empty<byte>(); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = Same(_field); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = s.GetBuffer(); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("byte[] b = (byte[])s.ToArray().Clone(); Look(b);")]
    public async Task PerhapsRentedOrEmpty_IsSilent(string body) => await Snippet.Silent($$"""void M(int n, MemoryStream s) { {{body}} }""");

    [Theory]
    [InlineData("b.CopyTo(larger, 0); [|ArrayPool<byte>.Shared.Return(larger)|]; b = larger;")]
    [InlineData("Array.Copy(b, larger, b.Length); [|ArrayPool<byte>.Shared.Return(larger)|]; b = larger;")]
    [InlineData("Buffer.BlockCopy(b, 0, larger, 0, b.Length); [|ArrayPool<byte>.Shared.Return(larger)|]; b = larger;")]
    [InlineData("b.AsSpan(0, n).CopyTo(larger); [|ArrayPool<byte>.Shared.Return(larger)|]; b = larger;")]
    [InlineData("b.CopyTo(larger, 0); b = larger; [|ArrayPool<byte>.Shared.Return(b)|];")]
    [InlineData("b.CopyTo(larger, 0); b = larger; [|ArrayPool<byte>.Shared.Return(larger)|];")]
    [InlineData("_field.CopyTo(larger, 0); [|ArrayPool<byte>.Shared.Return(larger)|]; _field = larger;")]
    [InlineData("_field.CopyTo(larger, 0); _field = larger; [|ArrayPool<byte>.Shared.Return(_field)|];")]
    public async Task NewArrayWhenGrowing_Reports(string end) => await Snippet.Reports($$"""
        void M(byte[] b, int n)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2);
            {{end}}
        }
        """);

    [Theory]
    [InlineData("b.CopyTo(larger, 0); ArrayPool<byte>.Shared.Return(b); b = larger;")]
    [InlineData("Array.Copy(b, larger, b.Length); ArrayPool<byte>.Shared.Return(b); b = larger;")]
    [InlineData("b.CopyTo(larger, 0); byte[] old = b; b = larger; ArrayPool<byte>.Shared.Return(old);")]
    [InlineData("byte[] old = b; b.CopyTo(larger, 0); b = larger; ArrayPool<byte>.Shared.Return(old);")]
    [InlineData("_field.CopyTo(larger, 0); ArrayPool<byte>.Shared.Return(_field); _field = larger;")]
    [InlineData("b.CopyTo(larger, 0); ArrayPool<byte>.Shared.Return(larger);")]
    [InlineData("larger.CopyTo(b, 0); ArrayPool<byte>.Shared.Return(larger);")]
    [InlineData("b.CopyTo(larger, 0); ArrayPool<byte>.Shared.Return(larger); b = new byte[5];")]
    public async Task OldArrayWhenGrowing_IsSilent(string end) => await Snippet.Silent($$"""
        void M(byte[] b, int n)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2);
            {{end}}
        }
        """);

    [Fact]
    public async Task NewArrayWhenGrowing_IsNotReportedAsUseAfterReturn() => await Verifier.VerifyAsync("FG2004", RentSnippet.InClass("""
        void M(byte[] b)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2);
            b.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(larger);
            b = larger;
            b[0] = 1;
        }
        """));

    [Fact]
    public async Task PoolThatFillsItself_IsSilent() => await Snippet.Silent("""
        class Filled : ArrayPool<byte>
        {
            public override byte[] Rent(int minimumLength) => Shared.Rent(minimumLength);
            public override void Return(byte[] array, bool clearArray = false) { }
            void Fill() { byte[] b = new byte[5]; Return(b); }
        }
        """);

    [Fact]
    public async Task Message_SaysWhatToReturn()
    {
        Diagnostic found = Assert.Single(await Snippet.Reports("""
            void M(byte[] b)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2);
                b.CopyTo(larger, 0);
                [|ArrayPool<byte>.Shared.Return(larger)|];
                b = larger;
            }
            """));
        Assert.Equal(
            "'ArrayPool<byte>.Shared.Return(larger)' returns 'larger', the new array that stays in use, and never the old one; "
            + "return 'b' instead",
            found.GetMessage(null));
        Assert.Equal("b", found.Properties[ReturnToTheSamePool.RightArrayKey]);
    }
}
