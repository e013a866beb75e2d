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

    private static string Source(string body) => RentSnippet.InClass($$"""
        static ArrayPool<byte> Pool => ArrayPool<byte>.Shared;
        void M(bool c, Stream s)
        {
            byte[] b = Pool.Rent(10);
            {{body}}
        }
        """);
}
