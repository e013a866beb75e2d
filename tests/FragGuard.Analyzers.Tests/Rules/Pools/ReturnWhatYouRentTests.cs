using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class ReturnWhatYouRentTests
{
    [Fact]
    public async Task NeverReturned_Reports() => await Reports("""
        int M(Stream s)
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(1000)|];
            return s.Read(b, 0, b.Length);
        }
        """);

    [Fact]
    public async Task ReturnedAfterUse_IsSilent() => await Silent("""
        int M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(1000);
            int n = s.Read(b, 0, b.Length);
            ArrayPool<byte>.Shared.Return(b);
            return n;
        }
        """);

    [Fact]
    public async Task ResultDropped_Reports() => await Reports("""
        void M() => [|ArrayPool<byte>.Shared.Rent(1000)|];
        int N() => [|ArrayPool<byte>.Shared.Rent(1000)|].Length;
        """);

    [Fact]
    public async Task OverwrittenByAnotherRent_ReportsTheFirst() => await Reports("""
        void M()
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
            b = ArrayPool<byte>.Shared.Rent(20);
            ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Fact]
    public async Task RentedInEndlessLoop_Reports() => await Reports("""
        void M(Stream s)
        {
            while (true)
            {
                byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
                s.Write(b, 0, 10);
            }
        }
        """);

    [Fact]
    public async Task RentedOnceForEndlessLoop_IsSilent() => await Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            while (true)
                s.Write(b, 0, 10);
        }
        """);

    [Fact]
    public async Task ReturnedOnlyBeforeThrowing_Reports() => await Reports("""
        int M(Stream s)
        {
            byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
            try
            {
                return s.Read(b, 0, 10);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(b);
                throw;
            }
        }
        """);

    [Fact]
    public async Task ReturnedInCatchThatSwallows_IsSilent() => await Silent("""
        int M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            try
            {
                return s.Read(b, 0, 10);
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(b);
                return 0;
            }
        }
        """);

    [Fact]
    public async Task AllPathsThrow_IsSilent() => await Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            s.Write(b, 0, 10);
            throw new InvalidOperationException();
        }
        """);

    [Theory]
    [InlineData("finally { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("finally { if (b != null) ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("finally { try { s.Flush(); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("catch (IOException) { return 0; } finally { if (b is not null) ArrayPool<byte>.Shared.Return(b); }")]
    public async Task ReturnedInFinally_IsSilent(string end) => await Silent($$"""
        int M(Stream s)
        {
            byte[]? b = null;
            try
            {
                b = ArrayPool<byte>.Shared.Rent(1000);
                return s.Read(b, 0, b.Length);
            }
            {{end}}
        }
        """);

    [Theory]
    [InlineData("finally { s.Flush(); }")]
    [InlineData("finally { b = null; }")]
    [InlineData("finally { if (b != null) s.Flush(); }")]
    [InlineData("catch (IOException) { return 0; }")]
    public async Task NotReturnedInFinally_Reports(string end) => await Reports($$"""
        int M(Stream s)
        {
            byte[]? b = null;
            try
            {
                b = [|ArrayPool<byte>.Shared.Rent(1000)|];
                return s.Read(b, 0, b.Length);
            }
            {{end}}
        }
        """);

    [Fact]
    public async Task StackOrRent_IsSilentWhenReturned() => await Silent("""
        int M(ReadOnlySpan<char> text, int n)
        {
            byte[]? rented = null;
            Span<byte> b = n <= 256 ? stackalloc byte[256] : (rented = ArrayPool<byte>.Shared.Rent(n));
            int written = Encoding.UTF8.GetBytes(text, b);
            if (rented != null)
                ArrayPool<byte>.Shared.Return(rented);
            return written;
        }
        """);

    [Fact]
    public async Task StackOrRent_ReportsWhenNotReturned() => await Reports("""
        int M(ReadOnlySpan<char> text, int n)
        {
            Span<byte> b = n <= 256 ? stackalloc byte[256] : [|ArrayPool<byte>.Shared.Rent(n)|];
            return Encoding.UTF8.GetBytes(text, b);
        }
        """);

    [Fact]
    public async Task ReturnedOnOneBranchOnly_IsLeftToOtherRules() => await Silent("""
        void M(bool c)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            if (c)
                ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Theory]
    [InlineData("ArrayPool<byte>.Shared.Return(b); ArrayPool<byte>.Shared.Return(b);")]
    [InlineData("ArrayPool<byte>.Shared.Return(b); b[0] = 1;")]
    [InlineData("try { ArrayPool<byte>.Shared.Return(b); s.Flush(); } catch { ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("_field = b; ArrayPool<byte>.Shared.Return(b);")]
    public async Task ReturnedTooOftenOrTooEarly_IsLeftToOtherRules(string end) => await Silent($$"""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            s.Write(b, 0, 10);
            {{end}}
        }
        """);

    [Theory]
    [InlineData("_field = b;")]
    [InlineData("Property = b;")]
    [InlineData("_arrays[0] = b;")]
    [InlineData("_list.Add(b);")]
    [InlineData("_byName[\"a\"] = b;")]
    [InlineData("o = b;")]
    [InlineData("r = b;")]
    [InlineData("Grow(ref b);")]
    [InlineData("later = () => b[0];")]
    [InlineData("_holder = new Holder(b);")]
    [InlineData("_holder = new() { Bytes = b };")]
    [InlineData("var pair = (b, 1);")]
    [InlineData("byte[][] all = [b];")]
    [InlineData("var all = new[] { b };")]
    [InlineData("Interlocked.Exchange(ref _field, b);")]
    [InlineData("ThreadPool.QueueUserWorkItem(state => { }, b);")]
    [InlineData("_memory = b;")]
    [InlineData("_memory = b.AsMemory(0, 5).Slice(1);")]
    [InlineData("_segment = new ArraySegment<byte>(b, 0, 5);")]
    [InlineData("_stream = new MemoryStream(b);")]
    [InlineData("ref byte[] same = ref b; ArrayPool<byte>.Shared.Return(same);")]
    [InlineData("dynamic d = this; d.Keep(b);")]
    [InlineData("args.SetBuffer(b, 0, 10);")]
    [InlineData("keep(b);")]
    [InlineData("GC.KeepAlive(b);")]
    [InlineData("Any(b); static void Any<T>(T x) { }")]
    [InlineData("void Give() => ArrayPool<byte>.Shared.Return(b); Give();")]
    [InlineData("IDisposable d = new Holder(b);")]
    public async Task Escapes_IsSilent(string escape) => await Silent($$"""
        void M(SocketAsyncEventArgs args, Action<byte[]> keep, out byte[] o, ref byte[] r)
        {
            Func<byte> later = () => 0;
            o = [];
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{escape}}
        }
        """);

    [Theory]
    [InlineData("byte[] same = b;")]
    [InlineData("b[0] = 1;")]
    [InlineData("s.Write(b, 0, 10);")]
    [InlineData("s.Write(b);")]
    [InlineData("s.Write(b.AsSpan(0, 10));")]
    [InlineData("s.Write(new ReadOnlySpan<byte>(b, 0, 10));")]
    [InlineData("Span<byte> view = b; view[0] = 1; view[1..].Clear();")]
    [InlineData("_name = Encoding.UTF8.GetString(b, 0, 10);")]
    [InlineData("_field = b.AsSpan(0, 10).ToArray();")]
    [InlineData("_field = b.AsMemory(0, 10).ToArray();")]
    [InlineData("_field = b[..10];")]
    [InlineData("_count = b.Length;")]
    [InlineData("foreach (byte x in b) _count += x;")]
    [InlineData("unsafe { fixed (byte* p = b) *p = 1; }")]
    [InlineData("using var ms = new MemoryStream(b); ms.WriteByte(1);")]
    [InlineData("Array.Clear(b, 0, 10);")]
    [InlineData("if (b is { Length: > 5 } c) c[0] = 1;")]
    [InlineData("Look(b);")]
    [InlineData("LookDeeper(b);")]
    [InlineData("if (b == null) return;")]
    [InlineData("later = () => 1;")]
    [InlineData("byte[]? gone = b; gone = null;")]
    [InlineData("lock (s) s.Write(b, 0, 1);")]
    public async Task OnlyBorrowed_Reports(string borrow) => await Reports($$"""
        void M(Stream s)
        {
            Func<byte> later = () => 0;
            byte[] b = [|ArrayPool<byte>.Shared.Rent(10)|];
            {{borrow}}
        }
        """);

    [Theory]
    [InlineData("GiveBack(b);")]
    [InlineData("Done(b);")]
    [InlineData("DoneDeeper(b);")]
    [InlineData("b.DoneByExtension();")]
    [InlineData("Keep(b);")]
    [InlineData("KeepView(b);")]
    [InlineData("KeepMemory(b);")]
    [InlineData("KeepMemory(b.AsMemory());")]
    [InlineData("Local(b); void Local(byte[] x) => ArrayPool<byte>.Shared.Return(x);")]
    [InlineData("ArrayPool<byte>.Shared.Return(Same(b));")]
    [InlineData("Defer(b);")]
    public async Task PassedToMethodThatTakesOver_IsSilent(string call) => await Silent($$"""
        void M()
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            {{call}}
        }
        """);

    [Theory]
    [InlineData("One(b);", true)]
    [InlineData("Zero(b);", false)]
    public async Task LookedAtDeepInside_IsFollowedFourCallsDeep(string call, bool isFollowed)
    {
        string member = $$"""
            void M() { var b = {0}; {{call}} }
            static void Zero(byte[] b) => One(b);
            static void One(byte[] b) => Two(b);
            static void Two(byte[] b) => Three(b);
            static void Three(byte[] b) => Four(b);
            static void Four(byte[] b) => b[0]++;
            """;
        await (isFollowed
            ? Reports(member.Replace("{0}", "[|ArrayPool<byte>.Shared.Rent(5)|]", StringComparison.Ordinal))
            : Silent(member.Replace("{0}", "ArrayPool<byte>.Shared.Rent(5)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PassedToMethod_IsBorrowUnlessTheOptionSaysOtherwise()
    {
        const string passed = "void M(Stream s) => s.Write({0}, 0, 10);";
        await Reports(string.Format(null, passed, "[|ArrayPool<byte>.Shared.Rent(10)|]"));
        await Silent(
            string.Format(null, passed, "ArrayPool<byte>.Shared.Rent(10)"),
            ImmutableDictionary<string, string>.Empty.Add("fragguard.ownership_transfer_at_method_call", "true"));
    }

    [Theory]
    [InlineData("byte[] M() => ArrayPool<byte>.Shared.Rent(10);")]
    [InlineData("byte[] M() { var b = ArrayPool<byte>.Shared.Rent(10); b[0] = 1; return b; }")]
    [InlineData("Memory<byte> M() { var b = ArrayPool<byte>.Shared.Rent(10); return b.AsMemory(0, 5); }")]
    [InlineData("Span<byte> M() => ArrayPool<byte>.Shared.Rent(10);")]
    [InlineData("Span<byte> M() { var b = ArrayPool<byte>.Shared.Rent(10); return b.AsSpan(0, 5); }")]
    [InlineData("(byte[], int) M() => (ArrayPool<byte>.Shared.Rent(10), 10);")]
    [InlineData("async Task<byte[]> M(Stream s) { var b = ArrayPool<byte>.Shared.Rent(10); await s.ReadAsync(b); return b; }")]
    [InlineData("IEnumerable<byte[]> M() { yield return ArrayPool<byte>.Shared.Rent(10); }")]
    [InlineData("ArraySegment<byte> M() { var b = ArrayPool<byte>.Shared.Rent(10); return new(b, 0, 5); }")]
    [InlineData("Holder M() => Holder.Of(ArrayPool<byte>.Shared.Rent(10));")]
    [InlineData("byte[] _eager = ArrayPool<byte>.Shared.Rent(10);")]
    [InlineData("Func<byte[]> M() => () => ArrayPool<byte>.Shared.Rent(10);")]
    [InlineData("bool M(out byte[] b) { b = ArrayPool<byte>.Shared.Rent(10); return true; }")]
    public async Task BecomesTheResult_IsSilent(string member) => await Silent(member);

    [Theory]
    [InlineData("int M(Stream s) { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; return s.Read(b); }")]
    [InlineData("async Task<int> M(Stream s) { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; return await s.ReadAsync(b); }")]
    [InlineData("Task<int> M(Stream s) => s.ReadAsync([|ArrayPool<byte>.Shared.Rent(10)|], 0, 10);")]
    [InlineData("IEnumerable<byte> M() { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; yield return b[0]; }")]
    [InlineData("Action M() => () => { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; b[0] = 1; };")]
    [InlineData("void M() { void F() { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; b[0] = 1; } F(); }")]
    [InlineData("int P { get { var b = [|ArrayPool<byte>.Shared.Rent(10)|]; return b[0]; } }")]
    [InlineData("int _first = [|ArrayPool<byte>.Shared.Rent(10)|].Length;")]
    [InlineData("C(int n) { var b = [|ArrayPool<byte>.Shared.Rent(n)|]; b[0] = 1; }")]
    [InlineData("string M(int n) { var b = [|ArrayPool<char>.Shared.Rent(n)|]; return new string(b, 0, n); }")]
    [InlineData("string M(int n) { char[] b = [|ArrayPool<char>.Create().Rent(n)|]; return b.AsSpan(0, n).ToString(); }")]
    [InlineData("void M(ArrayPool<int> pool) { var b = [|pool.Rent(5)|]; b[0]++; }")]
    [InlineData("void M(Own pool) { var b = [|pool.Rent(5)|]; b[0]++; }")]
    [InlineData("void M<T>(T x) { T[] b = [|ArrayPool<T>.Shared.Rent(5)|]; b[0] = x; }")]
    public async Task EveryKindOfBody_Reports(string member) => await Reports(member);

    [Theory]
    [InlineData("async Task M(Stream s) { var b = ArrayPool<byte>.Shared.Rent(10); try { await s.ReadAsync(b); } finally { ArrayPool<byte>.Shared.Return(b); } }")]
    [InlineData("IEnumerable<byte> M() { var b = ArrayPool<byte>.Shared.Rent(10); yield return b[0]; ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M(ArrayPool<int> pool) { var b = pool.Rent(5); b[0]++; pool.Return(b, clearArray: true); }")]
    [InlineData("void M(ArrayPool<int> pool) { var b = pool.Rent(5); pool.Return(clearArray: true, array: b); }")]
    [InlineData("void M(Own pool) { var b = pool.Rent(5); b[0]++; pool.Return(b); }")]
    [InlineData("void M(Stream? s) { var b = ArrayPool<byte>.Shared.Rent(10); s?.Write(b, 0, 1); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() { byte[]? b = null; b ??= ArrayPool<byte>.Shared.Rent(10); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("void M() => _field ??= ArrayPool<byte>.Shared.Rent(10);")]
    [InlineData("void M() => ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(10));")]
    [InlineData("void M() { var b = ArrayPool<byte>.Shared.Rent(0); }")]
    [InlineData("Action M() => () => { var b = ArrayPool<byte>.Shared.Rent(-1); };")]
    [InlineData("void M(object b) { b = ArrayPool<byte>.Shared.Rent(5); if (b is byte[] a) ArrayPool<byte>.Shared.Return(a); }")]
    [InlineData("void M() { var s = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent(5)); ArrayPool<byte>.Shared.Return(s.Array!); }")]
    public async Task EveryKindOfBody_IsSilentWhenReturned(string member) => await Silent(member);

    [Theory]
    [InlineData("C(int n) : this(ArrayPool<byte>.Shared.Rent(n)) { } C(byte[] b) => _field = b;")]
    [InlineData("C(int n) : base(ArrayPool<byte>.Shared.Rent(n)) { }")]
    public async Task PassedToTheOtherConstructor_IsSilent(string member) => await Silent(member);

    [Theory]
    [InlineData("C(int n) : this([|ArrayPool<byte>.Shared.Rent(n)|].Length, 0) { } C(int n, int m) { }")]
    [InlineData("C(int n) : this([|ArrayPool<byte>.Shared.Rent(n)|].AsSpan(0, 5)) { } C(Span<byte> s) => s.Clear();")]
    public async Task OnlyLookedAtForTheOtherConstructor_Reports(string member) => await Reports(member);

    [Theory]
    [InlineData("ISink sink", "sink.Consume")]
    [InlineData("Sink sink", "sink.Consume")]
    [InlineData("Generic<int> sink", "sink.Consume")]
    public async Task ImplementationThatReturns_IsSilent(string parameter, string call)
    {
        await Silent(Sinks($"void M({parameter}) => {call}(ArrayPool<byte>.Shared.Rent(5));", "ArrayPool<byte>.Shared.Return(b)"));
        await Reports(Sinks($"void M({parameter}) => {call}([|ArrayPool<byte>.Shared.Rent(5)|]);", "b[0]++"));
    }

    private static string Sinks(string member, string body) => $$"""
        {{member}}
        interface ISink { void Consume(byte[] b); }
        class Implementing : ISink { void Other(int b) { } public void Consume(byte[] b) => {{body}}; }
        abstract class Sink { public abstract void Consume(byte[] b); }
        class Overriding : Sink { public override void Consume(byte[] b) => {{body}}; }
        class Generic<T> { public virtual void Consume(byte[] b) { } }
        class Deep<T> : Generic<T> { public override void Consume(byte[] b) { } }
        class Deeper : Deep<int> { public override void Consume(byte[] b) => {{body}}; }
        """;

    [Theory]
    [InlineData("Put")]
    [InlineData("Store")]
    [InlineData("TryReturn")]
    [InlineData("KeepFor")]
    public async Task PassedToMethodWithoutSourceNamedSo_IsSilent(string name) => await Silent($$"""
        interface ISink { void {{name}}(byte[] b); }
        void M(ISink sink) => sink.{{name}}(ArrayPool<byte>.Shared.Rent(5));
        """);

    [Theory]
    [InlineData("Puts")]
    [InlineData("Send")]
    public async Task PassedToMethodWithoutSourceNamedOtherwise_Reports(string name) => await Reports($$"""
        interface ISink { void {{name}}(byte[] b); }
        void M(ISink sink) => sink.{{name}}([|ArrayPool<byte>.Shared.Rent(5)|]);
        """);

    [Fact]
    public async Task GrownInLoop_IsSilent() => await Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            int n = 0;
            while ((n += s.Read(b, n, b.Length - n)) == b.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(b.Length * 2);
                b.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(b);
                b = larger;
            }

            ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Fact]
    public async Task HandedOffInLoopWithTry_IsSilent() => await Silent("""
        void M(Stream s)
        {
            byte[]? b = null;
            try
            {
                for (int i = 0; i < 5; i++)
                {
                    b = ArrayPool<byte>.Shared.Rent(10);
                    s.Write(b, 0, 10);
                    byte[] t = b;
                    b = null;
                    ArrayPool<byte>.Shared.Return(t);
                }
            }
            finally
            {
                if (b != null)
                    ArrayPool<byte>.Shared.Return(b);
            }
        }
        """);

    [Fact]
    public async Task GrownByRefThenReturned_IsSilent() => await Silent("""
        void M(Stream s)
        {
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            while (s.Read(b, 0, b.Length) == b.Length)
                Grow(ref b);
            ArrayPool<byte>.Shared.Return(b);
        }
        """);

    [Theory]
    [InlineData("static byte[] Get(int n) => ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("static byte[] Get(int n) { var b = ArrayPool<byte>.Shared.Rent(n); b[0] = 1; return b; }")]
    [InlineData("static byte[] Get(int n) { if (n < 0) throw new ArgumentException(); return Deeper(n); } static byte[] Deeper(int n) => ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("[Rents] static extern byte[] Get(int n); class RentsAttribute : Attribute;")]
    [InlineData("[return: Rents] static extern byte[] Get(int n); class RentsAttribute : Attribute;")]
    public async Task RentedByHelper_Reports(string helper) =>
        await Reports($$"""{{helper}} int M(Stream s, int n) { byte[] b = [|Get(n)|]; return s.Read(b); }""");

    [Theory]
    [InlineData("static byte[] Get(int n) => new byte[n];")]
    [InlineData("static byte[] Get(int n) => n < 5 ? new byte[n] : ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("static byte[] Get(int n) { if (n < 5) return []; return ArrayPool<byte>.Shared.Rent(n); }")]
    [InlineData("byte[] Get(int n) { var b = ArrayPool<byte>.Shared.Rent(n); _list.Add(b); return b; }")]
    [InlineData("byte[] Get(int n) { var b = ArrayPool<byte>.Shared.Rent(n); _field = b; return b; }")]
    [InlineData("byte[] Get(int n) => _field = ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("protected virtual byte[] Get(int n) => ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("static extern byte[] Get(int n);")]
    public async Task HelperThatKeepsOrMakes_IsSilent(string helper) =>
        await Silent($$"""{{helper}} int M(Stream s, int n) { byte[] b = Get(n); return s.Read(b); }""");

    [Theory]
    [InlineData("void Use([ReturnsToPool] byte[] b); void Look(byte[] b);")]
    [InlineData("void Use([TakesOwnership] byte[] b); void Look(byte[] b);")]
    public async Task AnnotatedParameter_IsSilent(string methods)
    {
        const string snippet = """
            interface ISink {{ {0} }}
            class ReturnsToPoolAttribute : Attribute;
            class TakesOwnershipAttribute : Attribute;
            void M(ISink sink) => sink.{1};
            """;
        await Silent(string.Format(null, snippet, methods, "Use(ArrayPool<byte>.Shared.Rent(5))"));
        await Reports(string.Format(null, snippet, methods, "Look([|ArrayPool<byte>.Shared.Rent(5)|])"));
    }

    [Fact]
    public async Task PoolNamedByTheOption_Reports()
    {
        const string pool = """
            class Pages { public static byte[] Rent() => new byte[4096]; public static void Return(byte[] page) { } }
            void Returned() { byte[] b = Pages.Rent(); b[0] = 1; Pages.Return(b); }
            """;
        const string user = "void M() {{ byte[] b = {0}; b[0] = 1; }}";
        await Silent(pool + string.Format(null, user, "Pages.Rent()"));
        await Verifier.VerifyAsync(
            "FG2001",
            PoolSnippet.InClass(pool + string.Format(null, user, "[|Pages.Rent()|]")),
            ImmutableDictionary<string, string>.Empty.Add("fragguard.additional_pool_types", "Missing|C+Pages"));
    }

    [Fact]
    public async Task TopLevelStatements_Report()
    {
        const string source = """
            using System.Buffers;
            byte[] b = ArrayPool<byte>.Shared.Rent(10);
            b[0] = 1;
            """;
        Assert.Single(await Verifier.RunAsync(new RentedArrays(), [source], allowErrors: true));
    }

    [Fact]
    public async Task MethodOfAnotherFile_IsLookedAt()
    {
        const string caller = """
            using System.Buffers;
            class A { void M() { byte[] b = ArrayPool<byte>.Shared.Rent(10); B.Done(b); } }
            """;
        const string done = "static class B { public static void Done(byte[] b) { System.Buffers.ArrayPool<byte>.Shared.Return(b); } }";
        const string idle = "static class B { public static void Done(byte[] b) { b[0] = 1; } }";
        Assert.Empty(await Verifier.RunAsync(new RentedArrays(), [caller, done]));
        Assert.Single(await Verifier.RunAsync(new RentedArrays(), [caller, idle]));
    }

    [Theory]
    [InlineData("ArrayPool<byte>.Shared", "byte", "1000", "every call leaves 1,024 bytes", "1000")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "3", "every call leaves 16 bytes", "3")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "70_000", "every call leaves 131,072 bytes", "70000")]
    [InlineData("ArrayPool<int>.Shared", "int", "1024", "every call leaves 4,096 bytes", "1024")]
    [InlineData("ArrayPool<string>.Shared", "string", "16", "every call leaves 128 bytes", "16")]
    [InlineData("ArrayPool<DayOfWeek>.Shared", "System.DayOfWeek", "16", "every call leaves 64 bytes", "16")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "size", "every call leaves 4,096 bytes", "4096")]
    [InlineData("pool", "byte", "4000", "every call leaves 4,096 bytes", "4000")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "Math.Min(n, 5000)", "every call leaves up to 8,192 bytes", null)]
    [InlineData("ArrayPool<byte>.Shared", "byte", "Math.Clamp(n, 1, 5000)", "every call leaves up to 8,192 bytes", null)]
    [InlineData("ArrayPool<byte>.Shared", "byte", "(1 << 30) + 1", "every call leaves 1,073,741,825 bytes", "1073741825")]
    [InlineData("ArrayPool<byte>.Shared", "byte", "n", "every call leaves it", null)]
    [InlineData("ArrayPool<byte>.Shared", "byte", "changed", "every call leaves it", null)]
    [InlineData("ArrayPool<Guid>.Shared", "System.Guid", "10", "every call leaves 256 bytes", "10")]
    [InlineData("ArrayPool<(int, int)>.Shared", "(int, int)", "10", "every call leaves it", "10")]
    [InlineData("Pool", "byte", "Size", "every call leaves 8,192 bytes", "5000")]
    [InlineData("other", "byte", "1000", "every call leaves it", "1000")]
    public async Task Message_SaysWhatIsLost(string pool, string element, string length, string loss, string? rented)
    {
        ImmutableArray<Diagnostic> diagnostics = await Reports($$"""
            static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Shared;
            static readonly int Size = 5_000;
            int M(int n, ArrayPool<byte> other)
            {
                int size = 4096;
                int changed = 1;
                changed += n;
                var pool = ArrayPool<byte>.Shared;
                return [|{{pool}}.Rent({{length}})|].Length + size;
            }
            """);
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.StartsWith(
            $"The array rented from '{pool}' is returned on no path, so {loss} to the garbage collector; return it to the same pool",
            diagnostic.GetMessage(null),
            StringComparison.Ordinal);
        Assert.Equal(element, diagnostic.Properties[ReturnWhatYouRent.ElementTypeKey]);
        Assert.Equal(rented, diagnostic.Properties.GetValueOrDefault(ReturnWhatYouRent.RentedLengthKey));
    }

    private static async Task<ImmutableArray<Diagnostic>> Reports(string members) =>
        await Verifier.VerifyAsync("FG2001", PoolSnippet.InClass(members));

    private static async Task Silent(string members, IReadOnlyDictionary<string, string>? options = null)
    {
        Assert.DoesNotContain("[|", members, StringComparison.Ordinal);
        await Verifier.VerifyAsync("FG2001", PoolSnippet.InClass(members), options);
    }
}
