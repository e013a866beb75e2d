using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.GcHeap;

public class FreeEveryPinnedHandleTests
{
    [Theory]
    [InlineData("void M(byte[] a) { GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Send(h.AddrOfPinnedObject()); }")]
    [InlineData("static byte[] A = new byte[9]; C() { [|GCHandle.Alloc(A, GCHandleType.Pinned)|]; }")]
    [InlineData("void M(byte[] a) { Send([|GCHandle.Alloc(a, GCHandleType.Pinned)|].AddrOfPinnedObject()); }")]
    [InlineData("void M(byte[] a) { nint p = [|GCHandle.Alloc(a, GCHandleType.Pinned)|].AddrOfPinnedObject(); Send(p); }")]
    [InlineData("int M(object o) { var h = [|GCHandle.Alloc(o, GCHandleType.Pinned)|]; return Marshal.ReadInt32(h.AddrOfPinnedObject()); }")]
    [InlineData("void M(Memory<byte> m) { MemoryHandle h = [|m.Pin()|]; Send((nint)h.Pointer); }")]
    [InlineData("void M(ReadOnlyMemory<byte> m) { void* p = [|m.Pin()|].Pointer; Send((nint)p); }")]
    [InlineData("void M(byte[] a) { var h = [|new PinnedGCHandle<byte[]>(a)|]; Send((nint)h.GetAddressOfArrayData()); }")]
    [InlineData("void M(byte[] a) { while (true) { var h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Send(h.AddrOfPinnedObject()); } }")]
    [InlineData("void M(byte[] a, byte[] b) { var h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; h = GCHandle.Alloc(b, GCHandleType.Pinned); h.Free(); }")]
    [InlineData("Action M(byte[] a) => () => { var h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Send(h.AddrOfPinnedObject()); };")]
    [InlineData("void M(byte[] a) { var h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; if (h.IsAllocated) Look(h); }")]
    public async Task NeverFreed_Reports(string member) => await Verify(member);

