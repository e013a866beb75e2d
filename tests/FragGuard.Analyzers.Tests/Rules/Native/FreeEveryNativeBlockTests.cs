using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Native;

public class FreeEveryNativeBlockTests
{
    [Theory]
    [InlineData("int M() { nint p = [|Marshal.AllocHGlobal(100)|]; return Marshal.ReadInt32(p); }")]
    [InlineData("int M() { IntPtr p = [|Marshal.AllocCoTaskMem(100)|]; return Marshal.ReadInt32(p, 4); }")]
    [InlineData("void M(string s) { nint p = [|Marshal.StringToHGlobalUni(s)|]; Look(p); }")]
    [InlineData("void M(string s) => Look([|Marshal.StringToCoTaskMemUTF8(s)|]);")]
    [InlineData("void M(string s) { nint p = [|Marshal.StringToBSTR(s)|]; Borrow(p); }")]
    [InlineData("void M(nuint n) { void* p = [|NativeMemory.Alloc(n)|]; new Span<byte>(p, (int)n).Clear(); }")]
    [InlineData("int M(nuint n) { int* p = (int*)[|NativeMemory.AllocZeroed(n, 4)|]; p[3] = 1; return p[0] + *p; }")]
    [InlineData("byte M(nuint n) { byte* p = (byte*)[|NativeMemory.AlignedAlloc(n, 64)|]; byte* q = p + 8; *q = 1; return *q; }")]
    [InlineData("int M() { Pair* p = (Pair*)[|NativeMemory.Alloc(8)|]; p->First = 1; return p->Second; }")]
    [InlineData("Pair M() { nint p = [|Marshal.AllocHGlobal(8)|]; Fill(p); return Marshal.PtrToStructure<Pair>(p); }")]
    [InlineData("string M() { nint p = [|Marshal.AllocHGlobal(8)|]; Fill(p); return Marshal.PtrToStringUni(p); }")]
    [InlineData("nint M() { nint p = [|Marshal.AllocHGlobal(8)|]; Fill(p); return Marshal.ReadIntPtr(p); }")]
    [InlineData("int M() { void* p = [|NativeMemory.Alloc(100)|]; Unsafe.AsRef<int>(p) = 3; return Unsafe.AsRef<int>(p); }")]
    [InlineData("int M() { long a = (long)[|Marshal.AllocHGlobal(100)|] + 4; return Marshal.ReadInt32((nint)a); }")]
    [InlineData("int M() { nint p = [|Marshal.AllocHGlobal(9)|]; try { Look(p); } catch { Marshal.FreeHGlobal(p); throw; } return 1; }")]
    [InlineData("void M() { while (true) { nint p = [|Marshal.AllocHGlobal(100)|]; Look(p); } }")]
    [InlineData("void M() { nint p = [|Marshal.AllocHGlobal(100)|]; p = Marshal.AllocHGlobal(200); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M(byte[] a) { nint p = [|Marshal.AllocHGlobal(100)|]; Marshal.Copy(a, 0, p, 100); LookDeeper(p); }")]
    [InlineData("Action M() => () => { nint p = [|Marshal.AllocHGlobal(100)|]; Look(p); };")]
    [InlineData("void M() { void F() { nint p = [|Marshal.AllocHGlobal(100)|]; Look(p); } F(); }")]
    [InlineData("void M() { nint p = [|Marshal.AllocHGlobal(100)|]; if (p == 0) return; Look(p); }")]
    [InlineData("void M() { int* p = (int*)[|NativeMemory.Alloc(100)|]; Look(&p[3]); int* end = p + 10; for (int* q = p; q < end; q++) *q = 0; }")]
    public async Task NeverFreed_Reports(string member) => await Verify(member);

