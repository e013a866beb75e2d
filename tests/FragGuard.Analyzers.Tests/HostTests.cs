using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests;

/// <summary>What hosts ask of the rules: the editor for one file, the build for all, both with the user's severities.</summary>
public sealed class HostTests
{
    private const string Cache = """
        using System.Diagnostics.CodeAnalysis;
        using Microsoft.Extensions.Caching.Memory;
        partial class Pages(IMemoryCache cache)
        {
            void Put() => cache.Set(1, new byte[90_000]);
            class Nested(IMemoryCache other) { void Put() { other.Set(1, new byte[90_000]); other.Set(2, new byte[900_000]); } }
        }
        """;

    private const string OtherPart = """
        using Microsoft.Extensions.Caching.Memory;
        partial class Pages { void PutLarge() => cache.Set(2, new byte[900_000]); }
        """;

    private const string Pool = """
        using System.Buffers;
        class Renter
        {
            int Rent() => ArrayPool<byte>.Shared.Rent(5).Length;
            int Again() { int Local() => ArrayPool<byte>.Shared.Rent(6).Length; return Local(); }
        }
        """;

    [Fact]
    public async Task OneFile_IsAnsweredInTheEditor()
    {
        CSharpCompilation compilation = Verifier.Compile([Cache, OtherPart, Pool]);

        string[] atFirstPart = await InEditorAsync(compilation, file: 0);
        string[] atOtherPart = await InEditorAsync(compilation, file: 1);
        string[] atRents = await InEditorAsync(compilation, file: 2);

        Assert.Equal(["FG1001", "FG1001"], atFirstPart, StringComparer.Ordinal);
        Assert.Empty(atOtherPart);
        Assert.Equal(["FG2001", "FG2001"], atRents, StringComparer.Ordinal);
    }

    [Fact]
    public async Task ConcurrentRuns_SayTheSame()
    {
        string[] sources = [Cache, OtherPart, Pool, .. Enumerable.Range(0, 20).Select(number => $$"""
            using System.Buffers;
            using Microsoft.Extensions.Caching.Memory;
            class Pages{{number}}(IMemoryCache cache)
            {
                void Small() => Put(1, new byte[90_000 + {{number}}]);
                void Large() => Put(2, new byte[900_000]);
                void Put(int key, byte[] page) { cache.Set(key, page); ArrayPool<byte>.Shared.Rent(key); }
            }
            """)];

        string[][] runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            (await RunAsync(Verifier.Compile(sources))).Select(Described).Order(StringComparer.Ordinal).ToArray())));

        Assert.Equal(44, runs[0].Length);
        Assert.All(runs, run => Assert.Equal(runs[0], run, StringComparer.Ordinal));

        static string Described(Diagnostic diagnostic) => string.Join(
            '|',
            diagnostic.ToString(),
            string.Join(",", diagnostic.AdditionalLocations),
            string.Join(",", diagnostic.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("FG1001", ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    [InlineData("FG1001", ReportDiagnostic.Info, DiagnosticSeverity.Info)]
    [InlineData("FG1001", ReportDiagnostic.Suppress, null)]
    [InlineData("FG2001", ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    [InlineData("FG2001", ReportDiagnostic.Suppress, null)]
    public async Task Severity_IsTheUsers(string id, ReportDiagnostic asked, DiagnosticSeverity? severity)
    {
        CSharpCompilation compilation = Verifier.Compile([Cache, OtherPart, Pool], new Severities(id, asked));

        Diagnostic[] found = [.. (await RunAsync(compilation)).Where(diagnostic => string.Equals(diagnostic.Id, id, StringComparison.Ordinal))];

        Assert.Equal(severity is null ? 0 : 2, found.Length);
        Assert.All(found, diagnostic => Assert.Equal(severity, diagnostic.Severity));
    }

    [Theory]
    [InlineData("cache.Set(1", "\n#pragma warning disable FG1001\ncache.Set(1")]
    [InlineData("void Put() => cache", "[SuppressMessage(\"SharedCaches\", \"FG1001\")] void Put() => cache")]
    [InlineData("partial class Pages(", "[SuppressMessage(\"SharedCaches\", \"FG1001\")] partial class Pages(")]
    public async Task SuppressedCache_IsSilent(string code, string suppressed)
    {
        Assert.Contains(code, Cache, StringComparison.Ordinal);
        string source = Cache.Replace(code, suppressed, StringComparison.Ordinal);
        ImmutableArray<Diagnostic> found = await RunAsync(Verifier.Compile([source, OtherPart]));
        Assert.DoesNotContain(found, diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("'cache'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("int Rent()", "\n#pragma warning disable FG2001\nint Rent()", 0)]
    [InlineData("int Rent()", "[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Pools\", \"FG2001\")] int Rent()", 1)]
    [InlineData("class Renter", "[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Pools\", \"FG2001\")] class Renter", 0)]
    public async Task SuppressedRent_IsSilent(string code, string suppressed, int left) => Assert.Equal(
        left, (await RunAsync(Verifier.Compile([Pool.Replace(code, suppressed, StringComparison.Ordinal)]))).Length);

    private static async Task<string[]> InEditorAsync(CSharpCompilation compilation, int file)
    {
        ImmutableArray<Diagnostic> found = await WithRules(compilation).GetAnalyzerSemanticDiagnosticsAsync(
            compilation.GetSemanticModel(compilation.SyntaxTrees[file]), filterSpan: null, CancellationToken.None);
        return [.. found.Where(IsWatched).Select(diagnostic => diagnostic.Id)];
    }

    private static async Task<ImmutableArray<Diagnostic>> RunAsync(CSharpCompilation compilation) =>
        [.. (await WithRules(compilation).GetAnalyzerDiagnosticsAsync(CancellationToken.None)).Where(IsWatched)];

    /// <summary>The snippets are about these two; other rules may have their say about them.</summary>
    private static bool IsWatched(Diagnostic diagnostic) => diagnostic.Id is "FG1001" or "FG2001";

    private static CompilationWithAnalyzers WithRules(CSharpCompilation compilation) =>
        compilation.WithAnalyzers([RuleCatalogue.AnalyzerOf("FG1001"), RuleCatalogue.AnalyzerOf("FG2001")], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false));

    /// <summary>What the compiler makes of <c>dotnet_diagnostic.….severity</c> in an <c>.editorconfig</c>.</summary>
    private sealed class Severities(string asked, ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic reported) =>
            TryGetGlobalDiagnosticValue(diagnosticId, cancellationToken, out reported) || reported != ReportDiagnostic.Default;

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic reported)
        {
            bool isAsked = string.Equals(diagnosticId, asked, StringComparison.Ordinal);
            reported = isAsked ? severity : ReportDiagnostic.Default;
            return isAsked;
        }
    }
}
