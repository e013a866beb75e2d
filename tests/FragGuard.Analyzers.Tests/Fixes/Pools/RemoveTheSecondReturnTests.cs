using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class RemoveTheSecondReturnTests
{
    [Theory]
    [InlineData("Pool.Return(b);\n    [|Pool.Return(b)|];\n    s.Flush();", "Pool.Return(b);\n    s.Flush();")]
    [InlineData("Pool.Return(b);\n    [|Pool.Return(b)|];\n    [|Pool.Return(b)|];\n    s.Flush();", "Pool.Return(b);\n    s.Flush();")]
    [InlineData("byte[] t = b;\n    Pool.Return(t);\n    if (c)\n    {\n        s.Flush();\n        [|Pool.Return(b)|];\n    }", "byte[] t = b;\n    Pool.Return(t);\n    if (c)\n    {\n        s.Flush();\n    }")]
    public async Task StatementOfItsOwn_IsRemoved(string before, string after) =>
        await FixVerifier.FixesAsync<RemoveTheSecondReturn>("FG2003", Source(before), Source(after));

    [Theory]
    [InlineData("Pool.Return(b); if (c) [|Pool.Return(b)|];")]
    [InlineData("Pool.Return(b); [|Pool.Return(b, clearArray: true)|];")]
    [InlineData("try { Pool.Return(b); s.Flush(); } catch { [|Pool.Return(b)|]; }")]
    [InlineData("try { Pool.Return(b); } finally { [|Pool.Return(b)|]; }")]
    [InlineData("Pool.Return(b); [|Done(b)|];")]
    public async Task WhateverElse_IsLeftToTheUser(string body) =>
        await FixVerifier.OffersNothingAsync<RemoveTheSecondReturn>("FG2003", Source(body));

    [Theory]
    [InlineData("Pool.Return(b);\n#if !X\n    [|Pool.Return(b)|];\n#endif")]
    [InlineData("Pool.Return(b);\n#region Again\n    [|Pool.Return(b)|];\n#endregion")]
    [InlineData("Pool.Return(b);\n#if X\n    s.Flush();\n#endif\n    [|Pool.Return(b)|];")]
    [InlineData("#if !X\n    Pool.Return(b);\n#endif\n    s.Flush();\n    [|Pool.Return(b)|];")]
    public async Task DirectiveBetweenTheTwo_IsLeftToTheUser(string body) =>
        await FixVerifier.OffersNothingAsync<RemoveTheSecondReturn>("FG2003", Source("\n" + body + "\n"));

    [Fact]
    public async Task DirectivesAroundBoth_AreKept() => await FixVerifier.FixesAsync<RemoveTheSecondReturn>(
        "FG2003",
        Source("\n#if !X\n    Pool.Return(b);\n    [|Pool.Return(b)|];\n#endif\n"),
        Source("\n#if !X\n    Pool.Return(b);\n#endif\n"));

    private static string Source(string body) => RentSnippet.InClass($$"""
        static ArrayPool<byte> Pool => ArrayPool<byte>.Shared;
        void M(bool c, Stream s)
        {
            byte[] b = Pool.Rent(10);
            {{body}}
        }
        """);
}
