using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class ClearTheArrayOnReturnTests
{
    [Theory]
    [InlineData("[|ArrayPool<string>.Shared.Return(b)|];", "ArrayPool<string>.Shared.Return(b, clearArray: true);")]
    [InlineData("[|ArrayPool<string>.Shared.Return(array: b)|];", "ArrayPool<string>.Shared.Return(array: b, clearArray: true);")]
    [InlineData("try { } finally { [|pool.Return(b)|]; }", "try { } finally { pool.Return(b, clearArray: true); }")]
    [InlineData("pool?[|.Return(b)|];", "pool?.Return(b, clearArray: true);")]
    [InlineData("if (b.Length > 5) { [|pool.Return(b)|]; return; } [|pool.Return(b)|];",
        "if (b.Length > 5) { pool.Return(b, clearArray: true); return; } pool.Return(b, clearArray: true);")]
    [InlineData("[|pool.Return(b /* all */)|]; // done", "pool.Return(b /* all */, clearArray: true); // done")]
    public async Task ClearingLeftOpen_IsSaid(string before, string after) =>
        await FixVerifier.FixesAsync<ClearTheArrayOnReturn>("FG2012", Returning(before), Returning(after));

    private static string Returning(string end) => RentSnippet.InClass($$"""
        void M(ArrayPool<string> pool)
        {
            string[] b = pool.Rent(5);
            b[0] = "a";
            {{end}}
        }
        """);
}
