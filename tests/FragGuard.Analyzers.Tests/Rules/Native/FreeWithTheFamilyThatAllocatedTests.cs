using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.Native;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Native;

public class FreeWithTheFamilyThatAllocatedTests
{
    [Theory]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Look(p); [|Marshal.FreeCoTaskMem(p)|]; }")]
    [InlineData("void M() { nint p = Marshal.AllocCoTaskMem(9); try { Look(p); } finally { [|Marshal.FreeHGlobal(p)|]; } }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToCoTaskMemUTF8(s); [|Marshal.FreeHGlobal(p)|]; }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToBSTR(s); [|Marshal.FreeCoTaskMem(p)|]; }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToHGlobalUni(s); [|Marshal.FreeBSTR(p)|]; }")]
    [InlineData("void M(SecureString s) { nint p = Marshal.SecureStringToBSTR(s); [|Marshal.ZeroFreeGlobalAllocUnicode(p)|]; }")]
    [InlineData("void M() { void* p = NativeMemory.Alloc(9); [|NativeMemory.AlignedFree(p)|]; }")]
    [InlineData("void M() { byte* p = (byte*)NativeMemory.AlignedAlloc(9, 8); *p = 1; [|NativeMemory.Free(p)|]; }")]
    [InlineData("void M() { byte* p = (byte*)Marshal.AllocHGlobal(9); *p = 1; [|NativeMemory.Free(p)|]; }")]
    [InlineData("void M() { void* p = NativeMemory.Alloc(9); [|Marshal.FreeHGlobal((nint)p)|]; }")]
    [InlineData("void M() { void* p = NativeMemory.AlignedAlloc(9, 8); p = [|NativeMemory.Realloc(p, 99)|]; NativeMemory.Free(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); p = [|Marshal.ReAllocCoTaskMem(p, 99)|]; Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M() => [|Marshal.FreeCoTaskMem(Marshal.AllocHGlobal(9))|];")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9), q = p; p = 0; [|Marshal.FreeCoTaskMem(q)|]; }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); if (p != 0) [|Marshal.FreeCoTaskMem(p)|]; }")]
    [InlineData("Action M() => () => { nint p = Marshal.AllocHGlobal(9); [|Marshal.FreeCoTaskMem(p)|]; };")]
    public async Task AnotherFamily_Reports(string member) => await Verify(member);

    [Theory]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Look(p); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocCoTaskMem(9); try { Look(p); } finally { Marshal.FreeCoTaskMem(p); } }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToCoTaskMemUTF8(s); Marshal.ZeroFreeCoTaskMemUTF8(p); }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToBSTR(s); Marshal.FreeBSTR(p); }")]
    [InlineData("void M(SecureString s) { nint p = Marshal.SecureStringToGlobalAllocUnicode(s); Marshal.ZeroFreeGlobalAllocUnicode(p); }")]
    [InlineData("void M() { void* p = NativeMemory.AllocZeroed(9); NativeMemory.Free(p); }")]
    [InlineData("void M() { byte* p = (byte*)NativeMemory.AlignedAlloc(9, 8); *p = 1; NativeMemory.AlignedFree(p); }")]
    [InlineData("void M() { void* p = NativeMemory.Alloc(9); p = NativeMemory.Realloc(p, 99); NativeMemory.Free(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); p = Marshal.ReAllocHGlobal(p, 99); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M() => Marshal.FreeHGlobal(Marshal.AllocHGlobal(9));")]
    [InlineData("Action M() => () => { nint p = Marshal.AllocHGlobal(9); Marshal.FreeHGlobal(p); };")]
    public async Task SameFamily_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M(bool b) { nint p = b ? Marshal.AllocHGlobal(9) : Marshal.AllocCoTaskMem(9); if (b) Marshal.FreeHGlobal(p); else Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M(nint p, bool b) { Marshal.FreeCoTaskMem(p); p = Marshal.AllocHGlobal(9); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Change(ref p); Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Change(&p); Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); p = Native(p); Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Marshal.FreeHGlobal(p); p = Other(); Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); nint q = Marshal.ReadIntPtr(p); Marshal.FreeCoTaskMem(q); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M() { nint* p = (nint*)NativeMemory.Alloc(9); Marshal.FreeHGlobal(p[0]); Marshal.FreeHGlobal(*p); NativeMemory.Free(p); }")]
    [InlineData("void M() { Node* p = (Node*)NativeMemory.Alloc(9); Marshal.FreeHGlobal(p->Next); NativeMemory.Free(p); }")]
    [InlineData("void M() => Marshal.FreeCoTaskMem(_field);")]
    [InlineData("void M(bool b) { nint p; if (b) p = Marshal.AllocHGlobal(9); else p = Other(); if (b) Marshal.FreeHGlobal(p); else Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M(bool b) { nint p = b ? Marshal.AllocHGlobal(9) : Other(); if (b) Marshal.FreeHGlobal(p); else Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M(nint p, bool b) { if (b) p = Marshal.AllocHGlobal(9); if (!b) Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M(bool b) { nint p = Marshal.AllocHGlobal(9), q = b ? p : Other(); if (!b) Marshal.FreeCoTaskMem(q); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M() { _field = Marshal.AllocHGlobal(9); Look(_field); Marshal.FreeCoTaskMem(_field); }")]
    [InlineData("void M(Heap heap) { nint p = Marshal.AllocHGlobal(9); heap.FreeCoTaskMem(p); }")]
    [InlineData("void M(int n) { nint p = 0; try { while (n-- > 0) { p = Marshal.AllocHGlobal(9); nint t = p; p = 0; Marshal.FreeHGlobal(t); p = Marshal.AllocCoTaskMem(9); } } finally { if (p != 0) Marshal.FreeCoTaskMem(p); } }")]
    [InlineData("void M() { var pair = (Marshal.AllocHGlobal(9), Marshal.AllocCoTaskMem(9)); Marshal.FreeHGlobal(pair.Item1); Marshal.FreeCoTaskMem(pair.Item2); }")]
    [InlineData("void M() { void* p = NativeMemory.Alloc(9); Span<byte> v = new(p, 9); v.Clear(); NativeMemory.Free(p); }")]
    public async Task OriginIsNotCertain_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Marshal.FreeCoTaskMem(; }")]
    [InlineData("void M() { nint p = Missing(); Marshal.FreeCoTaskMem(p); }")]
    [InlineData("void M() { Marshal.FreeCoTaskMem(); }")]
    [InlineData("void M() { var p = NativeMemory.; NativeMemory.Free(p); }")]
    public async Task BrokenCode_IsSilent(string member) => await Verify(member, allowErrors: true);

    [Fact]
    public async Task Message_NamesBothAndTheRightOne()
    {
        Diagnostic diagnostic = Assert.Single(
            await Verify("void M() { nint p = Marshal.AllocHGlobal(9); [|Marshal.FreeCoTaskMem(p)|]; }"));
        string message = diagnostic.GetMessage(null);
        Assert.StartsWith(
            "'Marshal.FreeCoTaskMem' is passed a block from 'Marshal.AllocHGlobal', which lives in another heap", message, StringComparison.Ordinal);
        Assert.EndsWith("call 'Marshal.FreeHGlobal'", message, StringComparison.Ordinal);
        Assert.Equal("Marshal.FreeHGlobal", diagnostic.Properties.GetValueOrDefault(FreeWithTheFamilyThatAllocated.FreeWithKey));
    }

    [Theory]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); p = [|Marshal.ReAllocCoTaskMem(p, 99)|]; Marshal.FreeCoTaskMem(p); }", "resize it with the same family")]
    [InlineData("void M(SecureString s) { nint p = Marshal.SecureStringToBSTR(s); [|Marshal.ZeroFreeGlobalAllocUnicode(p)|]; }", "call 'Marshal.FreeBSTR'")]
    public async Task OtherThanAFree_HasNoPropertyForTheFix(string member, string advice)
    {
        Diagnostic diagnostic = Assert.Single(await Verify(member));
        Assert.EndsWith(advice, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(diagnostic.Properties);
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(string member, bool allowErrors = false) => Verifier.VerifyAsync("FG4002", $$"""
        using System;
        using System.Runtime.InteropServices;
        using System.Security;

        #pragma warning disable CS9123
        unsafe class C
        {
            nint _field;
            {{member}}
            static void Look(nint p) => Marshal.WriteInt32(p, 1);
            static nint Other() => Marshal.AllocCoTaskMem(9);
            static void Change(ref nint p) => p = Marshal.AllocCoTaskMem(200);
            static void Change(nint* p) => *p = Marshal.AllocCoTaskMem(200);
            [DllImport("n")] static extern nint Native(nint p);
        }

        struct Node { public nint Next; }
        abstract class Heap { public abstract void FreeCoTaskMem(nint p); }
        """, allowErrors: allowErrors);
}