    [Theory]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned); Send(h.AddrOfPinnedObject()); h.Free(); }")]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned); try { Send(h.AddrOfPinnedObject()); } finally { h.Free(); } }")]
    [InlineData("void M(byte[] a) { GCHandle h = default; try { h = GCHandle.Alloc(a, GCHandleType.Pinned); } finally { if (h.IsAllocated) h.Free(); } }")]
    [InlineData("void M(Memory<byte> m) { using MemoryHandle h = m.Pin(); Send((nint)h.Pointer); }")]
    [InlineData("void M(Memory<byte> m) { MemoryHandle h = m.Pin(); Send((nint)h.Pointer); h.Dispose(); }")]
    [InlineData("void M(ReadOnlyMemory<byte> m) { using (var h = m.Pin()) Send((nint)h.Pointer); }")]
    [InlineData("void M(byte[] a) { using var h = new PinnedGCHandle<byte[]>(a); Send((nint)h.GetAddressOfArrayData()); }")]
    [InlineData("void M(byte[] a) { var h = new PinnedGCHandle<byte[]>(a); h.Dispose(); }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); var t = h; h = default; t.Free(); }")]
    [InlineData("void M(byte[] a, bool b) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); if (b) return; h.Free(); }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); GCHandle.FromIntPtr(GCHandle.ToIntPtr(h)).Free(); }")]
    [InlineData("void M(byte[] a, int n) { GCHandle h = default; try { while (n-- > 0) { h = GCHandle.Alloc(a, GCHandleType.Pinned); var t = h; h = default; t.Free(); } } finally { if (h.IsAllocated) h.Free(); } }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); new ReadOnlySpan<byte>((void*)h.AddrOfPinnedObject(), 9).ToArray(); h.Free(); }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); var pair = (h, 1); pair.h.Free(); }")]
    public async Task Freed_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a); Look(h); }")]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a, GCHandleType.Normal); Look(h); }")]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a, GCHandleType.Weak); Look(h); }")]
    [InlineData("void M(byte[] a, GCHandleType type) { GCHandle h = GCHandle.Alloc(a, type); Look(h); }")]
    [InlineData("static byte[] A = new byte[9]; static C() { GCHandle.Alloc(A, GCHandleType.Pinned); }")]
    [InlineData("void M(byte[] a) { fixed (byte* p = a) Send((nint)p); }")]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned); throw new Exception(h.ToString()); }")]
    [InlineData("void M(Pinner p) { MemoryHandle h = p.Pin(); Send((nint)h.Pointer); }")]
    public async Task NothingPinned_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("GCHandle M(byte[] a) => GCHandle.Alloc(a, GCHandleType.Pinned);")]
    [InlineData("nint M(byte[] a) => GCHandle.Alloc(a, GCHandleType.Pinned).AddrOfPinnedObject();")]
    [InlineData("nint M(byte[] a) => GCHandle.ToIntPtr(GCHandle.Alloc(a, GCHandleType.Pinned));")]
    [InlineData("nint M(byte[] a) => (nint)GCHandle.Alloc(a, GCHandleType.Pinned);")]
    [InlineData("MemoryHandle M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); return new MemoryHandle((void*)h.AddrOfPinnedObject(), h); }")]
    [InlineData("MemoryHandle M(Memory<byte> m) => m.Pin();")]
    [InlineData("void M(byte[] a) => _handle = GCHandle.Alloc(a, GCHandleType.Pinned);")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); _address = h.AddrOfPinnedObject(); }")]
    [InlineData("static readonly GCHandle Eager = GCHandle.Alloc(new byte[9], GCHandleType.Pinned);")]
    [InlineData("(GCHandle, nint) M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); return (h, h.AddrOfPinnedObject()); }")]
    [InlineData("void M(byte[] a, out GCHandle h) => h = GCHandle.Alloc(a, GCHandleType.Pinned);")]
    [InlineData("void M(byte[] a, List<GCHandle> all) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); all.Add(h); }")]
    [InlineData("void M(byte[] a, GCHandle[] all) => all[0] = GCHandle.Alloc(a, GCHandleType.Pinned);")]
    [InlineData("Action M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); return () => h.Free(); }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); Done(h); }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); Change(ref h); h.Free(); }")]
    [InlineData("void M(byte[] a) { var h = GCHandle.Alloc(a, GCHandleType.Pinned); RegisterBuffer(h.AddrOfPinnedObject()); }")]
    [InlineData("IDisposable M(Memory<byte> m) { var h = m.Pin(); return new Releaser(h); }")]
    [InlineData("Overlap M(byte[] a) => new() { Handle = GCHandle.Alloc(a, GCHandleType.Pinned) };")]
    public async Task HandedOn_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M(byte[] a) { GCHandle h = GCHandle.Alloc(a, GCHandleType.Pinned; }")]
    [InlineData("void M() { GCHandle h = GCHandle.Alloc(missing, GCHandleType.); }")]
    [InlineData("void M(byte[] a) { Missing(GCHandle.Alloc(a, GCHandleType.Pinned)); }")]
    [InlineData("void M(byte[] a) { var h = new PinnedGCHandle<>(a); }")]
    public async Task BrokenCode_IsSilent(string member) => await Verify(member, allowErrors: true);

    [Theory]
    [InlineData("GCHandle h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; Look(h);", "call 'Free' after the last use of its address, or use 'fixed'")]
    [InlineData("PinnedGCHandle<byte[]> h = [|new(a)|]; Look(h.Target);", "declare the handle with 'using'")]
    public async Task Message_SaysWhatToCall(string body, string advice)
    {
        Diagnostic diagnostic = Assert.Single(await Verify($"void M(byte[] a) {{ {body} }} static void Look(byte[] a) {{ }}"));
        Assert.Equal(
            "The handle that pins 'a' is freed on no path, so every call leaves an object that is neither collected nor moved "
                + $"until the process ends; {advice}",
            diagnostic.GetMessage(null));
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(string member, bool allowErrors = false) => Verifier.VerifyAsync("FG3004", $$"""
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;

        unsafe class C
        {
            GCHandle _handle;
            nint _address;
            {{member}}
            static void Look(GCHandle h) { nint p = h.AddrOfPinnedObject(); Send(p); }
            static void Done(GCHandle h) { if (h.IsAllocated) h.Free(); }
            static void Change(ref GCHandle h) { h.Free(); h = GCHandle.Alloc(new byte[9], GCHandleType.Pinned); }
            [DllImport("n")] static extern void Send(nint p);
            [DllImport("n")] static extern void RegisterBuffer(nint p);
        }

        struct Overlap { public GCHandle Handle; }
        abstract class Pinner { public abstract MemoryHandle Pin(); }
        class Releaser(MemoryHandle handle) : IDisposable { public void Dispose() => handle.Dispose(); }
        """, allowErrors: allowErrors);
}