    [Theory]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(100); int n = Marshal.ReadInt32(p); Marshal.FreeHGlobal(p); return n; }")]
    [InlineData("int M() { IntPtr p = Marshal.AllocCoTaskMem(100); try { return Marshal.ReadInt32(p, 4); } finally { Marshal.FreeCoTaskMem(p); } }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToHGlobalUni(s); Look(p); Marshal.ZeroFreeGlobalAllocUnicode(p); }")]
    [InlineData("void M(string s) { nint p = Marshal.StringToBSTR(s); Borrow(p); Marshal.FreeBSTR(p); }")]
    [InlineData("void M(nuint n) { void* p = NativeMemory.Alloc(n); new Span<byte>(p, (int)n).Clear(); NativeMemory.Free(p); }")]
    [InlineData("int M(nuint n) { int* p = (int*)NativeMemory.AllocZeroed(n, 4); int x = p[0]; NativeMemory.Free(p); return x; }")]
    [InlineData("void M(nuint n) { byte* p = (byte*)NativeMemory.AlignedAlloc(n, 64); byte* q = p + 8; *q = 1; NativeMemory.AlignedFree(q - 8); }")]
    [InlineData("void M(nuint n) { void* p = NativeMemory.Alloc(n); p = NativeMemory.Realloc(p, n * 2); NativeMemory.Free(p); }")]
    [InlineData("void M(nuint n) { void* p = NativeMemory.Alloc(n); while (n++ < 9) p = NativeMemory.Realloc(p, n); NativeMemory.Free(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); nint t = p; p = 0; Marshal.FreeHGlobal(t); }")]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(9); try { Look(p); } finally { Marshal.FreeHGlobal(p); } return 1; }")]
    [InlineData("void M() { long a = (long)Marshal.AllocHGlobal(100); Marshal.FreeHGlobal((nint)a); }")]
    [InlineData("void M() { nint p = 0; try { p = Marshal.AllocHGlobal(100); Look(p); } finally { if (p != IntPtr.Zero) Marshal.FreeHGlobal(p); } }")]
    [InlineData("void M() { byte* p = (byte*)NativeMemory.Alloc(100); try { *p = 1; } finally { if (p != null) NativeMemory.Free(p); } }")]
    [InlineData("void M(int n) { byte* big = null; Span<byte> p = n < 9 ? stackalloc byte[9] : new Span<byte>(big = (byte*)NativeMemory.Alloc((nuint)n), n); p[0] = 1; NativeMemory.Free(big); }")]
    [InlineData("void M(int n) { nint p = 0; bool big = n > 9; if (big) p = Marshal.AllocHGlobal(n); Look(p); if (big) Marshal.FreeHGlobal(p); }")]
    [InlineData("void M(bool b) { nint p = Marshal.AllocHGlobal(9); if (b) Marshal.FreeHGlobal(p); }")]
    [InlineData("void M(int n) { nint p = 0; try { while (n-- > 0) { p = Marshal.AllocHGlobal(9); nint t = p; p = 0; Marshal.FreeHGlobal(t); } } finally { if (p != 0) Marshal.FreeHGlobal(p); } }")]
    [InlineData("byte[] M() { byte* p = (byte*)NativeMemory.Alloc(9); byte[] copy = new ReadOnlySpan<byte>(p, 9).ToArray(); NativeMemory.Free(p); return copy; }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); var pair = (p, 1); Marshal.FreeHGlobal(pair.p); }")]
    public async Task Freed_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("nint M() => Marshal.AllocHGlobal(100);")]
    [InlineData("byte* M() => (byte*)NativeMemory.Alloc(100);")]
    [InlineData("byte* M() { byte* p = (byte*)NativeMemory.Alloc(100); *p = 1; return p + 4; }")]
    [InlineData("int* M() { Pair* p = (Pair*)NativeMemory.Alloc(100); return &p->Second; }")]
    [InlineData("int* M() { int* p = (int*)NativeMemory.Alloc(100); return &p[4]; }")]
    [InlineData("ref int M() { int* p = (int*)NativeMemory.Alloc(100); return ref *p; }")]
    [InlineData("ref int M() { int* p = (int*)NativeMemory.Alloc(100); return ref p[2]; }")]
    [InlineData("ref int M() { void* p = NativeMemory.Alloc(100); return ref Unsafe.AsRef<int>(p); }")]
    [InlineData("void M() { void* p = NativeMemory.Alloc(100); ref int r = ref Unsafe.AsRef<int>(p); Change(ref r); }")]
    [InlineData("void M() { void* p = NativeMemory.Alloc(100); Change(ref Unsafe.AsRef<int>(p)); }")]
    [InlineData("Span<byte> M() { void* p = NativeMemory.Alloc(100); return new(p, 100); }")]
    [InlineData("UnmanagedMemoryStream M() { byte* p = (byte*)NativeMemory.Alloc(100); return new(p, 100); }")]
    [InlineData("(nint, int) M() { nint p = Marshal.AllocHGlobal(100); return (p, 100); }")]
    [InlineData("Buffer M() => new() { Start = Marshal.AllocHGlobal(100) };")]
    [InlineData("Buffer M() { Buffer b = default; b.Start = Marshal.AllocHGlobal(100); return b; }")]
    [InlineData("long M() => (long)Marshal.AllocHGlobal(100);")]
    [InlineData("void M() => _field = Marshal.AllocHGlobal(100);")]
    [InlineData("static readonly nint Eager = Marshal.AllocHGlobal(100);")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); _memory = p + 4; }")]
    [InlineData("void M(out nint p) => p = Marshal.AllocHGlobal(100);")]
    [InlineData("void M(nint* p) => *p = Marshal.AllocHGlobal(100);")]
    [InlineData("void M(nint[] all) => all[0] = Marshal.AllocHGlobal(100);")]
    [InlineData("void M(List<nint> all) => all.Add(Marshal.AllocHGlobal(100));")]
    [InlineData("void M(nint node) => Marshal.WriteIntPtr(node, Marshal.AllocHGlobal(100));")]
    [InlineData("void M(nint node) => Marshal.WriteIntPtr(node, 8, Marshal.AllocHGlobal(100));")]
    [InlineData("void M() => Interlocked.Exchange(ref _field, Marshal.AllocHGlobal(100));")]
    [InlineData("SafeHandle M() => new Safe(Marshal.AllocHGlobal(100));")]
    [InlineData("void M(Safe safe) => safe.Take(Marshal.AllocHGlobal(100));")]
    [InlineData("Func<nint> M() { nint p = Marshal.AllocHGlobal(100); return () => p; }")]
    public async Task HandedOn_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); SetBuffer(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); lib_set_buffer(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); lib_free(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); RegisterBuffer(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); Done(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); Keep(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); Change(ref p); Marshal.FreeHGlobal(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); Change(&p); }")]
    [InlineData("void M(delegate*<nint, void> f) { nint p = Marshal.AllocHGlobal(100); f(p); }")]
    [InlineData("void M(Action<nint> f) { nint p = Marshal.AllocHGlobal(100); f(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(100); Imported(p); [DllImport(\"n\")] static extern void Imported(nint free); Marshal.FreeHGlobal(p); }")]
    public async Task TakenOver_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("int M(bool b) { nint p = [|Marshal.AllocHGlobal(9)|]; if (b) return 1; Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(int k) { nint p = [|Marshal.AllocHGlobal(9)|]; switch (k) { case 1: return 1; } Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(int k) { void* p = [|NativeMemory.Alloc(9)|]; if (k > 1) { if (k > 2) return k; NativeMemory.Free(p); return 3; } NativeMemory.Free(p); return 2; }")]
    [InlineData("int M(int[] all) { nint p = [|Marshal.AllocHGlobal(9)|]; foreach (int k in all) { if (k == 3) return k; Look(p); } Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(bool b) { nint p = [|Marshal.AllocHGlobal(9)|]; try { if (b) return 1; Look(p); } catch (IOException) { Marshal.FreeHGlobal(p); throw; } Marshal.FreeHGlobal(p); return 2; }")]
    public async Task NotFreedBeforeAnEarlyReturn_Reports(string member) => await Verify(member);

    [Theory]
    [InlineData("int M(bool b) { nint p = Marshal.AllocHGlobal(9); if (b) throw new Exception(); Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(bool b) { if (b) return 1; nint p = Marshal.AllocHGlobal(9); Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(bool b) { nint p = Marshal.AllocHGlobal(9); if (b) { Marshal.FreeHGlobal(p); return 1; } Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(bool b) { nint p = Marshal.AllocHGlobal(9); try { if (b) return 1; } finally { Marshal.FreeHGlobal(p); } return 2; }")]
    [InlineData("int M(bool b) { nint p = 0; try { if (b) { p = Marshal.AllocHGlobal(9); if (Look(3)) return 1; } return 2; } finally { if (p != 0) Marshal.FreeHGlobal(p); } }")]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(9); if (p == 0) return 1; Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(9); if (Take(p)) return 1; Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(9); bool taken = Take(p); if (taken) return 1; Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(9); try { Look(p); } catch (IOException) { return 1; } Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("nint M(bool b) { nint p = Marshal.AllocHGlobal(9); if (b) return p; Marshal.FreeHGlobal(p); return 2; }")]
    [InlineData("int M(bool b) { nint p = 0; if (b) { p = Marshal.AllocHGlobal(9); } if (!b) return 1; Marshal.FreeHGlobal(p); return 2; }")]
    public async Task FreedBeforeEveryReturn_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9; }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); Missing(p); }")]
    [InlineData("void M() { nint p = Marshal.AllocHGlobal(9); p.Missing = Marshal.")]
    [InlineData("Missing M() { return Marshal.AllocHGlobal(); }")]
    [InlineData("void M() { Missing p = Marshal.AllocHGlobal(9); return p; }")]
    public async Task BrokenCode_IsSilent(string member) => await Verify(member, allowErrors: true);

    [Theory]
    [InlineData("void M() { nint p = Marshal.StringToHGlobalUni(null); Look(p); }")]
    [InlineData("int M() { nint p = Marshal.AllocHGlobal(9); Look(p); throw new Exception(); }")]
    [InlineData("void M(Allocator a) { nint p = a.AllocHGlobal(9); Look(p); }")]
    [InlineData("void M() { byte* p = stackalloc byte[9]; *p = 1; }")]
    public async Task NothingToFree_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("Marshal.AllocHGlobal(4096)", "'Marshal.AllocHGlobal' is freed on no path, so each such call loses 4,096 bytes that no garbage collector frees; call 'Marshal.FreeHGlobal' after its last use")]
    [InlineData("Marshal.AllocCoTaskMem(n)", "'Marshal.AllocCoTaskMem' is freed on no path, so each such call loses a block that no garbage collector frees; call 'Marshal.FreeCoTaskMem' after its last use")]
    [InlineData("(nint)NativeMemory.Alloc(100, 8)", "'NativeMemory.Alloc' is freed on no path, so each such call loses 800 bytes that no garbage collector frees; call 'NativeMemory.Free' after its last use")]
    [InlineData("(nint)NativeMemory.AlignedAlloc(size, 8)", "'NativeMemory.AlignedAlloc' is freed on no path, so each such call loses 64 bytes that no garbage collector frees; call 'NativeMemory.AlignedFree' after its last use")]
    public async Task Message_SaysWhatIsLost(string call, string message)
    {
        string marked = call.StartsWith("(nint)", StringComparison.Ordinal) ? $"(nint)[|{call[6..]}|]" : $"[|{call}|]";
        ImmutableArray<Diagnostic> diagnostics =
            await Verify($"void M(int n) {{ const uint size = 64; nint p = {marked}; Look(p); _ = size; }}");
        Assert.Equal($"The block from {message}", Assert.Single(diagnostics).GetMessage(null));
    }

    [Fact]
    public async Task Message_NamesTheLineThatLeaves()
    {
        ImmutableArray<Diagnostic> diagnostics = await Verify("""
            int M(bool b)
            {
                nint p = [|Marshal.AllocHGlobal(9)|];
                if (b)
                    return 1;
                Marshal.FreeHGlobal(p);
                return 2;
            }
            """);
        string message = Assert.Single(diagnostics).GetMessage(null);
        Assert.Contains("is not freed where line 19 leaves", message, StringComparison.Ordinal);
        Assert.EndsWith("call 'Marshal.FreeHGlobal' before that line too", message, StringComparison.Ordinal);
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(string member, bool allowErrors = false) => Verifier.VerifyAsync("FG4001", $$"""
        #nullable disable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;

        #pragma warning disable CS9123
        unsafe class C
        {
            nint _field;
            nint _memory;
        {{member}}
            static void Look(nint p) => Marshal.WriteInt32(p, 1);
            static void Look(int* p) => *p = 1;
            static bool Look(int n) => n > 2;
            static void LookDeeper(nint p) => Look(p);
            static bool Take(nint p) => Marshal.ReadInt32(p) > 0;
            static void Done(nint p) => Marshal.FreeHGlobal(p);
            void Keep(nint p) => _field = p;
            static void Change(ref int p) => p = 1;
            static void Change(ref nint p) => p = Marshal.ReAllocHGlobal(p, 200);
            static void Change(nint* p) => *p = Marshal.ReAllocHGlobal(*p, 200);
            [DllImport("n")] static extern void Borrow(nint p);
            [DllImport("n")] static extern void Fill(nint p);
            [DllImport("n")] static extern void SetBuffer(nint p);
            [DllImport("n")] static extern void RegisterBuffer(nint p);
            [DllImport("n")] static extern void lib_set_buffer(nint p);
            [DllImport("n")] static extern void lib_free(nint p);
        }

        struct Pair { public int First; public int Second; }
        struct Buffer { public nint Start; }
        abstract class Allocator { public abstract nint AllocHGlobal(int n); }

        class Safe : SafeHandle
        {
            public Safe(nint p) : base(p, true) { }
            public override bool IsInvalid => false;
            public void Take(nint p) => SetHandle(p);
            protected override bool ReleaseHandle() => true;
        }
        """, allowErrors: allowErrors);
}
