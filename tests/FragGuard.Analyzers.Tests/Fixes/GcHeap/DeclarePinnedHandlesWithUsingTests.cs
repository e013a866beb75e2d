using System.Threading.Tasks;
using FragGuard.CodeFixes.GcHeap;

namespace FragGuard.Analyzers.Tests.Fixes.GcHeap;

public class DeclarePinnedHandlesWithUsingTests
{
    [Theory]
    [InlineData("MemoryHandle h = ", "m.Pin()", " Send((nint)h.Pointer); }")]
    [InlineData("var h = ", "m.Pin()", " byte* p = (byte*)h.Pointer; Send((nint)p); p[0] = 1; }")]
    [InlineData("var h = ", "new PinnedGCHandle<byte[]>(a)", " Send((nint)h.GetAddressOfArrayData()); }")]
    public async Task UsedInItsBlock_IsFixed(string declaration, string pin, string after) =>
        await FixVerifier.FixesAsync<DeclarePinnedHandlesWithUsing>(
            "FG3004",
            InClass($"void M(Memory<byte> m, byte[] a) {{ {declaration}[|{pin}|];{after}"),
            InClass($"void M(Memory<byte> m, byte[] a) {{ using {declaration}{pin};{after}"));

    [Theory]
    [InlineData("void M(Memory<byte> m) { Send((nint)[|m.Pin()|].Pointer); }")]
    [InlineData("void M(Memory<byte> m) { MemoryHandle h; h = [|m.Pin()|]; Send((nint)h.Pointer); }")]
    [InlineData("void M(byte[] a) { GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Send(h.AddrOfPinnedObject()); }")]
    [InlineData("Task M(Memory<byte> m) { var h = [|m.Pin()|]; return Later((nint)h.Pointer); }")]
    public async Task UsedElsewhereOrLater_IsNotOffered(string member) =>
        await FixVerifier.OffersNothingAsync<DeclarePinnedHandlesWithUsing>("FG3004", InClass(member));

    private static string InClass(string member) => $$"""
        using System;
        using System.Buffers;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        unsafe class C
        {
            {{member}}
            static Task Later(nint p) => Task.Delay(Marshal.ReadInt32(p));
            [DllImport("n")] static extern void Send(nint p);
        }
        """;
}
