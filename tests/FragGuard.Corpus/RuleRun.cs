using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Corpus;

/// <summary>All rules over the projects of one folder.</summary>
internal sealed class RuleRun
{
    /// <summary>What the compiler hosts: rules, and hosts of several rules that share one analysis; found by reflection, so that none can be forgotten.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> AllRules { get; } = typeof(FragGuardAnalyzer).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
        .ToImmutableArray();

    /// <summary>The ids of all rules, in order.</summary>
    public static ImmutableArray<string> Ids { get; } =
        [.. AllRules.SelectMany(rule => rule.SupportedDiagnostics).Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private readonly ImmutableArray<SourceProject> _projects;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly ConcurrentQueue<string> _crashes = new();

    /// <param name="projects">The sources.</param>
    /// <param name="analyzers">What to run over them; every rule of the product when not given.</param>
    public RuleRun(ImmutableArray<SourceProject> projects, ImmutableArray<DiagnosticAnalyzer>? analyzers = null)
    {
        _projects = projects;
        _analyzers = analyzers ?? AllRules;
    }

    public List<Diagnostic> Reports { get; } = [];

    public IReadOnlyCollection<string> Crashes => _crashes;

    /// <summary>Time of each analyzer, all threads together.</summary>
    public Dictionary<string, TimeSpan> Times { get; } = new(StringComparer.Ordinal);

    public int Projects => _projects.Length;

    public int Files { get; private set; }

    public long Lines { get; private set; }

    /// <summary>Calls of a method named Rent.</summary>
    public int Rents { get; private set; }

    public int BrokenFiles { get; private set; }

    /// <summary>Projects at which the compiler failed.</summary>
    public int Uncompiled { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        ProjectCompiler compiler = new();
        foreach (SourceProject project in _projects)
        {
            CSharpCompilation compilation = compiler.Compile(project, cancellation);
            Count(compilation, cancellation);
            if (await CompiledAsync(compilation, project.Path, cancellation).ConfigureAwait(false) is not { } result)
                continue;

            Reports.AddRange(result.GetAllDiagnostics());
            foreach ((DiagnosticAnalyzer analyzer, var told) in result.AnalyzerTelemetryInfo)
            {
                string name = analyzer.GetType().Name;
                Times[name] = Times.GetValueOrDefault(name) + told.ExecutionTime;
            }
        }
    }

    /// <summary>Breaks every file a number of times and runs the rules over it; only crashes count.</summary>
    public async Task RunBrokenAsync(int times, int seed, CancellationToken cancellation)
    {
        string[] files = [.. _projects.SelectMany(project => project.Files)];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files.Length * times),
            cancellation,
            async (number, stop) =>
            {
                string file = files[number % files.Length];
                string broken = Mutation.Of(await File.ReadAllTextAsync(file, stop).ConfigureAwait(false), seed + number);
                await RunAsync(ProjectCompiler.Compile(broken, file), $"{file}, mutation {seed + number}", logTime: false, stop)
                    .ConfigureAwait(false);
            }).ConfigureAwait(false);
        BrokenFiles = files.Length * times;
    }

    /// <summary>
    /// The result, or null when the compiler itself fails. Unresolved types can make it fail where it infers nullability, so
    /// it gets a second try without.
    /// </summary>
    private async Task<AnalysisResult?> CompiledAsync(CSharpCompilation compilation, string name, CancellationToken cancellation)
    {
        foreach (NullableContextOptions nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable })
        {
            try
            {
                return await RunAsync(
                    compilation.WithOptions(compilation.Options.WithNullableContextOptions(nullable)), name, logTime: true, cancellation)
                    .ConfigureAwait(false);
            }
            catch (NullReferenceException)
            {
                // An exception of a rule never gets here.
            }
        }

        Uncompiled++;
        return null;
    }

    private Task<AnalysisResult> RunAsync(
        CSharpCompilation compilation, string name, bool logTime, CancellationToken cancellation)
    {
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => _crashes.Enqueue($"{analyzer.GetType().Name} on {name}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: logTime,
            reportSuppressedDiagnostics: false);
        return compilation.WithAnalyzers(_analyzers, options).GetAnalysisResultAsync(cancellation);
    }

    private void Count(CSharpCompilation compilation, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            Files++;
            Lines += tree.GetText(cancellation).Lines.Count;
            Rents += tree.GetRoot(cancellation).DescendantNodes().Count(node =>
                node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Rent" } });
        }
    }
}
