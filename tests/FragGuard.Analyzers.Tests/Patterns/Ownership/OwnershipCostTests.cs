using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using FragGuard.Analyzers.Rules;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Tests.Patterns.Ownership;

/// <summary>A member that rents nothing costs neither a flow graph nor a look at its operations.</summary>
public class OwnershipCostTests
{
    [Theory]
    [InlineData("byte[] M(int n) { var b = new byte[n]; b.AsSpan().Clear(); return b; }")]
    [InlineData("int M(int rented) => rented + \"x\".Length; /* Rent */")]
    [InlineData("int Rent(int n) => n.GetHashCode(); int M() => n.GetHashCode(); int n = 5;")]
    [InlineData("byte[] L() => ArrayPool<byte>.Shared.Rent(5); int M() => 5.GetHashCode();", 1)]
    public async Task MemberWithoutTheWord_IsNotLookedAt(string members, int rents = 0)
    {
        CountingRules rules = new();
        await Verifier.RunAsync(new RulesOfMembers(rules), [$"using System; using System.Buffers; class C {{ {members} }}"]);
        Assert.Equal(rents, rules.Rule.Graphs);
        if (rents == 0)
            Assert.Equal(0, rules.Operations);
    }

    [Theory]
    [InlineData("int Rent(int n) => n; int M() => Rent(5);", 0)]
    [InlineData("void M() { var b = ArrayPool<byte>.Shared.Rent(5); ArrayPool<byte>.Shared.Return(b); }", 1)]
    [InlineData("void M(byte[] b) => ArrayPool<byte>.Shared.Return(b); void N() => M([]); void O() => O();", 1)]
    public async Task Member_CostsAGraphWhereItRents(string members, int graphs)
    {
        CountingRules rules = new();
        await Verifier.RunAsync(new RulesOfMembers(rules), [$"using System; using System.Buffers; class C {{ {members} }}"]);
        Assert.Equal(graphs, rules.Rule.Graphs);
    }

    [Fact]
    public async Task CallOfARentingMethod_IsStillLookedAt()
    {
        CountingRules rules = new();
        await Verifier.RunAsync(
            new RulesOfMembers(rules),
            [
                "using System.Buffers; static class P { public static byte[] Lend(int n) => ArrayPool<byte>.Shared.Rent(n); }",
                "static class Q { public static byte[] Pass(int n) => P.Lend(n); }",
                "class C { void M() { var a = P.Lend(5); } void N() { var b = Q.Pass(5); } void O() { var c = new byte[5]; } }",
            ]);
        Assert.Equal(4, rules.Rule.Graphs);
    }

    [Fact]
    public async Task RuleThatIsOff_JudgesNothing()
    {
        CountingRules rules = new();
        await Verifier.RunAsync(
            new RulesOfMembers(rules), ["using System.Buffers; class C { void M() { var b = ArrayPool<byte>.Shared.Rent(5); } }"]);
        Assert.Equal((1, 0), (rules.Rule.Graphs, rules.RuleThatIsOff.Graphs));
    }

    private sealed class CountingRules : OwnershipRules<CountingRules.Pools>
    {
        private int _operations;

        public CountingRules()
            : this(new CountingRule("FG0000"), new CountingRule("FG0001", isOn: false))
        {
        }

        private CountingRules(CountingRule rule, CountingRule ruleThatIsOff)
            : base(rule, ruleThatIsOff) => (Rule, RuleThatIsOff) = (rule, ruleThatIsOff);

        public CountingRule Rule { get; }

        public CountingRule RuleThatIsOff { get; }

        public int Operations => _operations;

        internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) => WatchedWords.Anything;

        protected override Pools? ProtocolFrom(KnownSymbols symbols) => new(ArrayPools.From(symbols)!, this);

        internal sealed class Pools(ArrayPools pools, CountingRules rules) : IOwnershipProtocol, IHandedOverResources
        {
            public Mentioned Words => pools.Words;

            public HeldTypes Types => pools.Types;

            public bool Acquires(IOperation operation)
            {
                Interlocked.Increment(ref rules._operations);
                return pools.Acquires(operation);
            }

            public IOperation? GivenBackBy(IInvocationOperation call) => pools.GivenBackBy(call);

            public bool HandsOver(IInvocationOperation call) => pools.HandsOver(call);

            public CompilationMentions? HandOvers(CompilationMentions mentions, CancellationToken cancellation) =>
                pools.HandOvers(mentions, cancellation);
        }
    }

    private sealed class CountingRule(string id, bool isOn = true) : IOwnershipRule<CountingRules.Pools>
    {
        private int _graphs;

        public int Graphs => _graphs;

        public DiagnosticDescriptor Descriptor { get; } =
            new(id, "Count", "Count", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: isOn);

        public void Judge(OwnershipMember<CountingRules.Pools> member) => Interlocked.Increment(ref _graphs);
    }
}
