using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class DisposeEveryMemoryOwnerTests
{
    [Theory]
    [InlineData("int M(Stream s) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; return s.Read(o.Memory.Span); }")]
    [InlineData("async Task<int> M(Stream s) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; return await s.ReadAsync(o.Memory); }")]
    [InlineData("int M() => [|MemoryPool<byte>.Shared.Rent(10)|].Memory.Length;")]
    [InlineData("void M() { [|MemoryPool<byte>.Shared.Rent()|].Memory.Span.Clear(); }")]
    [InlineData("void M(MemoryPool<int> pool) { IMemoryOwner<int> o = [|pool.Rent(5)|]; o.Memory.Span[0] = 1; }")]
    [InlineData("void M(Own pool) { using (var a = pool.Rent(5)) { } var b = [|pool.Rent(5)|]; b.Memory.Span[0] = 1; }")]
    [InlineData("void M(OtherPool pool) { var o = [|pool.Rent(5)|]; o.Memory.Span[0] = 1; }")]
    [InlineData("void M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; o = MemoryPool<byte>.Shared.Rent(20); o.Dispose(); }")]
    [InlineData("void M() { while (true) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; Look(o); } }")]
    [InlineData("void M() { LookDeeper([|MemoryPool<byte>.Shared.Rent(10)|]); }")]
    [InlineData("Action M() => () => { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; Look(o); };")]
    [InlineData("void M() { void F() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; Look(o); } F(); }")]
    [InlineData("int P { get { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; return o.Memory.Span[0]; } }")]
    [InlineData("IEnumerable<byte> M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; yield return o.Memory.Span[0]; }")]
    [InlineData("byte[] M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; return o.Memory.ToArray(); }")]
    [InlineData("string M() { var o = [|MemoryPool<char>.Shared.Rent(10)|]; return new string(o.Memory.Span); }")]
    [InlineData("void M() { var o = [|StaticPool.Rent(5)|]; o.Memory.Span[0] = 1; }")]
    [InlineData("void M(StaticPool pool) { var o = [|pool.Rent()|]; o.Memory.Span[0] = 1; }")]
    [InlineData("int M(bool b) { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; if (b) return 1; Look(o); return 2; }")]
    [InlineData("void M() { var o = [|MemoryPool<byte>.Shared.Rent(10)|]; try { Look(o); } finally { o.Memory.Span.Clear(); } }")]
    public async Task NeverDisposed_Reports(string member) => await Verify(member);

    [Theory]
    [InlineData("int M(Stream s) { using var o = MemoryPool<byte>.Shared.Rent(10); return s.Read(o.Memory.Span); }")]
    [InlineData("async Task<int> M(Stream s) { using var o = MemoryPool<byte>.Shared.Rent(10); return await s.ReadAsync(o.Memory); }")]
    [InlineData("int M() { using (var o = MemoryPool<byte>.Shared.Rent(10)) return o.Memory.Length; }")]
    [InlineData("int M() { using (MemoryPool<byte>.Shared.Rent(10)) return 1; }")]
    [InlineData("void M(MemoryPool<int> pool) { IMemoryOwner<int> o = pool.Rent(5); o.Memory.Span[0] = 1; o.Dispose(); }")]
    [InlineData("void M(Own pool) { IDisposable o = pool.Rent(5); o.Dispose(); }")]
    [InlineData("void M(OtherPool pool) { var o = pool.Rent(5); o.Dispose(); }")]
    [InlineData("void M() { IMemoryOwner<byte>? o = null; try { o = MemoryPool<byte>.Shared.Rent(10); } finally { o?.Dispose(); } }")]
    [InlineData("void M() { while (true) { using var o = MemoryPool<byte>.Shared.Rent(10); Look(o); } }")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); var t = o; o = null; t.Dispose(); }")]
    [InlineData("void M() { MemoryPool<byte>.Shared.Rent(10).Dispose(); }")]
    [InlineData("void M(object o) { o = MemoryPool<byte>.Shared.Rent(10); (o as IDisposable)?.Dispose(); }")]
    [InlineData("void M(object o) { o = MemoryPool<byte>.Shared.Rent(10); if (o is IDisposable d) d.Dispose(); }")]
    [InlineData("void M(Stream s) { IMemoryOwner<byte> o = null; try { while (s.CanRead) { o = MemoryPool<byte>.Shared.Rent(10); var t = o; o = null; t.Dispose(); s.Flush(); } } finally { o?.Dispose(); } }")]
    [InlineData("void M(Stream s) { var o = MemoryPool<byte>.Shared.Rent(10); Span<byte> v = o.Memory.Span; s.Write(v); o.Dispose(); }")]
    [InlineData("string M() { var o = MemoryPool<char>.Shared.Rent(10); var t = new string(o.Memory.Span); o.Dispose(); return t; }")]
    public async Task Disposed_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("int M(bool b) { var o = MemoryPool<byte>.Shared.Rent(10); if (b) return 1; o.Dispose(); return 2; }")]
    [InlineData("void M(bool b) { var o = MemoryPool<byte>.Shared.Rent(10); if (b) o.Dispose(); }")]
    public async Task DisposedOnSomePath_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("IMemoryOwner<byte> M() => MemoryPool<byte>.Shared.Rent(10);")]
    [InlineData("IMemoryOwner<byte> M() { var o = MemoryPool<byte>.Shared.Rent(10); o.Memory.Span.Clear(); return o; }")]
    [InlineData("Memory<byte> M() { var o = MemoryPool<byte>.Shared.Rent(10); return o.Memory; }")]
    [InlineData("(IMemoryOwner<byte>, int) M(int n) { var o = MemoryPool<byte>.Shared.Rent(n); return (o, n); }")]
    [InlineData("Holder M() => new(MemoryPool<byte>.Shared.Rent(10));")]
    [InlineData("Holder M() => new() { Owner = MemoryPool<byte>.Shared.Rent(10) };")]
    [InlineData("void M() => _owner = MemoryPool<byte>.Shared.Rent(10);")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); _memory = o.Memory; }")]
    [InlineData("void M(out IMemoryOwner<byte> o) => o = MemoryPool<byte>.Shared.Rent(10);")]
    [InlineData("void M(List<IMemoryOwner<byte>> all) => all.Add(MemoryPool<byte>.Shared.Rent(10));")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); Task.Run(() => o.Dispose()); }")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); Done(o); }")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); Grow(ref o); o.Dispose(); }")]
    [InlineData("IMemoryOwner<byte> _eager = MemoryPool<byte>.Shared.Rent(10);")]
    [InlineData("void M(Action<IMemoryOwner<byte>> keep) => keep(MemoryPool<byte>.Shared.Rent(10));")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); Opaque(o); } static void Opaque(object o) { }")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); Any(o); } static void Any<T>(T o) { }")]
    [InlineData("interface ISink { void Put(IMemoryOwner<byte> o); } void M(ISink sink) => sink.Put(MemoryPool<byte>.Shared.Rent(10));")]
    [InlineData("async Task<IMemoryOwner<byte>> M(Stream s) { var o = MemoryPool<byte>.Shared.Rent(10); await s.ReadAsync(o.Memory); return o; }")]
    [InlineData("ReadOnlySequence<byte> M() { var o = MemoryPool<byte>.Shared.Rent(10); return new(o.Memory); }")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10); var pair = (o, 1); pair.o.Dispose(); }")]
    [InlineData("ReadOnlyMemory<byte> M() { var o = MemoryPool<byte>.Shared.Rent(10); return o.Memory; }")]
    public async Task HandedOn_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("int M() { var o = MemoryPool<byte>.Shared.Rent(10); Look(o); throw new Exception(); }")]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(0); Look(o); }")]
    [InlineData("void M(ArrayPool<byte> pool) { var o = pool.Rent(10); o[0] = 1; }")]
    [InlineData("void M(Lender lender) { var o = lender.Rent(10); }")]
    [InlineData("void M(OtherPool pool) { var o = pool.Take(10); }")]
    public async Task NothingToDispose_IsSilent(string member) => await Verify(member);

    [Theory]
    [InlineData("void M() { var o = MemoryPool<byte>.Shared.Rent(10; }")]
    [InlineData("void M() { var o = MemoryPool<Missing>.Shared.Rent(10); }")]
    [InlineData("void M() { Missing(MemoryPool<byte>.Shared.Rent(10)); }")]
    [InlineData("Missing M() { var o = MemoryPool<byte>.Shared.Rent(10); return o.Missing }")]
    public async Task BrokenCode_IsSilent(string member) => await Verify(member, allowErrors: true);

    [Fact]
    public async Task PassedToAMethod_IsABorrowUnlessTheOptionSaysOtherwise()
    {
        await Verify("void M() => Look([|MemoryPool<byte>.Shared.Rent(10)|]);");
        await Verify("void M() => Look(MemoryPool<byte>.Shared.Rent(10));", option: "fragguard.ownership_transfer_at_method_call");
    }

    [Theory]
    [InlineData("MemoryPool<byte>.Shared", "byte", "1000", "1,024 bytes")]
    [InlineData("MemoryPool<int>.Shared", "int", "1000", "4,096 bytes")]
    [InlineData("MemoryPool<byte>.Shared", "byte", "n", "its block")]
    [InlineData("own", "int", "1000", "its block")]
    public async Task Message_SaysWhatIsLost(string pool, string element, string length, string loss)
    {
        ImmutableArray<Diagnostic> diagnostics = await Verify(
            $"void M(int n, Own own) {{ IMemoryOwner<{element}> o = [|{pool}.Rent({length})|]; o.Memory.Span.Clear(); }}");
        Assert.StartsWith(
            $"The memory owner rented from '{pool}' is disposed on no path, so every call leaves {loss} to the garbage collector",
            Assert.Single(diagnostics).GetMessage(null),
            StringComparison.Ordinal);
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(string member, bool allowErrors = false, string? option = null) => Verifier.VerifyAsync("FG2015", $$"""
        #nullable disable
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            IMemoryOwner<byte> _owner;
            Memory<byte> _memory;
            {{member}}
            static void Look(IMemoryOwner<byte> o) => o.Memory.Span[0]++;
            static void LookDeeper(IMemoryOwner<byte> o) => Look(o);
            static void Done(IMemoryOwner<byte> o) => o.Dispose();
            static void Grow(ref IMemoryOwner<byte> o) { o.Dispose(); o = MemoryPool<byte>.Shared.Rent(99); }
        }

        class Holder
        {
            public Holder() { }
            public Holder(IMemoryOwner<byte> o) => Owner = o;
            public IMemoryOwner<byte> Owner { get; set; }
        }

        abstract class Own : MemoryPool<int> { }

        abstract class OtherPool { public abstract Owner Rent(int n); public abstract Owner Take(int n); }

        abstract class StaticPool { public static extern Owner Rent(int n); public abstract Owner Rent(); }

        abstract class Owner : IMemoryOwner<int> { public abstract Memory<int> Memory { get; } public abstract void Dispose(); }

        abstract class Lender { public abstract Stream Rent(int n); }
        """, option is null ? null : ImmutableDictionary<string, string>.Empty.Add(option, "true"), allowErrors);
}
