using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.GcHeap;

public class KeepShortLivedArraysOffThePinnedHeapTests
{
    [Theory]
    [InlineData("int M() { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; return b[0]; }")]
    [InlineData("int M(int n) { var b = [|GC.AllocateUninitializedArray<int>(n, pinned: true)|]; return b.Length; }")]
    [InlineData("int M(bool pin) { var b = [|GC.AllocateUninitializedArray<int>(9, pin || true)|]; return b.Length; }")]
    [InlineData("int M(Stream s) => s.Read([|GC.AllocateArray<byte>(99, true)|], 0, 9);")]
    [InlineData("void M() { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; Native((nint)Unsafe.AsPointer(ref b[0])); }")]
    [InlineData("void M() { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; Native(Marshal.UnsafeAddrOfPinnedArrayElement(b, 0)); }")]
    [InlineData("void M() { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; fixed (byte* p = b) Native((nint)p); }")]
    [InlineData("void M(Stream[] all) { foreach (Stream s in all) { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; s.Read(b); } }")]
    [InlineData("async Task M(Stream s) { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; s.Read(b); await Task.Yield(); }")]
    [InlineData("string M() { var b = [|GC.AllocateArray<char>(99, pinned: true)|]; for (int i = 0; i < b.Length; i++) b[i] = 'x'; return new string(b); }")]
    [InlineData("byte[] M() { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; return b.AsSpan(0, 9).ToArray(); }")]
    [InlineData("Action M() => () => { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; b[0] = 1; };")]
    public async Task DiesInTheMethod_Reports(string member)
    {
        Diagnostic found = Assert.Single(await Verify(member));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Theory]
    [InlineData("int M() { var b = GC.AllocateArray<byte>(99); return b[0]; }")]
    [InlineData("int M() { var b = GC.AllocateArray<byte>(99, pinned: false); return b[0]; }")]
    [InlineData("int M() { var b = new byte[99]; return b[0]; }")]
    [InlineData("byte[] M() { var b = GC.AllocateArray<byte>(99, pinned: true); return b; }")]
    [InlineData("byte[] M() => GC.AllocateArray<byte>(99, pinned: true);")]
    [InlineData("Memory<byte> M() { var b = GC.AllocateArray<byte>(99, pinned: true); return b; }")]
    [InlineData("Memory<byte> M() => new(GC.AllocateArray<byte>(99, pinned: true), 0, 9);")]
    [InlineData("(byte[] B, int N) M() { var b = GC.AllocateArray<byte>(99, pinned: true); return (b, 1); }")]
    [InlineData("byte[] _b = GC.AllocateArray<byte>(99, pinned: true);")]
    [InlineData("static readonly byte[] B = GC.AllocateArray<byte>(99, pinned: true);")]
    [InlineData("byte[] _b; C() { var b = GC.AllocateArray<byte>(99, pinned: true); _b = b; }")]
    [InlineData("byte[] _b; byte[] M() => _b ??= GC.AllocateArray<byte>(99, pinned: true);")]
    [InlineData("void M(Queue<byte[]> q) { var b = GC.AllocateArray<byte>(99, pinned: true); q.Enqueue(b); }")]
    [InlineData("void M() { var b = GC.AllocateArray<byte>(99, pinned: true); Actions += () => b[0] = 1; }")]
    [InlineData("void M(ref byte[] b) { b = GC.AllocateArray<byte>(99, pinned: true); b[0] = 1; }")]
    [InlineData("void M() { var b = GC.AllocateArray<byte>(99, pinned: true); Array.Resize(ref b, 3); }")]
    [InlineData("void M() { var b = GC.AllocateArray<byte>(99, pinned: true); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("object M() { var b = GC.AllocateArray<byte>(99, pinned: true); return new MemoryStream(b); }")]
    [InlineData("void M(SocketAsyncEventArgs a) { var b = GC.AllocateArray<byte>(99, pinned: true); a.SetBuffer(b, 0, 9); }")]
    [InlineData("ArraySegment<byte> M() { var b = GC.AllocateArray<byte>(99, pinned: true); ArraySegment<byte> v = new(b, 0, 9); return v; }")]
    [InlineData("byte[] M() { var b = GC.AllocateArray<byte>(99, pinned: true); var t = b; b = null; return t; }")]
    [InlineData("Span<byte> M() { Span<byte> v = GC.AllocateArray<byte>(99, pinned: true); return v; }")]
    public async Task KeptOrNotPinned_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M(Socket s) { var b = GC.AllocateArray<byte>(99, pinned: true); while (s.Receive(b) > 0) { } }")]
    [InlineData("void M(Socket s) { var b = GC.AllocateArray<byte>(99, pinned: true); while (true) s.Receive(b); }")]
    [InlineData("void M(Socket s) { var b = GC.AllocateArray<byte>(99, pinned: true); for (;;) s.Receive(b); }")]
    [InlineData("void M(IEnumerable<Socket> all) { var b = GC.AllocateArray<byte>(99, pinned: true); foreach (Socket s in all) s.Receive(b); }")]
    [InlineData("async Task M(Socket s) { var b = GC.AllocateArray<byte>(99, pinned: true); await s.ReceiveAsync(b); }")]
    [InlineData("async Task M(Socket s) { Memory<byte> b = GC.AllocateArray<byte>(99, pinned: true); await s.ReceiveAsync(b); }")]
    [InlineData("void M() { var b = GC.AllocateArray<byte>(99, pinned: true); Run(b); } void Run(byte[] b) { while (true) b[0] = 1; }")]
    [InlineData("void M() { var b = GC.AllocateArray<byte>(99, pinned: true); var p = (byte*)Unsafe.AsPointer(ref b[0]); while (true) *p = 1; }")]
    [InlineData("void M(Socket s) { var b = GC.AllocateArray<byte>(99, pinned: true); Span<byte> v = b; do { } while (s.Receive(v) > 0); }")]
    [InlineData("void M(Action<byte[]> run) { var b = GC.AllocateArray<byte>(99, pinned: true); run(b); }")]
    [InlineData("static void Main() { var b = GC.AllocateArray<byte>(99, pinned: true); b[0] = 1; }")]
    public async Task MayBeUsedForLong_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("int M() { var b = GC.AllocateArray<Missing>(99, pinned: true); return b; }")]
    [InlineData("int M() { missing = GC.AllocateArray<byte>(99, pinned: true); }")]
    [InlineData("int M() { var b = GC.AllocateArray<byte>(99, pinned: true; }")]
    public async Task BrokenCode_IsSilent(string member) => await Verify(member, allowErrors: true);

    [Theory]
    [InlineData("int M() { var b = [|GC.AllocateArray<byte>(99, pinned: true)|]; return b[0]; }", "The array of 123 bytes on the pinned heap dies when the method ends, ")]
    [InlineData("int M(int n) { var b = [|GC.AllocateArray<byte>(n, pinned: true)|]; return b[0]; }", "The array on the pinned heap dies when the method ends, ")]
    [InlineData("void M(int n) { while (n-- > 0) { var b = [|GC.AllocateArray<int>(100, pinned: true)|]; b[0] = 1; } }", "The array of 424 bytes on the pinned heap dies in each iteration of the loop, ")]
    public async Task Message_SaysHowMuchAndWhen(string member, string start) =>
        Assert.StartsWith(start, Assert.Single(await Verify(member)).GetMessage(null), StringComparison.Ordinal);

    [Fact]
    public async Task TopLevelStatements_AreSilent() => Assert.Empty(await Verifier.RunAsync(
        RuleCatalogue.AnalyzerOf("FG3005"),
        ["var b = System.GC.AllocateArray<byte>(99, pinned: true); b[0] = 1;"],
        allowErrors: true));

    private static Task<ImmutableArray<Diagnostic>> Verify(string member, bool allowErrors = false) =>
        Verifier.VerifyAsync(
            "FG3005",
            $$"""
            #nullable disable
            using System;
            using System.Buffers;
            using System.Collections.Generic;
            using System.IO;
            using System.Net.Sockets;
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using System.Threading.Tasks;

            {{(member.Contains("await ", StringComparison.Ordinal) ? "" : "unsafe ")}}class C
            {
                [DllImport("native")] static extern void Native(nint address);
                static event Action Actions;
                {{member}}
            }
            """,
            allowErrors: allowErrors);
}
