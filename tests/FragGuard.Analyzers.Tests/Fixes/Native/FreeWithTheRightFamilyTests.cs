using System.Threading.Tasks;
using FragGuard.CodeFixes.Native;

namespace FragGuard.Analyzers.Tests.Fixes.Native;

public class FreeWithTheRightFamilyTests
{
    [Theory]
    [InlineData("nint p = Marshal.AllocHGlobal(9);", "Marshal.FreeCoTaskMem(p)", "Marshal.FreeHGlobal(p)")]
    [InlineData("nint p = Marshal.StringToBSTR(s);", "Marshal.FreeHGlobal(p)", "Marshal.FreeBSTR(p)")]
    [InlineData("nint p = Marshal.StringToCoTaskMemUTF8(s);", "Marshal.FreeBSTR(p)", "Marshal.FreeCoTaskMem(p)")]
    [InlineData("void* p = NativeMemory.Alloc(9);", "NativeMemory.AlignedFree(p)", "NativeMemory.Free(p)")]
    [InlineData("byte* p = (byte*)NativeMemory.AlignedAlloc(9, 8);", "NativeMemory.Free(p)", "NativeMemory.AlignedFree(p)")]
    [InlineData("void* p = NativeMemory.Alloc(9);", "Marshal.FreeHGlobal((nint)p)", "NativeMemory.Free(p)")]
    [InlineData("void* p = (void*)Marshal.AllocHGlobal(9);", "NativeMemory.Free(p)", "Marshal.FreeHGlobal((nint)p)")]
    [InlineData("nint p = (nint)NativeMemory.Alloc(9);", "Marshal.FreeHGlobal(p)", "NativeMemory.Free((void*)p)")]
    [InlineData("nint p = Marshal.AllocHGlobal(9);", "System.Runtime.InteropServices.Marshal.FreeCoTaskMem(p)", "Marshal.FreeHGlobal(p)")]
    public async Task WrongFree_IsFixed(string allocation, string wrong, string right) =>
        await FixVerifier.FixesAsync<FreeWithTheRightFamily>(
            "FG4002",
            InClass($"unsafe void M(string s) {{ {allocation} [|{wrong}|]; }}"),
            InClass($"unsafe void M(string s) {{ {allocation} {right}; }}"));

    [Theory]
    [InlineData("void M() { nint p; unsafe { p = (nint)NativeMemory.Alloc(9); } [|Marshal.FreeHGlobal(p)|]; }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); p = [|Marshal.ReAllocCoTaskMem(p, 99)|]; Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M(System.Security.SecureString s) { nint p = Marshal.SecureStringToBSTR(s); [|Marshal.ZeroFreeGlobalAllocUnicode(p)|]; }")]
    public async Task MoreThanAnotherName_IsNotOffered(string member) =>
        await FixVerifier.OffersNothingAsync<FreeWithTheRightFamily>("FG4002", InClass(member));

    private static string InClass(string member) => $$"""
        using System;
        using System.Runtime.InteropServices;

        class C
        {
            {{member}}
        }
        """;
}
