using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules;
using FragGuard.Analyzers.Rules.Pools;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

/// <summary>Who owns the array: what takes it over, what only borrows it, and what hands it out.</summary>
public partial class ReturnWhatYouRentTests
{
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
    public async Task Escapes_IsSilent(string escape) => await Snippet.Silent($$"""
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
    public async Task OnlyBorrowed_Reports(string borrow) => await Snippet.Reports($$"""
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
    public async Task PassedToMethodThatTakesOver_IsSilent(string call) => await Snippet.Silent($$"""
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
            ? Snippet.Reports(member.Replace("{0}", "[|ArrayPool<byte>.Shared.Rent(5)|]", StringComparison.Ordinal))
            : Snippet.Silent(member.Replace("{0}", "ArrayPool<byte>.Shared.Rent(5)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PassedToMethod_IsBorrowUnlessTheOptionSaysOtherwise()
    {
        const string passed = "void M(Stream s) => s.Write({0}, 0, 10);";
        await Snippet.Reports(string.Format(null, passed, "[|ArrayPool<byte>.Shared.Rent(10)|]"));
        await Snippet.Silent(
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
    public async Task BecomesTheResult_IsSilent(string member) => await Snippet.Silent(member);

    [Theory]
    [InlineData("C(int n) : this(ArrayPool<byte>.Shared.Rent(n)) { } C(byte[] b) => _field = b;")]
    [InlineData("C(int n) : base(ArrayPool<byte>.Shared.Rent(n)) { }")]
    public async Task PassedToTheOtherConstructor_IsSilent(string member) => await Snippet.Silent(member);

    [Theory]
    [InlineData("C(int n) : this([|ArrayPool<byte>.Shared.Rent(n)|].Length, 0) { } C(int n, int m) { }")]
    [InlineData("C(int n) : this([|ArrayPool<byte>.Shared.Rent(n)|].AsSpan(0, 5)) { } C(Span<byte> s) => s.Clear();")]
    public async Task OnlyLookedAtForTheOtherConstructor_Reports(string member) => await Snippet.Reports(member);

    [Theory]
    [InlineData("ISink sink", "sink.Consume")]
    [InlineData("Sink sink", "sink.Consume")]
    [InlineData("Generic<int> sink", "sink.Consume")]
    public async Task ImplementationThatReturns_IsSilent(string parameter, string call)
    {
        await Snippet.Silent(Sinks($"void M({parameter}) => {call}(ArrayPool<byte>.Shared.Rent(5));", "ArrayPool<byte>.Shared.Return(b)"));
        await Snippet.Reports(Sinks($"void M({parameter}) => {call}([|ArrayPool<byte>.Shared.Rent(5)|]);", "b[0]++"));
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
    public async Task PassedToMethodWithoutSourceNamedSo_IsSilent(string name) => await Snippet.Silent($$"""
        interface ISink { void {{name}}(byte[] b); }
        void M(ISink sink) => sink.{{name}}(ArrayPool<byte>.Shared.Rent(5));
        """);

    [Theory]
    [InlineData("Puts")]
    [InlineData("Send")]
    public async Task PassedToMethodWithoutSourceNamedOtherwise_Reports(string name) => await Snippet.Reports($$"""
        interface ISink { void {{name}}(byte[] b); }
        void M(ISink sink) => sink.{{name}}([|ArrayPool<byte>.Shared.Rent(5)|]);
        """);

    [Theory]
    [InlineData("static byte[] Get(int n) => ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("static byte[] Get(int n) { var b = ArrayPool<byte>.Shared.Rent(n); b[0] = 1; return b; }")]
    [InlineData("static byte[] Get(int n) { if (n < 0) throw new ArgumentException(); return Deeper(n); } static byte[] Deeper(int n) => ArrayPool<byte>.Shared.Rent(n);")]
    [InlineData("[Rents] static extern byte[] Get(int n); class RentsAttribute : Attribute;")]
    [InlineData("[return: Rents] static extern byte[] Get(int n); class RentsAttribute : Attribute;")]
    public async Task RentedByHelper_Reports(string helper) =>
        await Snippet.Reports($$"""{{helper}} int M(Stream s, int n) { byte[] b = [|Get(n)|]; return s.Read(b); }""");

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
        await Snippet.Silent($$"""{{helper}} int M(Stream s, int n) { byte[] b = Get(n); return s.Read(b); }""");

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
        await Snippet.Silent(string.Format(null, snippet, methods, "Use(ArrayPool<byte>.Shared.Rent(5))"));
        await Snippet.Reports(string.Format(null, snippet, methods, "Look([|ArrayPool<byte>.Shared.Rent(5)|])"));
    }

    [Fact]
    public async Task PoolNamedByTheOption_Reports()
    {
        const string pool = """
            class Pages { public static byte[] Rent() => new byte[4096]; public static void Return(byte[] page) { } }
            void Returned() { byte[] b = Pages.Rent(); b[0] = 1; Pages.Return(b); }
            """;
        const string user = "void M() {{ byte[] b = {0}; b[0] = 1; }}";
        await Snippet.Silent(pool + string.Format(null, user, "Pages.Rent()"));
        await Snippet.Reports(pool + string.Format(null, user, "[|Pages.Rent()|]"), ImmutableDictionary<string, string>.Empty.Add("fragguard.additional_pool_types", "Missing|C+Pages"));
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
        Assert.Empty(await Verifier.RunAsync(new RulesOfMembers(new RentedArrays()), [caller, done]));
        Assert.Single(await Verifier.RunAsync(new RulesOfMembers(new RentedArrays()), [caller, idle]));
    }
}
