using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class CapWhatYouKeepForReuseTests
{
    private const string Rack = """
        private static readonly ConcurrentBag<List<int>> Bag = [];
        static List<int> Take() => Bag.TryTake(out var list) ? list : new List<int>();
        """;

    [Theory]
    [InlineData("ConcurrentBag", "StringBuilder", "TryTake", "Add", "x.Clear()")]
    [InlineData("ConcurrentStack", "List<string>", "TryPop", "Push", "x.Clear()")]
    [InlineData("ConcurrentQueue", "Dictionary<int, string>", "TryDequeue", "Enqueue", "x.Clear()")]
    [InlineData("Stack", "MemoryStream", "TryPop", "Push", "x.SetLength(0)")]
    [InlineData("Queue", "StringBuilder", "TryDequeue", "Enqueue", "x.Length = 0")]
    [InlineData("ConcurrentBag", "ArrayBufferWriter<byte>", "TryTake", "Add", "x.ResetWrittenCount()")]
    [InlineData("BlockingCollection", "HashSet<int>", "TryTake", "Add", "x.Clear()")]
    [InlineData("ConcurrentBag", "Queue<int>", "TryTake", "Add", "x.Clear()")]
    [InlineData("ConcurrentBag", "Stack<int>", "TryTake", "Add", "x.Clear()")]
    [InlineData("ConcurrentBag", "PriorityQueue<int, int>", "TryTake", "Add", "x.Clear()")]
    public async Task KeptInACollection_Reports(string bag, string kept, string take, string add, string clear) => await Reports($$"""
        private readonly {{bag}}<{{kept}}> _pool = new();
        {{kept}} Take() => _pool.{{take}}(out var x) ? x : new {{kept}}();
        void Give({{kept}} x)
        {
            {{clear}};
            [|_pool.{{add}}(x)|];
        }
        """);

    [Fact]
    public async Task KeptInAProperty_Reports() => await Reports("""
        static Stack<List<int>> Shelf { get; } = new();
        static List<int> Take() => Shelf.Count == 0 ? new List<int>() : Shelf.Pop();
        static void Give(List<int> list) { list.Clear(); [|Shelf.Push(list)|]; }
        """);

    [Theory]
    [InlineData("if (list.Capacity > 1000) return;")]
    [InlineData("if (list.Capacity > 1000) list.Capacity = 1000;")]
    [InlineData("if (list.Count > Most) return;")]
    [InlineData("if (Most <= list.Count) return;")]
    [InlineData("if (list.Count is > 1000) return;")]
    [InlineData("list.TrimExcess();")]
    [InlineData("if (!Fits(list)) return;")]
    [InlineData("if (!Other.Fits(list)) return;")]
    [InlineData("if (!list.Fit()) return;")]
    public async Task SizeIsLookedAtBefore_IsSilent(string statement) => await Silent(Rack + $$"""

        const int Most = 100;
        static bool Fits(List<int> any) => any.Capacity < Most;
        static void Give(List<int> list)
        {
            {{statement}}
            list.Clear();
            Bag.Add(list);
        }
        """);

    [Theory]
    [InlineData("if (list.Count > 0) list.Sort();")]
    [InlineData("if (list is null) return;")]
    [InlineData("if (Bag.Count > 100) return;")]
    [InlineData("int n = list.Count; _ = n;")]
    [InlineData("list.EnsureCapacity(5);")]
    [InlineData("string.Concat(list);")]
    [InlineData("Span<int> span = CollectionsMarshal.AsSpan(list); span.Clear();")]
    public async Task NothingLimitsTheSize_Reports(string statement) => await Reports(Rack + $$"""

        static void Give(List<int> list)
        {
            {{statement}}
            list.Clear();
            [|Bag.Add(list)|];
        }
        """);

    [Fact]
    public async Task ClearedWhenTaken_Reports() => await Reports("""
        private static readonly ConcurrentBag<StringBuilder> Bag = [];
        static StringBuilder Take()
        {
            if (!Bag.TryTake(out var x))
                return new StringBuilder(64);
            x.Clear();
            return x;
        }
        static void Give(StringBuilder x) => [|Bag.Add(x)|];
        """);

    [Fact]
    public async Task MadeByACollectionExpression_Reports() => await Reports("""
        private static readonly ConcurrentQueue<List<int>> Shelf = new();
        static List<int> Take() => Shelf.TryDequeue(out var x) ? x : [];
        static void Give(List<int> x) { x.Clear(); [|Shelf.Enqueue(x)|]; }
        """);

    [Fact]
    public async Task CollectionExpressionOfAnotherType_IsSilent() => await Silent("""
        private static readonly ConcurrentQueue<List<int>> Work = new();
        static IEnumerable<int> Take() => Work.TryDequeue(out var x) ? x : (int[])[];
        static void Give(List<int> x) { x.Clear(); Work.Enqueue(x); }
        """);

    [Theory]
    [InlineData("IPooledObjectPolicy<List<int>>.", "[|true|]")]
    [InlineData("IPooledObjectPolicy<List<int>>.", "o.Capacity < 99")]
    [InlineData("IOther.", "true")]
    public async Task PolicyThatIsImplementedExplicitly_ReportsWhatItKeeps(string @interface, string kept) => await Verifier.VerifyAsync("FG2013", Wrap($$"""
        interface IOther { bool Return(List<int> o); }
        abstract class Both : IPooledObjectPolicy<List<int>>, IOther
        {
            public List<int> Create() => new();
            bool {{@interface}}Return(List<int> o) { o.Clear(); return {{kept}}; }
            {{(@interface is "IOther." ? "public abstract bool Return(List<int> o);" : "bool IOther.Return(List<int> o) => true;")}}
        }
        """));

    [Fact]
    public async Task NeverCleared_IsSilent() => await Silent(Rack + """

        static void Give(List<int> list) => Bag.Add(list);
        """);

    /// <summary>Nothing in the member tells, and the field may stand in another file, under another name.</summary>
    [Theory]
    [InlineData("", "static StringBuilder? s_kept;")]
    [InlineData("", "[System.ThreadStatic] private static System.Text.StringBuilder? s_kept;")]
    [InlineData("", "static volatile /* the last one */ StringBuilder? s_kept;")]
    [InlineData("using Builder = System.Text.StringBuilder;", "static Builder? s_kept;")]
    [InlineData("", "static class Nested { internal static StringBuilder? Kept; } static ref StringBuilder? s_kept => ref Nested.Kept;", false)]
    [InlineData("", "static readonly StringBuilder?[] Kept = new StringBuilder?[1]; static ref StringBuilder? s_kept => ref Kept[0];", false)]
    public async Task KeptInAFieldOfAnotherPart_Reports(string alias, string field, bool reports = true) => await Verifier.VerifyAsync(
        "FG2013",
        $$"""
        partial class C { static void Keep(System.Text.StringBuilder kept) { {{(reports ? "[|s_kept = kept|]" : "s_kept = kept")}}; } }
        """,
        $$"""
        using System.Text;
        {{alias}}
        partial class C
        {
            {{field}}
            static StringBuilder Take() { StringBuilder? b = s_kept; s_kept = null; b?.Clear(); return b ?? new StringBuilder(); }
        }
        """);

    [Fact]
    public async Task KeptInAFieldOfATypeWithAnotherNameInAllFiles_Reports() => await Verifier.VerifyAsync(
        "FG2013",
        "class C { static Builder? s_kept; static void Keep(Builder b) { b.Clear(); [|s_kept = b|]; } static Builder Take() { var b = s_kept; s_kept = null; return b ?? new System.Text.StringBuilder(); } }",
        "global using Builder = System.Text.StringBuilder;");

    [Fact]
    public async Task QueueOfWork_IsSilent() => await Silent("""
        private readonly ConcurrentQueue<List<int>> _work = new();
        private List<int> _batch = new();
        void Flush() { var batch = _batch; _batch = new List<int>(); _work.Enqueue(batch); }
        void Work() { if (_work.TryDequeue(out var batch)) batch.Clear(); }
        """);

    [Fact]
    public async Task CollectionThatIsOnlyDropped_IsSilent() => await Silent("""
        private Stack<List<int>>? _shelf = new();
        List<int> Drop() { _shelf = null; return new List<int>(); }
        void Give(List<int> list) { list.Clear(); _shelf!.Push(list); }
        """);

    [Fact]
    public async Task CollectionOfAnotherType_Reports() => await Reports("""
        static StringBuilder Acquire() => Elsewhere.Bag.TryTake(out var sb) ? sb : new StringBuilder();
        static void Release(StringBuilder sb) { sb.Clear(); [|Elsewhere.Bag.Add(sb)|]; }
        """);

    [Theory]
    [InlineData("Elsewhere.Cached", "")]
    [InlineData("s_cached", "private static StringBuilder? s_cached;")]
    public async Task StaticField_ReportsOnlyThoseOfTheTypeThatStores(string field, string own)
    {
        string snippet = $$"""
            {{own}}
            static StringBuilder Acquire()
            {
                var sb = {{field}};
                {{field}} = null;
                return sb ?? new StringBuilder();
            }
            static void Release(StringBuilder sb) { sb.Clear(); {0}{{field}} = sb{1}; }
            """;
        bool isOwn = own.Length > 0;
        await Reports(snippet.Replace("{0}", isOwn ? "[|" : "", StringComparison.Ordinal).Replace("{1}", isOwn ? "|]" : "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NeverTaken_IsSilent() => await Silent("""
        private readonly Stack<List<int>> _all = new();
        List<int> Start() { var list = new List<int>(); _all.Push(list); list.Clear(); return list; }
        """);

    [Theory]
    [InlineData("int[]", "Array.Clear(x)", "new int[5]")]
    [InlineData("object", "x.ToString()", "new object()")]
    [InlineData("LinkedList<int>", "x.Clear()", "new LinkedList<int>()")]
    [InlineData("SortedDictionary<int, int>", "x.Clear()", "new SortedDictionary<int, int>()")]
    [InlineData("OwnList", "x.Clear()", "new OwnList()")]
    public async Task ObjectsThatDoNotGrow_IsSilent(string kept, string clear, string made) => await Silent($$"""
        private readonly ConcurrentBag<{{kept}}> _pool = new();
        {{kept}} Take() => _pool.TryTake(out var x) ? x : {{made}};
        void Give({{kept}} x) { {{clear}}; _pool.Add(x); }
        """);

    [Theory]
    [InlineData("[|s_cached = sb|];", "[ThreadStatic]")]
    [InlineData("[|Interlocked.Exchange(ref s_cached, sb)|];", "")]
    [InlineData("[|Interlocked.CompareExchange(ref s_cached, sb, null)|];", "")]
    [InlineData("[|Volatile.Write(ref s_cached, sb)|];", "")]
    public async Task KeptInAStaticField_Reports(string statement, string attribute) => await Reports($$"""
        {{attribute}} private static StringBuilder? s_cached;
        static StringBuilder Acquire()
        {
            var sb = s_cached;
            if (sb is null) return new StringBuilder();
            s_cached = null;
            sb.Clear();
            return sb;
        }
        static string GetStringAndRelease(StringBuilder sb)
        {
            string text = sb.ToString();
            {{statement}}
            return text;
        }
        """);

    [Fact]
    public async Task TakenByExchange_Reports() => await Reports("""
        private static MemoryStream? s_cached;
        static MemoryStream Acquire() => Interlocked.Exchange(ref s_cached, null) ?? new MemoryStream();
        static void Release(MemoryStream stream) { stream.SetLength(0); [|s_cached = stream|]; }
        """);

    [Theory]
    [InlineData("if (sb.Capacity <= 360) s_cached = sb;", "private static StringBuilder? s_cached;")]
    [InlineData("s_cached = new StringBuilder();", "private static StringBuilder? s_cached;")]
    [InlineData("s_cached = null;", "private static StringBuilder? s_cached;")]
    [InlineData("s_cached = sb;", "private StringBuilder? s_cached;")]
    [InlineData("s_cached = sb.ToString();", "private static object? s_cached;")]
    public async Task StaticFieldWithACapOrNoGiveBack_IsSilent(string statement, string field) => await Silent($$"""
        {{field}}
        StringBuilder Acquire()
        {
            object? sb = s_cached;
            s_cached = null;
            return sb as StringBuilder ?? new StringBuilder();
        }
        void Release(StringBuilder sb) { sb.Clear(); {{statement}} }
        """);

    [Fact]
    public async Task CurrentObjectInAStaticField_IsSilent() => await Silent("""
        private static StringBuilder? s_current;
        static void Start(StringBuilder sb) { sb.Clear(); s_current = sb; }
        static void Stop() => s_current = null;
        static StringBuilder Make() => new StringBuilder();
        """);

    [Theory]
    [InlineData("public bool Return(List<int> obj) { obj.Clear(); return [|true|]; }")]
    [InlineData("public bool Return(List<int> obj) => [|true|];")]
    [InlineData("public bool Return(List<int> obj) { if (obj.Count == 0) return false; obj.Clear(); return [|true|]; }")]
    public async Task PolicyKeepsWhateverItGets_Reports(string method) => await Reports($$"""
        class Policy : IPooledObjectPolicy<List<int>>
        {
            public List<int> Create() => new();
            {{method}}
        }
        """);

    [Theory]
    [InlineData("public bool Return(List<int> obj) { if (obj.Capacity > 999) return false; obj.Clear(); return true; }")]
    [InlineData("public bool Return(List<int> obj) { if (obj.Count > 999) return false; obj.Clear(); return true; }")]
    [InlineData("public bool Return(List<int> obj) { obj.Clear(); return obj.Capacity < 999; }")]
    [InlineData("public bool Return(List<int> obj) { obj.Clear(); obj.Capacity = 0; return true; }")]
    [InlineData("public bool Return(List<int> obj) => false;")]
    [InlineData("public bool Return(List<int> obj) => Keep(obj); static bool Keep(List<int> obj) => obj.Capacity < 5;")]
    [InlineData("public bool Return(List<int> obj) { Other.Reset(obj); return true; }")]
    public async Task PolicyLooksAtTheSize_IsSilent(string methods) => await Silent($$"""
        class Policy : IPooledObjectPolicy<List<int>>
        {
            public List<int> Create() => new();
            {{methods}}
        }
        """);

    [Theory]
    [InlineData("ObjectPool.Create<List<int>>()")]
    [InlineData("new DefaultObjectPool<List<int>>(new DefaultPooledObjectPolicy<List<int>>())")]
    [InlineData("Provider.Create<List<int>>()")]
    public async Task PoolWithTheDefaultPolicy_Reports(string creation) => await Reports($$"""
        static ObjectPoolProvider Provider = null!;
        private static readonly ObjectPool<List<int>> Pool = [|{{creation}}|];
        static void Give(List<int> list) { list.Clear(); Pool.Return(list); }
        """);

    [Theory]
    [InlineData("ObjectPool.Create<List<int>>()", "if (list.Capacity > 100) return;")]
    [InlineData("ObjectPool.Create<List<int>>(new Policy())", "")]
    [InlineData("Provider.Create<List<int>>(new Policy())", "")]
    [InlineData("new DefaultObjectPool<List<int>>(new Policy(), 5)", "")]
    public async Task PoolThatCapsSomewhere_IsSilent(string creation, string statement) => await Silent($$"""
        static ObjectPoolProvider Provider = null!;
        private static readonly ObjectPool<List<int>> Pool = {{creation}};
        static void Give(List<int> list) { {{statement}} list.Clear(); Pool.Return(list); }
        class Policy : IPooledObjectPolicy<List<int>>
        {
            public List<int> Create() => new();
            public bool Return(List<int> obj) => obj.Capacity < 1000;
        }
        """);

    [Fact]
    public async Task BuilderPolicyOfTheLibrary_IsSilent() => await Silent("""
        static ObjectPoolProvider Provider = null!;
        private static readonly ObjectPool<StringBuilder> A = new DefaultObjectPool<StringBuilder>(new StringBuilderPooledObjectPolicy());
        private static readonly ObjectPool<StringBuilder> B = Provider.CreateStringBuilderPool();
        static void Give(StringBuilder sb) { A.Return(sb); B.Return(sb); }
        """);

    [Fact]
    public async Task PoolThatIsReturnedToElsewhere_IsSilent() => await Silent("""
        public static readonly ObjectPool<List<int>> Pool = ObjectPool.Create<List<int>>();
        """);

    [Fact]
    public async Task AdditionalPool_Reports()
    {
        const string snippet = "class Rack { public void Free(List<int> x) { } }\nstatic void Give(Rack rack, List<int> x) { x.Clear(); {0}rack.Free(x){1}; }";
        await Silent(snippet.Replace("{0}", "", StringComparison.Ordinal).Replace("{1}", "", StringComparison.Ordinal));
        await Reports(
            snippet.Replace("{0}", "[|", StringComparison.Ordinal).Replace("{1}", "|]", StringComparison.Ordinal),
            Options("fragguard.additional_pool_types", "C+Rack"));
    }

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync("FG2013", Wrap("""
        class Policy : IPooledObjectPolicy<List<Missing>> { public bool Return(List<Missing> obj { return true; } }
        static StringBuilder s_x; void M(StringBuilder y) { s_x = ; Bag.Add(y; Interlocked.Exchange(ref ); _ = Interlocked.Exchange(
        """), allowErrors: true);

    [Fact]
    public async Task Message_SaysWhatIsKeptAndHowMuchMay()
    {
        const string snippet = Rack + "\nstatic void Give(List<int> list) { list.Clear(); [|Bag.Add(list)|]; }";
        Diagnostic found = Assert.Single(await Reports(snippet));
        Assert.Equal(
            "'Bag' keeps this 'List' at whatever capacity it has grown to, and clearing does not shrink it: each one it keeps "
            + "holds the memory of its largest use; keep only those whose Capacity is at most 4,096",
            found.GetMessage(CultureInfo.InvariantCulture));
        found = Assert.Single(await Reports(snippet, Options("fragguard.FG2013.max_capacity", "512")));
        Assert.EndsWith("at most 512", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("512", found.Properties["fragguard.capacity"]);
    }

    [Theory]
    [InlineData("MemoryStream", "Capacity is at most 65,536")]
    [InlineData("StringBuilder", "Capacity is at most 4,096")]
    [InlineData("Stack<int>", "is at most 4,096")]
    public async Task Message_SaysTheDefaultOfTheType(string kept, string most) => Assert.Contains(
        most,
        Assert.Single(await Reports($$"""
            class Policy : IPooledObjectPolicy<{{kept}}> { public {{kept}} Create() => new(); public bool Return({{kept}} obj) => [|true|]; }
            """)).GetMessage(CultureInfo.InvariantCulture),
        StringComparison.Ordinal);

    private static Dictionary<string, string> Options(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    private static async Task<ImmutableArray<Diagnostic>> Reports(
        string members, IReadOnlyDictionary<string, string>? options = null) =>
        await Verifier.VerifyAsync("FG2013", Wrap(members), options);

    private static async Task Silent(string members) => await Verifier.VerifyAsync("FG2013", Wrap(members));

    private static string Wrap(string members) => $$"""
        using System;
        using System.Buffers;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Text;
        using System.Threading;
        using Microsoft.Extensions.ObjectPool;

        class C
        {
        {{members}}
        }

        class OwnList : List<int>;

        static class Elsewhere
        {
            public static StringBuilder? Cached;
            public static readonly ConcurrentBag<StringBuilder> Bag = [];
        }

        static class Other
        {
            public static bool Fits(List<int> list) => list.Capacity < 100;
            public static bool Fit(this List<int> list) => list.Capacity < 100;
            public static void Reset(List<int> list) { list.Clear(); list.TrimExcess(); }
        }

        """ + ObjectPoolSource.Text;
}
