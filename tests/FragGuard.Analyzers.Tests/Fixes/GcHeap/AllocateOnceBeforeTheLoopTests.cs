using System.Threading.Tasks;
using FragGuard.CodeFixes.GcHeap;

namespace FragGuard.Analyzers.Tests.Fixes.GcHeap;

public sealed class AllocateOnceBeforeTheLoopTests
{
    [Theory]
    [InlineData("byte[] b = [|new byte[100_000]|];", "byte[] b = new byte[100_000];", "Array.Clear(b, 0, b.Length);")]
    [InlineData("var b = [|new byte[Size]|];", "var b = new byte[Size];", "Array.Clear(b, 0, b.Length);")]
    [InlineData("var b = [|new byte[2 * size]|];", "var b = new byte[2 * size];", "Array.Clear(b, 0, b.Length);")]
    [InlineData("var b = [|new byte[Most]|];", "var b = new byte[Most];", "Array.Clear(b, 0, b.Length);")]
    [InlineData("var b = [|GC.AllocateArray<byte>(Size)|];", "var b = GC.AllocateArray<byte>(Size);", "Array.Clear(b, 0, b.Length);")]
    public async Task ArrayOfOneLength_MovesBeforeTheLoop(string before, string hoisted, string cleared) =>
        await FixVerifier.FixesAsync<AllocateOnceBeforeTheLoop>(
            "FG3001",
            Snippet($$"""
                    foreach (Stream source in sources)
                    {
                        // Read all of it.
                        {{before}}
                        source.ReadExactly(b);
                    }
            """),
            Snippet($$"""
                    {{hoisted}}
                    foreach (Stream source in sources)
                    {
                        // Read all of it.
                        {{cleared}}
                        source.ReadExactly(b);
                    }
            """));

    [Fact]
    public async Task UninitializedArray_IsNotCleared() =>
        await FixVerifier.FixesAsync<AllocateOnceBeforeTheLoop>(
            "FG3001",
            Snippet("""
                    while (n-- > 0)
                    {
                        var b = [|GC.AllocateUninitializedArray<byte>(100_000)|];
                        b[0] = 1;
                    }
            """),
            Snippet("""
                    var b = GC.AllocateUninitializedArray<byte>(100_000);
                    while (n-- > 0)
                    {
                        b[0] = 1;
                    }
            """));

    [Theory]
    [InlineData("while (n-- > 0) sources[0].ReadExactly([|new byte[100_000]|]);")] // no name
    [InlineData("while (n-- > 0) { using var m = [|new MemoryStream(100_000)|]; m.WriteByte(1); }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[300, 300]|]; b[0, 0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[Math.Max(n, 100_000)]|]; b[0] = 1; }")] // another length each time
    [InlineData("while (n-- > 0) { int k = 100_000; var b = [|new byte[k]|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { const int k = 100_000; var b = [|new byte[k]|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { byte[] b; b = [|new byte[100_000]|]; b[0] = 1; }")]
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; b[0] = 1; b = new byte[3]; }")]
    [InlineData("while (n-- > 0) { byte[] a = [|new byte[100_000]|], b = [|new byte[100_000]|]; a[0] = b[0]; }")]
    [InlineData("while (n-- > 0) { try { var b = [|new byte[100_000]|]; b[0] = 1; } finally { n--; } }")]
    [InlineData("if (n > 3) while (n-- > 0) { var b = [|new byte[100_000]|]; b[0] = 1; }")] // no block to declare it in
    [InlineData("while (n-- > 0) { var b = [|new byte[100_000]|]; b[0] = 1; } { int b = 3; n = b; }")] // the name is taken
    [InlineData("for (int i = 100_000; i < n; i++) { var b = [|new byte[Math.Max(i, 100_000)]|]; b[0] = 1; }")]
    public async Task UncertainMove_IsNotOffered(string body) =>
        await FixVerifier.OffersNothingAsync<AllocateOnceBeforeTheLoop>("FG3001", Snippet(body));

    [Fact]
    public async Task HotPath_IsNotOffered() => await FixVerifier.OffersNothingAsync<AllocateOnceBeforeTheLoop>(
        "FG3001",
        "class HotPathAttribute : System.Attribute; class C { [HotPath] int M() { var b = [|new byte[100_000]|]; return b[0]; } }");

    private static string Snippet(string body) => $$"""
        using System;
        using System.IO;

        class C
        {
            const int Size = 100_000;
            static readonly int Most = 100_000;

            void M(Stream[] sources, int n)
            {
                int size = 100_000;
        {{body}}
                Console.WriteLine(size);
            }
        }
        """;
}
