using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests;

/// <summary>
/// Runs one rule over a snippet. <c>[|text|]</c> marks where the rule must report; anything it reports elsewhere, or
/// does not report there, fails. The snippet must compile unless <c>allowErrors</c> is set; AD0001 always fails.
/// </summary>
internal static class Verifier
{
    private static readonly ImmutableArray<MetadataReference> References = LoadReferences();

    public static Task<ImmutableArray<Diagnostic>> VerifyAsync<TRule>(
        string markedSource,
        IReadOnlyDictionary<string, string>? options = null,
        bool allowErrors = false)
        where TRule : DiagnosticAnalyzer, new() =>
        VerifyAsync(new TRule(), markedSource, options, allowErrors);

    /// <summary>Runs the rule with that id; what other rules of the same analyzer report does not count.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyAsync(
        string id, string markedSource, IReadOnlyDictionary<string, string>? options = null, bool allowErrors = false) =>
        VerifyAsync(RuleCatalogue.AnalyzerOf(id), markedSource, options, allowErrors, id);

    /// <summary>The same with another file beside, in which nothing is reported.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyAsync(string id, string markedSource, string otherFile) =>
        VerifyAsync(RuleCatalogue.AnalyzerOf(id), markedSource, options: null, allowErrors: false, id, otherFile);

    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(
        DiagnosticAnalyzer rule,
        string markedSource,
        IReadOnlyDictionary<string, string>? options = null,
        bool allowErrors = false,
        string? onlyId = null,
        params string[] otherFiles)
    {
        (string source, List<(int Start, int Length)> expected) = Unmark(markedSource);
        ImmutableArray<Diagnostic> diagnostics = await RunAsync(rule, [source, .. otherFiles], options, allowErrors);
        if (onlyId is not null)
            diagnostics = [.. diagnostics.Where(found => string.Equals(found.Id, onlyId, StringComparison.Ordinal))];
        (int Start, int Length)[] actual = diagnostics
            .Select(diagnostic => (diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length))
            .OrderBy(span => span)
            .ToArray();
        expected.Sort();
        Assert.True(
            expected.SequenceEqual(actual),
            $"Expected {Show(expected, source)} but the rule reported {Show(actual, source)}\n{string.Join("\n", diagnostics)}");
        return diagnostics;
    }

    public static Task<ImmutableArray<Diagnostic>> RunAsync(
        DiagnosticAnalyzer rule,
        IReadOnlyList<string> sources,
        IReadOnlyDictionary<string, string>? options = null,
        bool allowErrors = false) => RunAsync([rule], sources, options, allowErrors);

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(
        IReadOnlyList<DiagnosticAnalyzer> rules,
        IReadOnlyList<string> sources,
        IReadOnlyDictionary<string, string>? options = null,
        bool allowErrors = false)
    {
        CSharpCompilation compilation = Compile(sources);
        Diagnostic[] errors = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.True(allowErrors || errors.Length == 0, string.Join("\n", errors.AsEnumerable()));

        return await RunAsync(rules, compilation, options);
    }

    /// <summary>Runs the rules over whatever the compilation holds; only an exception of a rule fails.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(
        IEnumerable<DiagnosticAnalyzer> rules, Compilation compilation, IReadOnlyDictionary<string, string>? options = null)
    {
        ConcurrentQueue<Exception> thrown = new();
        CompilationWithAnalyzersOptions analysis = new(
            new AnalyzerOptions([], new FixedOptions(options ?? ImmutableDictionary<string, string>.Empty)),
            onAnalyzerException: (exception, _, _) => thrown.Enqueue(exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        ImmutableArray<Diagnostic> diagnostics =
            await compilation.WithAnalyzers([.. rules], analysis).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.True(thrown.IsEmpty, string.Join("\n", thrown));
        return diagnostics;
    }

    /// <param name="severities">The user's severities, file by file.</param>
    public static CSharpCompilation Compile(IReadOnlyList<string> sources, SyntaxTreeOptionsProvider? severities = null) =>
        CSharpCompilation.Create(
            "Snippet",
            sources.Select((text, index) => CSharpSyntaxTree.ParseText(
                text, new CSharpParseOptions(LanguageVersion.Latest), $"Snippet{index}.cs", Encoding.UTF8)),
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
                .WithSyntaxTreeOptionsProvider(severities));

    public static (string Source, List<(int Start, int Length)> Spans) Unmark(string marked)
    {
        StringBuilder source = new();
        List<(int, int)> spans = [];
        int start = -1;
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("[|", StringComparison.Ordinal))
            {
                start = source.Length;
                i++;
            }
            else if (start >= 0 && marked.AsSpan(i).StartsWith("|]", StringComparison.Ordinal))
            {
                spans.Add((start, source.Length - start));
                start = -1;
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }
        }

        return (source.ToString(), spans);
    }

    private static string Show(IEnumerable<(int Start, int Length)> spans, string source)
    {
        string[] shown = spans.Select(span =>
            $"'{source.Substring(span.Start, span.Length)}' at line {source.AsSpan(0, span.Start).Count('\n') + 1}").ToArray();
        return shown.Length == 0 ? "nothing" : string.Join(", ", shown);
    }

    private static ImmutableArray<MetadataReference> LoadReferences() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FragGuard.Analyzers", StringComparison.Ordinal))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    private sealed class FixedOptions(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        private readonly Values _values = new(values);

        public override AnalyzerConfigOptions GlobalOptions => _values;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _values;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _values;

        private sealed class Values(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
        }
    }
}
