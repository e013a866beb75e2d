using System.Threading.Tasks;
using FragGuard.CodeFixes.GcHeap;

namespace FragGuard.Analyzers.Tests.Fixes.GcHeap;

public class AllocateOnThePinnedHeapTests
{
    [Theory]
    [InlineData("readonly byte[] _a = ", "new byte[99]", "; GCHandle _h; C() { _h = ", "_a", "GC.AllocateArray<byte>(99, pinned: true)")]
    [InlineData("static byte[] _a = ", "new byte[1 + 2]", "; static GCHandle _h; static C() { _h = ", "_a", "GC.AllocateArray<byte>(1 + 2, pinned: true)")]
    [InlineData("readonly int[] _a; GCHandle _h; C(int n) { _a = ", "new int[n]", "; _h = ", "_a", "GC.AllocateArray<int>(n, pinned: true)")]
    [InlineData("byte[] A { get; } = ", "new byte[99]", "; GCHandle _h; C() { _h = ", "A", "GC.AllocateArray<byte>(99, pinned: true)")]
    [InlineData("readonly DateTimeKind[] _a = ", "new System.DateTimeKind[9]", "; GCHandle _h; C() { _h = ", "_a", "GC.AllocateArray<DateTimeKind>(9, pinned: true)")]
    public async Task ArrayOfALastingField_IsFixed(string before, string array, string between, string name, string call) =>
        await FixVerifier.FixesAsync<AllocateOnThePinnedHeap>(
            "FG3003",
            InClass($"{before}{array}{between}[|GCHandle.Alloc({name}, GCHandleType.Pinned)|]; }}"),
            InClass($"{before}{call}{between}GCHandle.Alloc({name}, GCHandleType.Pinned); }}"));

    [Theory]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("readonly byte[] _a = new byte[] { 1, 2 }; GCHandle _h; C() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("readonly byte[] _a; GCHandle _h; C(int n) { var a = new byte[n]; _a = a; _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("byte[] _a; GCHandle _h; C(int n) { _a = new byte[n]; _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    public async Task ArrayThatMayBeReplaced_IsNotOffered(string members) =>
        await FixVerifier.OffersNothingAsync<AllocateOnThePinnedHeap>("FG3003", InClass(members));

    [Theory]
    [InlineData("4096L")]
    [InlineData("4096u")]
    public async Task LengthThatIsNoInt_IsNotOffered(string length) =>
        await FixVerifier.OffersNothingAsync<AllocateOnThePinnedHeap>(
            "FG3003", InClass($"readonly byte[] _a = new byte[{length}]; GCHandle _h; C() {{ _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }}"));

    private static string InClass(string members) => $$"""
        using System;
        using System.Runtime.InteropServices;

        class C
        {
            {{members}}
        }
        """;
}
