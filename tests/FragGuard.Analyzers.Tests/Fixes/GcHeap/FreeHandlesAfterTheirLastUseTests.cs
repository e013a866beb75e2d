using System.Threading.Tasks;
using FragGuard.CodeFixes.GcHeap;

namespace FragGuard.Analyzers.Tests.Fixes.GcHeap;

public class FreeHandlesAfterTheirLastUseTests
{
    [Theory]
    [InlineData("Send(h.AddrOfPinnedObject());", "")]
    [InlineData("nint p = h.AddrOfPinnedObject();\n        Send(p);", "\n        Rest();")]
    [InlineData("int n = Marshal.ReadInt32(h.AddrOfPinnedObject());", "\n        return;")]
    [InlineData("if (a.Length > 3)\n        {\n            Send(h.AddrOfPinnedObject());\n        }", "\n        if (a.Length > 9)\n            return;\n        Rest();")]
    public async Task StraightBlock_IsFixed(string use, string rest) =>
        await FixVerifier.FixesAsync<FreeHandlesAfterTheirLastUse>(
            "FG3004",
            InClass($"GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|];\n        {use}{rest}"),
            InClass($"GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned);\n        {use}\n        h.Free();{rest}"));

    [Fact]
    public async Task HandleNamedLikeAKeyword_IsFixed() =>
        await FixVerifier.FixesAsync<FreeHandlesAfterTheirLastUse>(
            "FG3004",
            InClass("var @in = [|GCHandle.Alloc(a, GCHandleType.Pinned)|];\n        Send(@in.AddrOfPinnedObject());"),
            InClass("var @in = GCHandle.Alloc(a, GCHandleType.Pinned);\n        Send(@in.AddrOfPinnedObject());\n        @in.Free();"));

    [Theory]
    [InlineData("GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; if (a.Length == 3) return; Send(h.AddrOfPinnedObject());")]
    [InlineData("Send([|GCHandle.Alloc(a, GCHandleType.Pinned)|].AddrOfPinnedObject());")]
    [InlineData("GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Look(h);")]
    [InlineData("GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Later(h.AddrOfPinnedObject());")]
    [InlineData("GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; h = GCHandle.Alloc(a, GCHandleType.Normal); Look(h);")]
    [InlineData("Memory<byte> m = a; MemoryHandle h = [|m.Pin()|]; Send((nint)h.Pointer);")]
    public async Task JumpsOrLaterUse_IsNotOffered(string body) =>
        await FixVerifier.OffersNothingAsync<FreeHandlesAfterTheirLastUse>("FG3004", InClass(body));

    private static string InClass(string body) => $$"""
        using System;
        using System.Buffers;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        unsafe class C
        {
            void M(byte[] a)
            {
                {{body}}
            }

            static void Rest() { }
            static void Look(GCHandle h) => Send(h.AddrOfPinnedObject());
            static Task Later(nint p) => Task.Delay(Marshal.ReadInt32(p));
            [DllImport("n")] static extern void Send(nint p);
        }
        """;
}
