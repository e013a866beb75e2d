using System.Collections.Generic;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class KeepOnlySmallOnesTests
{
    private const string Builders = """
            private static StringBuilder? s_cached;
            static StringBuilder Take()
            {
                var sb = s_cached ?? new StringBuilder();
                s_cached = null;
                sb.Clear();
                return sb;
            }

        """;

    [Fact]
    public async Task CallOfACollection_GetsACondition() => await Fixes(
        """
            private readonly ConcurrentBag<List<int>> _bag = [];
            List<int> Take() => _bag.TryTake(out var x) ? x : new List<int>();
            void Give(List<int> list)
            {
                list.Clear();
                [|_bag.Add(list)|];
            }
        """,
        """
            private readonly ConcurrentBag<List<int>> _bag = [];
            List<int> Take() => _bag.TryTake(out var x) ? x : new List<int>();
            void Give(List<int> list)
            {
                list.Clear();
                if (list.Capacity <= 4_096)
                    _bag.Add(list);
            }
        """);

    [Theory]
    [InlineData("s_cached = sb")]
    [InlineData("Interlocked.Exchange(ref s_cached, sb)")]
    [InlineData("Volatile.Write(ref s_cached, sb)")]
    public async Task StaticField_GetsACondition(string store) => await Fixes(
        Builders + $$"""
            static void Give(StringBuilder sb)
            {
                [|{{store}}|];
            }
        """,
        Builders + $$"""
            static void Give(StringBuilder sb)
            {
                if (sb.Capacity <= 360)
                    {{store}};
            }
        """,
        new Dictionary<string, string>(System.StringComparer.Ordinal) { ["fragguard.FG2013.max_capacity"] = "360" });

    [Fact]
    public async Task Policy_AsksForTheCapacity() => await Fixes(
        """
            class Policy : IPooledObjectPolicy<MemoryStream>
            {
                public MemoryStream Create() => new();
                public bool Return(MemoryStream obj)
                {
                    obj.SetLength(0);
                    return [|true|];
                }
            }
        """,
        """
            class Policy : IPooledObjectPolicy<MemoryStream>
            {
                public MemoryStream Create() => new();
                public bool Return(MemoryStream obj)
                {
                    obj.SetLength(0);
                    return obj.Capacity <= 65_536;
                }
            }
        """);

    [Theory]
    [InlineData("public bool Return")]
    [InlineData("bool IPooledObjectPolicy<MemoryStream>.Return")]
    public async Task PolicyWhoseParameterIsNamedLikeAKeyword_AsksForTheCapacity(string method) =>
        await Fixes(Policy(method, "[|true|]"), Policy(method, "@object.Capacity <= 65_536"));

    [Theory]
    [InlineData("static void Give(StringBuilder? sb)\n{\n    [|s_cached = sb|];\n}")]
    [InlineData("static void Give(StringBuilder sb) => [|s_cached = sb|];")]
    [InlineData("static void Give(StringBuilder sb) { [|s_cached = sb|]; }")]
    [InlineData("static void Give(StringBuilder sb, bool b)\n{\n    if (b)\n        [|s_cached = sb|];\n    else\n        b = true;\n}")]
    [InlineData("static StringBuilder Give(StringBuilder sb)\n{\n    return [|s_cached = sb|];\n}")]
    public async Task NullOrNoStatementOfItsOwn_IsLeftAlone(string member) =>
        await FixVerifier.OffersNothingAsync<KeepOnlySmallOnes>("FG2013", Wrap(Builders + member));

    [Fact]
    public async Task PoolWithTheDefaultPolicy_IsLeftAlone() => await FixVerifier.OffersNothingAsync<KeepOnlySmallOnes>("FG2013", Wrap("""
            private static readonly ObjectPool<List<int>> Pool = [|ObjectPool.Create<List<int>>()|];
            static void Give(List<int> list) { list.Clear(); Pool.Return(list); }
        """));

    private static string Policy(string method, string kept) => $$"""
            class Policy : IPooledObjectPolicy<MemoryStream>
            {
                public MemoryStream Create() => new();
                {{method}}(MemoryStream @object)
                {
                    @object.SetLength(0);
                    return {{kept}};
                }
            }
        """;

    private static async Task Fixes(string before, string after, IReadOnlyDictionary<string, string>? options = null) =>
        await FixVerifier.FixesAsync<KeepOnlySmallOnes>("FG2013", Wrap(before), Wrap(after), options);

    private static string Wrap(string members) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Text;
        using System.Threading;
        using Microsoft.Extensions.ObjectPool;

        class C
        {
        {{members}}
        }

        """ + ObjectPoolSource.Text;
}
