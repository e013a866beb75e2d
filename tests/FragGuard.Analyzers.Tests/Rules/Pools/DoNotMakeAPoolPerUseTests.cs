using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class DoNotMakeAPoolPerUseTests
{
    [Fact]
    public async Task MadeAndRentedFromInOneExpression_Reports() => await Reports("""
        byte[] M(int n) => [|ArrayPool<byte>.Create()|].Rent(n);
        """);

    [Fact]
    public async Task MadeAndRentedFromInAnInitializer_IsSilent() => await Silent("""
        byte[] _buffer = ArrayPool<byte>.Create().Rent(100);
        """);

    [Theory]
    [InlineData("ArrayPool<byte>.Create()", "Rent(n)", "Return(x)")]
    [InlineData("ArrayPool<byte>.Create(1024, n)", "Rent(n)", "Return(x)")]
    [InlineData("new OwnPool()", "Rent(n)", "Return(x)")]
    [InlineData("ObjectPool.Create<StringBuilder>()", "Get()", "Return(x)")]
    [InlineData("new DefaultObjectPool<StringBuilder>(new StringBuilderPooledObjectPolicy())", "Get()", "Return(x)")]
    [InlineData("provider.Create<StringBuilder>()", "Get()", "Return(x)")]
    [InlineData("provider.CreateStringBuilderPool()", "Get()", "Return(x)")]
    [InlineData("new OwnMemory()", "Rent(n)", "Dispose()")]
    public async Task MadeInALocal_Reports(string creation, string take, string giveBack) => await Reports($$"""
        void M(int n, ObjectPoolProvider provider)
        {
            var pool = [|{{creation}}|];
            var x = pool.{{take}};
            pool.{{giveBack}};
        }
        """);

    [Theory]
    [InlineData("ArrayPool<byte>.Shared", "Rent(n)")]
    [InlineData("MemoryPool<byte>.Shared", "Rent(n)")]
    [InlineData("provider", "Create<StringBuilder>().ToString()")]
    [InlineData("Pool()", "Rent(n)")]
    [InlineData("new List<byte[]>()", "ToArray()")]
    public async Task LocalIsNoNewPool_IsSilent(string value, string take) => await Silent($$"""
        static ArrayPool<byte> Pool() => ArrayPool<byte>.Create();
        void M(int n, ObjectPoolProvider provider)
        {
            var pool = {{value}};
            var x = pool.{{take}};
        }
        """);

    [Theory]
    [InlineData("_field = pool;")]
    [InlineData("Use(pool);")]
    [InlineData("_pools.Add(pool);")]
    [InlineData("_ = (pool, n);")]
    [InlineData("Func<byte[]> f = () => pool.Rent(n); _f = f;")]
    [InlineData("byte[] Local() => pool.Rent(n); Local();")]
    [InlineData("Grow(ref pool);")]
    [InlineData("pool = _field;")]
    [InlineData("var other = pool; _field = other;")]
    [InlineData("object[] all = [pool]; _ = all;")]
    public async Task SomebodyElseSeesThePool_IsSilent(string statement) => await Silent($$"""
        private ArrayPool<byte> _field = ArrayPool<byte>.Shared;
        private Func<byte[]>? _f;
        private readonly List<object> _pools = [];
        void Use(ArrayPool<byte> pool) { }
        void Grow(ref ArrayPool<byte> pool) { }
        void M(int n)
        {
            var pool = ArrayPool<byte>.Create();
            var x = pool.Rent(n);
            {{statement}}
            pool.Return(x);
        }
        """);

    [Fact]
    public async Task InOneBranchOnly_IsSilent() => await Silent("""
        void M(int n)
        {
            var pool = n > 5 ? ArrayPool<byte>.Create() : ArrayPool<byte>.Shared;
            pool.Return(pool.Rent(n));
        }
        """);

    [Fact]
    public async Task RunsOnceUnderAnotherName_Reports() => await Reports("""
        static void Run() { var pool = [|ArrayPool<byte>.Create()|]; pool.Return(pool.Rent(1)); }
        """);

    [Fact]
    public async Task ReturnedByAMethod_IsSilent() => await Silent("""
        ArrayPool<byte> M() => ArrayPool<byte>.Create();
        ArrayPool<byte> N() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(5)); return pool; }
        """);

    [Fact]
    public async Task RentedFromInALoop_IsSilent() => await Silent("""
        void M(int n)
        {
            var pool = ArrayPool<byte>.Create();
            for (int i = 0; i < n; i++)
                pool.Return(pool.Rent(i));
        }
        """);

    [Fact]
    public async Task MadeInTheLoop_Reports() => await Reports("""
        void M(int n)
        {
            for (int i = 0; i < n; i++)
            {
                var pool = [|ArrayPool<byte>.Create()|];
                pool.Return(pool.Rent(i));
            }
        }
        """);

    [Fact]
    public async Task NeverRentedFrom_IsSilent() => await Silent("""
        void M(byte[] b) { var pool = ArrayPool<byte>.Create(); pool.Return(b); }
        """);

    [Fact]
    public async Task MadeByAGetter_Reports() => await Reports("""
        static ArrayPool<byte> A => [|ArrayPool<byte>.Create(100, 5)|];
        static ArrayPool<byte> B { get { return [|ArrayPool<byte>.Create()|]; } }
        """);

    [Theory]
    [InlineData("=> ([|ArrayPool<byte>.Create()|]);")]
    [InlineData("=> (object)[|ArrayPool<byte>.Create()|];")]
    [InlineData("=> [|ArrayPool<byte>.Create()|] as object;")]
    [InlineData("=> [|ArrayPool<byte>.Create()|]!;")]
    [InlineData("{ get => checked([|ArrayPool<byte>.Create()|]); }")]
    [InlineData("{ get { return (object)([|ArrayPool<byte>.Create()|])!; } }")]
    public async Task MadeByAGetter_ReportsHoweverItIsWritten(string getter) => await Verifier.VerifyAsync("FG2014", $$"""
        using System.Buffers;
        class C { object? P {{getter}} }
        """);

    [Theory]
    [InlineData("Own", "=> [|new Own()|];")]
    [InlineData("Own", "=> [|new()|];")]
    [InlineData("object", "=> (object)([|new Own()|]);")]
    [InlineData("object", "=> checked( ( [|new Own()|]));")]
    [InlineData("object?", "=> // a pool\n    [|new Own { }|] as object;")]
    [InlineData("object", "{ get { return /* a pool */[|new Own()|]!; } }")]
    [InlineData("object", "{ get { return(object)\n[|new Own()|]; } }")]
    public async Task PoolOfItsOwnTypeMadeByAGetter_ReportsHoweverItIsWritten(string type, string getter) => await Verifier.VerifyAsync(
        "FG2014",
        $$"""
        class C { static {{type}} P {{getter}} }
        """,
        "class Own : System.Buffers.ArrayPool<byte> { public override byte[] Rent(int n) => new byte[n]; public override void Return(byte[] b, bool c) { } }");

    [Theory]
    [InlineData("=> _pool ??= ArrayPool<byte>.Create();")]
    [InlineData("{ get; } = ArrayPool<byte>.Create();")]
    [InlineData("{ get { if (_pool is not null) return _pool; return ArrayPool<byte>.Create(); } }")]
    [InlineData("=> _pool is null ? ArrayPool<byte>.Create() : _pool;")]
    public async Task KeptByAGetter_IsSilent(string getter) => await Silent($$"""
        static ArrayPool<byte>? _pool;
        static ArrayPool<byte> A {{getter}}
        """);

    [Theory]
    [InlineData("static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create();")]
    [InlineData("static readonly ThreadLocal<ArrayPool<byte>> Pool = new(() => ArrayPool<byte>.Create());")]
    [InlineData("static readonly Lazy<ArrayPool<byte>> Pool = new(() => { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); return pool; });")]
    [InlineData("static void Main() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    [InlineData("public C() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    [InlineData("static C() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    [InlineData("[Fact] void T() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    [InlineData("[Benchmark] void T() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    [InlineData("[TestMethod] void T() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    [InlineData("[Slow] void T() { var pool = ArrayPool<byte>.Create(); pool.Return(pool.Rent(1)); }")]
    public async Task RunsOnce_IsSilent(string member) => await Silent(member);

    [Fact]
    public async Task InALambda_Reports() => await Reports("""
        void M(int n) => Parallel.For(0, n, i =>
        {
            var pool = [|ArrayPool<byte>.Create()|];
            pool.Return(pool.Rent(i));
        });
        """);

    [Fact]
    public async Task ViewsOfTheRentedArrayAreNoUsesOfThePool_Reports() => await Reports("""
        (ArraySegment<byte>, int) M(int n)
        {
            var pool = [|ArrayPool<byte>.Create()|];
            byte[] b = pool.Rent(n);
            ReadOnlySpan<byte> span = b;
            var t = b; b = null!;
            return (new(t, 0, n), new ReadOnlySpan<byte>(t).Length + span.Length + new string((char)t[0], 1).Length);
        }
        """);

    [Fact]
    public async Task AdditionalPoolType_Reports()
    {
        const string snippet = """
            class Rack { public byte[] Rent(int n) => new byte[n]; }
            int M(int n) => {0}new Rack(){1}.Rent(n).Length;
            """;
        await Silent(snippet.Replace("{0}", "", System.StringComparison.Ordinal).Replace("{1}", "", System.StringComparison.Ordinal));
        await Reports(
            snippet.Replace("{0}", "[|", System.StringComparison.Ordinal).Replace("{1}", "|]", System.StringComparison.Ordinal),
            new Dictionary<string, string>(System.StringComparer.Ordinal) { ["fragguard.additional_pool_types"] = "X | C+Rack" });
    }

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync("FG2014", Wrap("""
        void M(int n) { var pool = ArrayPool<Missing>.Create(, ; var = new OwnPool(.Rent(; Pool. }
        ArrayPool<byte> P => ;
        """), allowErrors: true);

    /// <summary>The bytes were measured on .NET 10 by GC.GetAllocatedBytesForCurrentThread.</summary>
    [Theory]
    [InlineData("", "8,072")]
    [InlineData("1024, 4", "776")]
    [InlineData("100, 1", "368")]
    [InlineData("16, 1", "128")]
    public async Task Message_SaysWhatAnEmptyPoolCosts(string limits, string bytes)
    {
        Diagnostic found = Assert.Single(await Reports($"byte[] M(int n) => [|ArrayPool<byte>.Create({limits})|].Rent(n);"));
        Assert.Equal(
            $"Every call makes another 'ArrayPool<byte>', {bytes} bytes of empty buckets, and what is given back to it is never "
            + "handed out again; keep one pool in a 'static readonly' field",
            found.GetMessage(CultureInfo.InvariantCulture));
    }

    private static async Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> Reports(
        string members, IReadOnlyDictionary<string, string>? options = null) =>
        await Verifier.VerifyAsync("FG2014", Wrap(members), options);

    private static async Task Silent(string members) => await Verifier.VerifyAsync("FG2014", Wrap(members));

    private static string Wrap(string members) => $$"""
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.ObjectPool;

        class C
        {
        {{members}}
        }

        class OwnPool : ArrayPool<byte>
        {
            public override byte[] Rent(int minimumLength) => new byte[minimumLength];
            public override void Return(byte[] array, bool clearArray = false) { }
        }

        class OwnMemory : MemoryPool<byte>
        {
            public override int MaxBufferSize => 10;
            public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => null!;
            protected override void Dispose(bool disposing) { }
        }

        class FactAttribute : Attribute;
        class SlowAttribute : FactAttribute;
        class BenchmarkAttribute : Attribute;
        class TestMethodAttribute : Attribute;

        """ + ObjectPoolSource.Text;
}
