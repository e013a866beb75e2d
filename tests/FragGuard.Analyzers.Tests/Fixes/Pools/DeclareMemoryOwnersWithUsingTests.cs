using System.Threading.Tasks;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class DeclareMemoryOwnersWithUsingTests
{
    [Theory]
    [InlineData("int M(Stream s) {", "var o = ", " return s.Read(o.Memory.Span); }")]
    [InlineData("void M() {", "IMemoryOwner<byte> o = ", " o.Memory.Span.Clear(); }")]
    [InlineData("void M() {", "var o = ", " o.Memory.Span[0] = 1; o.Memory.Span[1]++; }")]
    [InlineData("async Task<int> M(Stream s) {", "var o = ", " return await s.ReadAsync(o.Memory); }")]
    [InlineData("async Task<int> M(Stream s) {", "var o = ", " return await s.ReadAsync(o.Memory.Slice(0, 5)).ConfigureAwait(false); }")]
    [InlineData("void M(Log l) {", "var o = ", " l.Add(o.Memory.Span).Add(o.Memory.Span); }")]
    [InlineData("void M() {", "var o = ", " o.Memory.Span.Slice(1); }")]
    [InlineData("byte M() {", "var o = ", " Memory<byte> m = o.Memory; Span<byte> s = m.Span; return s[0]; }")]
    [InlineData("string M() { if (true) {", "var o = ", " return new string('a', o.Memory.Length); } }")]
    public async Task UsedInItsBlock_IsFixed(string before, string declaration, string after) =>
        await FixVerifier.FixesAsync<DeclareMemoryOwnersWithUsing>(
            "FG2015",
            InClass($"{before} /* why */ {declaration}[|MemoryPool<byte>.Shared.Rent(10)|];{after}"),
            InClass($"{before} /* why */ using {declaration}MemoryPool<byte>.Shared.Rent(10);{after}"));

    [Theory]
    [InlineData("Task<int> M(Stream s) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; return s.ReadAsync(o.Memory).AsTask(); }")]
    [InlineData("void M(Stream s) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; s.WriteAsync(o.Memory); }")]
    [InlineData("void M(Stream s) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; var t = s.WriteAsync(o.Memory); t.AsTask().Wait(); }")]
    [InlineData("void M(Stream s) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; Begin(s, o.Memory); }")]
    [InlineData("int M() => [|MemoryPool<byte>.Shared.Rent(10)|].Memory.Length;")]
    [InlineData("void M() { IMemoryOwner<byte> o; o = [|MemoryPool<byte>.Shared.Rent(10)|]; o.Memory.Span.Clear(); }")]
    [InlineData("void M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; o = MemoryPool<byte>.Shared.Rent(20); o.Dispose(); }")]
    [InlineData("void M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; Look(o); }")]
    [InlineData("void M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; var t = o; t.Memory.Span.Clear(); }")]
    [InlineData("byte M(bool b) { Memory<byte> m = default; if (b) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; m = o.Memory; } return m.Span[0]; }")]
    [InlineData("void M(int n) { switch (n) { case 1: var o = [|MemoryPool<byte>.Shared.Rent(10)|]; o.Memory.Span.Clear(); break; } }")]
    [InlineData("void M() { var a = [|MemoryPool<byte>.Shared.Rent(10)|]; goto end; end: a.Memory.Span.Clear(); }")]
    public async Task UsedElsewhereOrLater_IsNotOffered(string member) =>
        await FixVerifier.OffersNothingAsync<DeclareMemoryOwnersWithUsing>("FG2015", InClass(member));

    private static string InClass(string member) => $$"""
        using System;
        using System.Buffers;
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            {{member}}
            sealed class Log { int _sum; public Log Add(ReadOnlySpan<byte> s) { _sum += s[0]; return this; } }
            static IAsyncResult Begin(Stream s, Memory<byte> m) => s.WriteAsync(m).AsTask();
            static void Look(IMemoryOwner<byte> o) => o.Memory.Span.Clear();
        }
        """;
}
