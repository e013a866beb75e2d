using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class SliceToTheRentedLengthTests
{
    [Theory]
    [InlineData("s.Write([|b|]);", "s.Write(b.AsSpan(0, n));")]
    [InlineData("s.Write([|b.AsSpan()|]);", "s.Write(b.AsSpan(0, n));")]
    [InlineData("s.Write([|new ReadOnlySpan<byte>(b)|]);", "s.Write(new ReadOnlySpan<byte>(b, 0, n));")]
    [InlineData("Span<byte> v = b; s.Write([|v|]);", "Span<byte> v = b; s.Write(v.Slice(0, n));")]
    [InlineData("await s.WriteAsync([|b|]);", "await s.WriteAsync(b.AsMemory(0, n));")]
    [InlineData("await s.WriteAsync([|b|], default);", "await s.WriteAsync(b.AsMemory(0, n), default);")]
    [InlineData("_ = Encoding.UTF8.GetString([|b|]);", "_ = Encoding.UTF8.GetString(b.AsSpan(0, n));")]
    [InlineData("_ = Convert.ToBase64String([|b|]);", "_ = Convert.ToBase64String(b.AsSpan(0, n));")]
    [InlineData("File.WriteAllBytes(\"a\", [|b|]);", "File.WriteAllBytes(\"a\", b.AsSpan(0, n));")]
    [InlineData("_ = [|b|].ToArray();", "_ = b.AsSpan(0, n).ToArray();")]
    [InlineData("_ = new List<byte>([|b|]);", "_ = new List<byte>(new ArraySegment<byte>(b, 0, n));")]
    [InlineData("foreach (byte x in [|b|]) s.WriteByte(x);", "foreach (byte x in b.AsSpan(0, n)) s.WriteByte(x);")]
    [InlineData("foreach (byte x in [|b|]) await s.FlushAsync();", "foreach (byte x in new ArraySegment<byte>(b, 0, n)) await s.FlushAsync();")]
    [InlineData("for (int i = 0; i < [|b|].Length; i++) s.WriteByte(b[i]);", "for (int i = 0; i < n; i++) s.WriteByte(b[i]);")]
    [InlineData("s.Write([|b|]); s.Write([|b|]);", "s.Write(b.AsSpan(0, n)); s.Write(b.AsSpan(0, n));")]
    public async Task RentedLengthIsKnown_IsUsed(string before, string after) =>
        await FixVerifier.FixesAsync<SliceToTheRentedLength>("FG2007", Using(before), Using(after));

    [Theory]
    [InlineData("1000", "1000")]
    [InlineData("Size", "Size")]
    [InlineData("local", "local")]
    public async Task ConstantLength_IsUsed(string rented, string used) => await FixVerifier.FixesAsync<SliceToTheRentedLength>(
        "FG2007", Using("s.Write([|b|]);", rented), Using($"s.Write(b.AsSpan(0, {used}));", rented));

    [Theory]
    [InlineData("n++; s.Write([|b|]);", "n")] // no longer what was asked for
    [InlineData("s.Write([|b|]);", "n + 1")]
    [InlineData("int read = s.Read(b); s.Write([|b|]);", "n")] // that many, and not n
    [InlineData("s.Write([|b|], 0, b.Length);", "n")] // no overload of that form
    [InlineData("_ = (byte[])[|b|].Clone();", "n")]
    public async Task LengthOrFormIsNotKnown_OffersNothing(string use, string rented) =>
        await FixVerifier.OffersNothingAsync<SliceToTheRentedLength>("FG2007", Using(use, rented));

    private static string Using(string use, string rented = "n") => RentSnippet.InClass($$"""
        private const int Size = 1000;

        async Task M(Stream s, int n)
        {
            int local = n + 5;
            byte[] b = ArrayPool<byte>.Shared.Rent({{rented}});
            {{use}}
            await s.FlushAsync();
        }
        """);
}
