using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;

namespace FragGuard.Analyzers.Tests.Rules;

/// <summary>One analyzer asks for each member, and each rule sees those whose text can matter to it.</summary>
public class RulesOfMembersTests
{
    private const string Source = """
        class C // Exchange
        {
            int Rents() => Rent();
            int Loops() { while (true) { Rent(); } }
            int Pins() => Pin();
            int Idles() => 5;
            int Rent() => 5;
            int Pin() => 5;
        }
        """;

    [Fact]
    public async Task Rule_SeesTheMembersThatHaveItsWords()
    {
        WatchingRule renting = new("FG0001", Mentioned.Rent);
        WatchingRule pinning = new("FG0002", Mentioned.Pin | Mentioned.Loop);
        WatchingRule nothing = new("FG0003", Mentioned.ZoneAnnotation);
        WatchingRule outside = new("FG0004", Mentioned.Exchange);

        await Verifier.RunAsync(new RulesOfMembers(renting, pinning, nothing, outside), [Source]);

        Assert.Equal(["Loops", "Rents"], renting.Seen.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["Loops", "Pins"], pinning.Seen.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(nothing.Seen);
        Assert.Empty(outside.Seen);
        Assert.Equal([1, 1, 0, 0], [renting.Begun, pinning.Begun, nothing.Begun, outside.Begun]);
    }

    [Theory]
    [InlineData("class D { int Own() => 5; } class E { int Pin; }", "Own")]
    [InlineData("class D { int Own() => 5; }", "")]
    [InlineData("partial class D { int Own() => 5; }", "Own", "partial class D { int Pin; }")]
    [InlineData("partial class D { int Own() => 5; }", "", "class E { int Pin; }")]
    [InlineData("class D { int Own() => 5; }", "", "partial class E { int Pin; }")]
    public async Task RuleThatLooksAround_SeesAllMembersWhereItsWordsMayStandInTheirTypes(string source, string expected, string other = "")
    {
        WatchingRule asked = new("FG0001", Mentioned.Rent, around: Mentioned.Pin);
        WatchingRule sibling = new("FG0002", Mentioned.Rent);

        await Verifier.RunAsync(new RulesOfMembers(asked, sibling), [source, other]);

        Assert.Equal(expected, string.Join(' ', asked.Seen));
        Assert.Empty(sibling.Seen);
    }

    [Fact]
    public async Task RuleOfAllMembers_SeesThoseWithoutAnyWordToo()
    {
        WatchingRule all = new("FG0001", WatchedWords.Anything);
        WatchingRule pinning = new("FG0002", Mentioned.Pin);

        await Verifier.RunAsync(new RulesOfMembers(pinning, all), [Source]);

        Assert.Equal(["Idles", "Loops", "Pin", "Pins", "Rent", "Rents"], all.Seen.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["Pins"], pinning.Seen, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(ReportDiagnostic.Suppress, null, false)]
    [InlineData(ReportDiagnostic.Suppress, ReportDiagnostic.Error, true)]
    [InlineData(ReportDiagnostic.Info, null, true)]
    [InlineData(ReportDiagnostic.Info, ReportDiagnostic.Suppress, true)]
    [InlineData(null, null, true)]
    [InlineData(null, null, false, false)]
    [InlineData(null, ReportDiagnostic.Warn, true, false)]
    [InlineData(ReportDiagnostic.Warn, null, true, false)]
    public async Task RuleThatIsOff_SeesNothing(
        ReportDiagnostic? forAll, ReportDiagnostic? forFile, bool expected, bool isEnabledByDefault = true)
    {
        WatchingRule asked = new("FG0001", Mentioned.Rent, isEnabledByDefault);
        WatchingRule other = new("FG0002", Mentioned.Rent);
        CSharpCompilation compilation = Verifier.Compile([Source], new Settings("FG0001", forAll, forFile));

        await Verifier.RunAsync([new RulesOfMembers(asked, other)], compilation);

        Assert.Equal(expected, !asked.Seen.IsEmpty);
        Assert.Equal(2, other.Seen.Count);
    }

    [Fact]
    public async Task Compiler_AsksForEachMemberOnce()
    {
        const string All = """
            using System; using System.Buffers; using System.Collections.Generic; using System.IO; using System.Runtime.InteropServices;
            using Microsoft.Extensions.Caching.Memory;
            class C
            {
                static ArrayPool<byte> s_pool = ArrayPool<byte>.Create(); static List<int>? s_list;
                void M(IMemoryCache c) { foreach (int i in new List<int>()) { c.Set(i, GC.AllocateArray<byte>(i)); s_list?.Clear(); } }
                void N() { GCHandle.Alloc(s_pool.Rent(5)); Marshal.AllocHGlobal(5); MemoryPool<byte>.Shared.Rent(5); }
            }
            """;
        CompilationWithAnalyzers compilation = Verifier.Compile([All]).WithAnalyzers([.. RuleCatalogue.Analyzers, new TextsOfAllRules()]);
        await compilation.GetAnalyzerDiagnosticsAsync(CancellationToken.None);

        int asking = 0;
        foreach (DiagnosticAnalyzer analyzer in compilation.Analyzers)
        {
            AnalyzerTelemetryInfo told = await compilation.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None);
            asking += told.OperationBlockStartActionsCount + told.OperationActionsCount + told.OperationBlockActionsCount;
        }

        Assert.Equal(1, asking);
    }

    private sealed class WatchingRule(string id, Mentioned words, bool isEnabledByDefault = true, Mentioned around = Mentioned.None)
        : MemberRule(new DiagnosticDescriptor(id, id, id, "Test", DiagnosticSeverity.Warning, isEnabledByDefault))
    {
        public ConcurrentBag<string> Seen { get; } = [];

        private int _begun;

        public int Begun => _begun;

        internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) => words;

        internal override Mentioned WordsAround => around;

        internal override void Register(WatchedMembers members, KnownSymbols symbols)
        {
            Interlocked.Increment(ref _begun);
            members.WatchAll(See);
        }

#pragma warning disable RS1012 // What it would register is another matter.
        private void See(OperationBlockStartAnalysisContext start, in MemberText text) => Seen.Add(start.OwningSymbol.Name);
#pragma warning restore RS1012
    }

    private sealed class Settings(string asked, ReportDiagnostic? forAll, ReportDiagnostic? forFile) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            TryGet(diagnosticId, forFile, out severity);

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            TryGet(diagnosticId, forAll, out severity);

        private bool TryGet(string id, ReportDiagnostic? value, out ReportDiagnostic severity)
        {
            severity = value ?? ReportDiagnostic.Default;
            return value is not null && string.Equals(id, asked, StringComparison.Ordinal);
        }
    }
}
