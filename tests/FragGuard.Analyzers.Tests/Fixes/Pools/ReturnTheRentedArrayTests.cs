using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class ReturnTheRentedArrayTests
{
    [Theory]
    [InlineData("b.CopyTo(n, 0); [|Pool.Return(n)|]; b = n;", "b.CopyTo(n, 0); Pool.Return(b); b = n;")]
    [InlineData("_field.CopyTo(n, 0); [|Pool.Return(n, true)|]; _field = n;", "_field.CopyTo(n, 0); Pool.Return(_field, true); _field = n;")]
    [InlineData("byte[] copy = n.ToArray(); [|Pool.Return(copy)|];", "byte[] copy = n.ToArray(); Pool.Return(n);")]
    public async Task RightArrayIsKnown_IsReturned(string before, string after) =>
        await FixVerifier.FixesAsync<ReturnTheRentedArray>("FG2006", Source(before), Source(after));

    [Theory]
    [InlineData("b.CopyTo(n, 0); b = n; [|Pool.Return(b)|];")]
    [InlineData("Pool.Return(n); byte[] made = new byte[16]; [|Pool.Return(made)|];")]
    [InlineData("[|ArrayPool<byte>.Create().Return(n)|];")]
    public async Task RightArrayIsNotKnown_IsLeftToTheUser(string body) =>
        await FixVerifier.OffersNothingAsync<ReturnTheRentedArray>("FG2006", Source(body));

    private static string Source(string body) => RentSnippet.InClass($$"""
        static ArrayPool<byte> Pool => ArrayPool<byte>.Shared;
        void M(byte[] b)
        {
            byte[] n = Pool.Rent(10);
            {{body}}
        }
        """);
}
