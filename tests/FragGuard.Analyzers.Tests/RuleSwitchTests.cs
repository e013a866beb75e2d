using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FragGuard.Analyzers.Tests;

/// <summary>A rule that is off for all files runs where a setting of its own switches a file on in which it could report.</summary>
public class RuleSwitchTests
{
    private static readonly DiagnosticDescriptor Rule = new ReturnWhatYouRent().Descriptor;

    [Theory]
    [InlineData(0, Mentioned.Rent, true)]
    [InlineData(1, Mentioned.Rent, false)]
    [InlineData(1, Mentioned.Rent | Mentioned.Pin, true)]
    [InlineData(2, Mentioned.Rent, false)]
    [InlineData(2, WatchedWords.Anything, true)]
    internal void Severity_IsAskedOfTheFilesThatHaveTheWords(int file, Mentioned words, bool expected)
    {
        FileSettings settings = new(Rule.Id, file);
        CSharpCompilation compilation = Verifier.Compile(["class A { int Rent; }", "class B { int Pin; }", "class C;"], settings);
        CompilationMentions mentions = CompilationMentions.Of(compilation, CancellationToken.None);

        Assert.Equal(expected, RuleSwitch.IsOn(ImmutableArray.Create(Rule), compilation, mentions, words, CancellationToken.None));
        if (words == Mentioned.Rent)
            Assert.Equal([compilation.SyntaxTrees[0]], settings.Asked);
    }

    [Theory]
    [InlineData(
        "FG2001",
        "class C { void M() { var b = P.Lend(5); } }",
        "using System.Buffers; static class P { public static byte[] Lend(int n) => ArrayPool<byte>.Shared.Rent(n); }")]
    [InlineData("FG2001", "using System.Buffers; class C { void M() { var b = ArrayPool<byte>.Shared.Rent(5); } }", "")]
    [InlineData(
        "FG2013",
        "partial class C { static void Keep(System.Text.StringBuilder b) { b.Clear(); s_kept = b; } static void Reset() { s_kept = null; } }",
        """
        partial class C
        {
            static System.Text.StringBuilder? s_kept;
            static System.Text.StringBuilder Take() { var b = s_kept; s_kept = null; return b ?? new System.Text.StringBuilder(); }
        }
        """)]
    [InlineData(
        "FG2013",
        """
        partial class C
        {
            static void Keep(System.Collections.Generic.List<int> b) { s_kept.Push(b); }
        }
        """,
        """
        using System.Collections.Concurrent; using System.Collections.Generic;
        partial class C
        {
            static readonly ConcurrentStack<List<int>> s_kept = new();
            static List<int> Take() { if (!s_kept.TryPop(out var b)) b = new List<int>(); b.Clear(); return b; }
        }
        """)]
    [InlineData(
        "FG3001",
        "class C { void M() { for (int i = 0; i < 100; i++) { var b = new byte[100_000]; b[0] = 5; } } }",
        "class D { void M() { while (true) { } } }")]
    public async Task RuleThatIsOnForOneFile_ReportsThere(string rule, string file, string other)
    {
        foreach (int on in new[] { 0, 1 })
        {
            CSharpCompilation compilation = Verifier.Compile([file, other], new FileSettings(rule, on));
            IEnumerable<Diagnostic> reports = await Verifier.RunAsync([.. RuleCatalogue.Analyzers], compilation);
            Assert.Equal(on == 0, reports.Any(report => string.Equals(report.Id, rule, StringComparison.Ordinal)));
        }
    }

    /// <summary>The rule is on for one file, and all rules are off for all.</summary>
    private sealed class FileSettings(string rule, int file) : SyntaxTreeOptionsProvider
    {
        private readonly ConcurrentDictionary<SyntaxTree, bool> _asked = new();

        public IEnumerable<SyntaxTree> Asked => _asked.Keys;

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            _asked[tree] = true;
            severity = ReportDiagnostic.Warn;
            return string.Equals(diagnosticId, rule, StringComparison.Ordinal)
                && string.Equals(tree.FilePath, $"Snippet{file}.cs", StringComparison.Ordinal);
        }

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Suppress;
            return true;
        }
    }
}
