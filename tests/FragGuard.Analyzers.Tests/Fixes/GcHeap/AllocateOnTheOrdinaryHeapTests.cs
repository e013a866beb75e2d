using System.Threading.Tasks;
using FragGuard.CodeFixes.GcHeap;

namespace FragGuard.Analyzers.Tests.Fixes.GcHeap;

public sealed class AllocateOnTheOrdinaryHeapTests
{
    [Theory]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; b[0] = 1; return b.Length;")]
    [InlineData("var b = [|GC.AllocateUninitializedArray<byte>(99, true)|]; b[0] = 1; return b[0];")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; fixed (byte* p = b) return *p;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; fixed (byte* p = b) { Native((nint)(p + 1)); return p[2]; }")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; int n = 0; fixed (byte* p = b) for (byte* q = p; q < p + 9; q++) n += *q; return n;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; return s.Read(b, 0, 9);")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; s.Write(b); return 0;")]
    public async Task AddressIsNotNeeded_IsMovedOff(string body) => await FixVerifier.FixesAsync<AllocateOnTheOrdinaryHeap>(
        "FG3005",
        Snippet(body),
        Snippet(body.Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal)
            .Replace("true", "false", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; Native((nint)Unsafe.AsPointer(ref b[0])); return b[0];")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; Native(Marshal.UnsafeAddrOfPinnedArrayElement(b, 0)); return b[0];")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; ref byte f = ref MemoryMarshal.GetArrayDataReference(b); return f;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; ref byte f = ref b[0]; return f;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; Span<byte> v = b; return v.Length;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; byte* p; fixed (byte* q = b) p = q; int n = s.Read(b, 0, 9); return p[n];")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; nint p; fixed (byte* q = b) { p = (nint)q; } Native(p); return b[0];")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; byte* p; fixed (byte* q = b) { byte* r = q + 1; p = r; } return *p;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; byte* p; fixed (byte* q = b) p = &q[1]; return *p;")]
    [InlineData("var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; Span<byte> v; fixed (byte* q = b) v = new(q, 9); return v[0];")]
    [InlineData("const bool Pin = true; var b = [|GC.AllocateArray<byte>(99, Pin)|]; return b[0];")]
    public async Task AddressMayBeNeeded_IsNotOffered(string body) =>
        await FixVerifier.OffersNothingAsync<AllocateOnTheOrdinaryHeap>("FG3005", Snippet(body));

    private static string Snippet(string body) => $$"""
        using System;
        using System.IO;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;

        unsafe class C
        {
            [DllImport("native")] static extern void Native(nint address);
            int M(Stream s) { {{body}} }
        }
        """;
}
