using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.GcHeap;

public class PutLongPinnedArraysOnThePinnedHeapTests
{
    [Theory]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("byte[] _a; GCHandle _h; C(int n) { _a = new byte[n]; _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("byte[] _a; GCHandle _h; C(int n) { var a = new byte[n]; _a = a; _h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; }")]
    [InlineData("GCHandle _h = [|GCHandle.Alloc(new byte[99], GCHandleType.Pinned)|];")]
    [InlineData("static readonly int[] A = new int[99]; static readonly GCHandle H = [|GCHandle.Alloc(A, GCHandleType.Pinned)|];")]
    [InlineData("static byte[] _a; static GCHandle _h; static C() { _h = [|GCHandle.Alloc(_a = new byte[9], GCHandleType.Pinned)|]; }")]
    [InlineData("byte[] _a = new byte[99]; nint _p; C() { _p = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|].AddrOfPinnedObject(); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { var h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; _h = h; }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; } void Dispose() => _h.Free();")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; } ~C() { if (_h.IsAllocated) _h.Free(); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; void Start() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; } void Dispose() => _h.Free();")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; void Start() { if (!_h.IsAllocated) _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("byte[] _a = new byte[99]; MemoryHandle _h; C() { _h = [|_a.AsMemory().Pin()|]; }")]
    [InlineData("byte[] _a = new byte[99]; MemoryHandle _h; C() { _h = [|new Memory<byte>(_a).Pin()|]; }")]
    [InlineData("byte[] _a = new byte[99]; PinnedGCHandle<byte[]> _h; C() { _h = [|new PinnedGCHandle<byte[]>(_a)|]; }")]
    [InlineData("byte[] A { get; } = new byte[99]; GCHandle H { get; } C() { H = [|GCHandle.Alloc(A, GCHandleType.Pinned)|]; }")]
    [InlineData("Pair[] _a = new Pair[9]; GCHandle _h; C() => _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|];")]
    [InlineData("byte[] _a = { 1, 2 }; GCHandle _h; C() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; }")]
    [InlineData("class Inner { byte[] _a = new byte[9]; GCHandle _h; Inner() { _h = [|GCHandle.Alloc(_a, GCHandleType.Pinned)|]; } }")]
    public async Task PinnedForLife_Reports(string members) => await Verify(members);

    [Theory]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Normal); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = GCHandle.Alloc(_a); }")]
    [InlineData("byte[] _a = GC.AllocateArray<byte>(99, pinned: true); GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a = ArrayPool<byte>.Shared.Rent(99); GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a; GCHandle _h; C(byte[] a) { _a = a; _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C(byte[] a) { _a = a; _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("internal byte[] A = new byte[99]; GCHandle _h; C() { _h = GCHandle.Alloc(A, GCHandleType.Pinned); }")]
    [InlineData("GCHandle _h; C(byte[] a) { _h = GCHandle.Alloc(a, GCHandleType.Pinned); }")]
    [InlineData("GCHandle _h; C(Array a) { _h = GCHandle.Alloc(a, GCHandleType.Pinned); }")]
    [InlineData("object _a = new object(); GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("GCHandle _h; C() { _h = GCHandle.Alloc(\"text\", GCHandleType.Pinned); }")]
    [InlineData("byte[,] _a = new byte[9, 9]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("string[] _a = new string[9]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a = new byte[0]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("MemoryHandle _h; C(Memory<byte> m) { _h = m.Pin(); }")]
    public async Task NotAnOrdinaryArrayOfThisClass_IsSilent(string members) => await Verify(members);

    [Theory]
    [InlineData("byte[] _a = new byte[99]; void M() { var h = GCHandle.Alloc(_a, GCHandleType.Pinned); h.Free(); }")]
    [InlineData("byte[] _a = new byte[99]; C() { fixed (byte* p = _a) *p = 1; }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; void Start() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); } void Stop() => _h.Free();")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; void M() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); _h.Free(); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); _h.Free(); }")]
    [InlineData("byte[] _a = new byte[99]; MemoryHandle _h; void Start() { _h = _a.AsMemory().Pin(); } void Stop() => _h.Dispose();")]
    [InlineData("struct S { byte[] _a; GCHandle _h; S(int n) { _a = new byte[n]; _h = GCHandle.Alloc(_a, GCHandleType.Pinned); } }")]
    [InlineData("byte[] _a = new byte[99]; void M(Other o) { o.Handle = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle M() => GCHandle.Alloc(_a, GCHandleType.Pinned);")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; void Start() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); } void Stop() { var t = _h; _h = default; t.Free(); }")]
    [InlineData("byte[] _a = new byte[99]; GCHandle _h; void Start() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); } void Stop() => Free(ref _h); static void Free(ref GCHandle h) => h.Free();")]
    public async Task PinnedForAWhile_IsSilent(string members) => await Verify(members);

    [Theory]
    [InlineData("byte", 85_000)]
    [InlineData("long", 20_000)]
    public async Task LargeObject_IsSilent(string element, int length) =>
        await Verify($"{element}[] _a = new {element}[{length}]; GCHandle _h; C() {{ _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }}");

    [Theory]
    [InlineData("byte[] _a = new byte[; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("Missing[] _a = new Missing[9]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a = new byte[9]; GCHandle _h; C() { _missing = GCHandle.Alloc(_a, GCHandleType.Pinned); }")]
    [InlineData("byte[] _a = new byte[9]; GCHandle _h = GCHandle.Alloc(_a, ); }")]
    public async Task BrokenCode_IsSilent(string member) => await Verify(member, allowErrors: true);

    [Fact]
    public async Task Threshold_CanBeSet()
    {
        const string members = "byte[] _a = new byte[5000]; GCHandle _h; C() { _h = GCHandle.Alloc(_a, GCHandleType.Pinned); }";
        await Verify(members, new Dictionary<string, string>(StringComparer.Ordinal) { ["fragguard.loh_threshold"] = "5000" });
    }

    [Theory]
    [InlineData("byte", "4096", "The array of 4,096 bytes is pinned for as long as '_h' lives", "GC.AllocateArray<byte>(length, pinned: true)")]
    [InlineData("int", "100", "The array of 400 bytes is pinned for as long as '_h' lives", "GC.AllocateArray<int>(length, pinned: true)")]
    [InlineData("byte", "n", "The array is pinned for as long as '_h' lives", "GC.AllocateArray<byte>(length, pinned: true)")]
    public async Task Message_SaysHowMuchAndWhere(string element, string length, string start, string advice)
    {
        ImmutableArray<Diagnostic> diagnostics = await Verify(
            $"GCHandle _h; C(int n) {{ var a = new {element}[{length}]; _h = [|GCHandle.Alloc(a, GCHandleType.Pinned)|]; }}");
        string message = Assert.Single(diagnostics).GetMessage(null);
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(
        string members, IReadOnlyDictionary<string, string>? options = null, bool allowErrors = false) =>
        Verifier.VerifyAsync("FG3003", $$"""
            #nullable disable
            using System;
            using System.Buffers;
            using System.Runtime.InteropServices;

            unsafe class C
            {
                {{members}}
            }

            struct Pair { public int First; public int Second; }
            class Other { public GCHandle Handle; }
            """, options, allowErrors);
}
