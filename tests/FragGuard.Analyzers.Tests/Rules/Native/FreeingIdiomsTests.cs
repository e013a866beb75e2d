using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Native;

/// <summary>The ways in which good code frees native blocks and handles: no rule has anything to say about them.</summary>
public class FreeingIdiomsTests
{
    [Theory]
    [InlineData("void M(string s) { nint p = nint.Zero; try { p = Marshal.StringToHGlobalAnsi(s); Send(p); } finally { Marshal.FreeHGlobal(p); } }")]
    [InlineData("T M<T>(int n) where T : struct { nint p = Marshal.AllocHGlobal(n); try { Send(p); return Marshal.PtrToStructure<T>(p); } finally { Marshal.FreeHGlobal(p); } }")]
    [InlineData("byte[] M(int n) { nint p = Marshal.AllocHGlobal(n); try { int k = Ask(p, n); while (k > n) { p = Marshal.ReAllocHGlobal(p, k); n = k; k = Ask(p, n); } byte[] b = new byte[k]; Marshal.Copy(p, b, 0, k); return b; } finally { Marshal.FreeHGlobal(p); } }")]
    [InlineData("byte[] M(int n) { nint p = 0; try { for (; ; n *= 2) { p = Marshal.AllocHGlobal(n); int k = Ask(p, n); if (k <= n) { byte[] b = new byte[k]; Marshal.Copy(p, b, 0, k); return b; } Marshal.FreeHGlobal(p); p = 0; } } finally { if (p != 0) Marshal.FreeHGlobal(p); } }")]
    [InlineData("sealed class H() : SafeHandle(0, true) { public H(int n) : this() => SetHandle(Marshal.AllocHGlobal(n)); public override bool IsInvalid => handle == 0; protected override bool ReleaseHandle() { Marshal.FreeHGlobal(handle); return true; } }")]
    [InlineData("sealed class B : IDisposable { void* _p; public B(nuint n) { _p = NativeMemory.AllocZeroed(n); GC.AddMemoryPressure((long)n); } public void Grow(nuint n) => _p = NativeMemory.Realloc(_p, n); public void Dispose() { NativeMemory.Free(_p); _p = null; GC.SuppressFinalize(this); } ~B() => NativeMemory.Free(_p); }")]
    [InlineData("sealed class B : MemoryManager<byte> { byte* _p = (byte*)NativeMemory.Alloc(99); public override Span<byte> GetSpan() => new(_p, 99); public override MemoryHandle Pin(int i = 0) => new(_p + i, default, this); public override void Unpin() { } protected override void Dispose(bool d) { NativeMemory.Free(_p); _p = null; } }")]
    [InlineData("int M(ReadOnlySpan<byte> d, int n) { byte* big = null; byte* p = stackalloc byte[64]; if (n > 64) p = big = (byte*)NativeMemory.Alloc((nuint)n); try { d.CopyTo(new Span<byte>(p, n)); return Ask((nint)p, n); } finally { NativeMemory.Free(big); } }")]
    [InlineData("void M(string[] all) { nint[] p = new nint[all.Length]; try { for (int i = 0; i < p.Length; i++) p[i] = Marshal.StringToCoTaskMemUTF8(all[i]); fixed (nint* q = p) Send((nint)q); } finally { foreach (nint x in p) Marshal.FreeCoTaskMem(x); } }")]
    [InlineData("Node* M(int n) { Node* head = null; while (n-- > 0) { Node* x = (Node*)NativeMemory.Alloc((nuint)sizeof(Node)); x->Next = head; head = x; } return head; }")]
    [InlineData("void M(Node* head) { while (head != null) { Node* next = head->Next; NativeMemory.Free(head); head = next; } }")]
    [InlineData("nint M(object state) { GCHandle h = GCHandle.Alloc(state); try { return GCHandle.ToIntPtr(h); } catch { h.Free(); throw; } }")]
    [InlineData("void M(byte[] a) { GCHandle h = default; try { h = GCHandle.Alloc(a, GCHandleType.Pinned); Send(h.AddrOfPinnedObject()); } finally { if (h.IsAllocated) h.Free(); } }")]
    [InlineData("void M(byte[][] all) { GCHandle[] h = new GCHandle[all.Length]; try { for (int i = 0; i < h.Length; i++) { h[i] = GCHandle.Alloc(all[i], GCHandleType.Pinned); Send(h[i].AddrOfPinnedObject()); } } finally { foreach (GCHandle x in h) if (x.IsAllocated) x.Free(); } }")]
    [InlineData("void M(List<byte[]> all) { var h = new List<GCHandle>(); foreach (byte[] a in all) h.Add(GCHandle.Alloc(a, GCHandleType.Pinned)); h.ForEach(x => Send(x.AddrOfPinnedObject())); h.ForEach(x => x.Free()); }")]
    [InlineData("async Task<int> M(Stream s, Memory<byte> m) { MemoryHandle h = m.Pin(); try { return await s.ReadAsync(m); } finally { h.Dispose(); } }", false)]
    [InlineData("static readonly byte[] Buffer = GC.AllocateArray<byte>(4_096, pinned: true); static readonly nint Address = Marshal.UnsafeAddrOfPinnedArrayElement(Buffer, 0);")]
    [InlineData("struct Scope : IDisposable { GCHandle _h; public Scope(object o) => _h = GCHandle.Alloc(o, GCHandleType.Pinned); public nint P => _h.AddrOfPinnedObject(); public void Dispose() { if (_h.IsAllocated) _h.Free(); } } void M(byte[] a) { using var s = new Scope(a); Send(s.P); }")]
    [InlineData("sealed class Op : IDisposable { byte[] _a = new byte[64]; GCHandle _h; public nint Begin() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); return _h.AddrOfPinnedObject(); } public void End() { GCHandle h = _h; _h = default; h.Free(); } public void Dispose() { if (_h.IsAllocated) _h.Free(); } }")]
    [InlineData("void M(Stream s, int n) { byte[] b = new byte[100_000]; while (n-- > 0) { int k = s.Read(b); if (k == 0) break; } }")]
    [InlineData("List<long> M(IEnumerable<long> source) { var l = new List<long>(); foreach (long x in source) l.Add(x); return l; }")]
    public async Task Idiom_DrawsNoReport(string member, bool isUnsafe = true)
    {
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, [InClass(member, isUnsafe)]);
        Assert.True(found.IsEmpty, string.Join("\n", found));
    }

    [Theory]
    [InlineData("void M(string s) { nint p = nint.Zero; try { p = Marshal.StringToHGlobalAnsi(s); Send(p); } finally { p = 0; } }", "FG4001")]
    [InlineData("void M(byte[] a) { GCHandle h = default; try { h = GCHandle.Alloc(a, GCHandleType.Pinned); Send(h.AddrOfPinnedObject()); } finally { h = default; } }", "FG3004")]
    public async Task Slip_DrawsItsReport(string member, string id)
    {
        ImmutableArray<Diagnostic> found = await Verifier.RunAsync(RuleCatalogue.Analyzers, [InClass(member, isUnsafe: true)]);
        Assert.Equal(id, Assert.Single(found).Id);
    }

    private static string InClass(string member, bool isUnsafe) => $$"""
        #nullable disable
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading.Tasks;

        {{(isUnsafe ? "unsafe " : "")}}class C
        {
            {{member}}
            [DllImport("n")] static extern void Send(nint p);
            [DllImport("n")] static extern int Ask(nint p, int bytes);
        }

        unsafe struct Node { public Node* Next; }
        """;
}
