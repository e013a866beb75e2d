using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using FragGuard.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Benchmarks.Rules;

/// <summary>What all rules add to compiling files with an analyzer that does nothing, per file of 100 lines.</summary>
[ShortRunJob, MemoryDiagnoser]
public class RuleBenchmarks
{
    private const int Files = 200;

    internal static readonly ImmutableArray<DiagnosticAnalyzer> AllRules =
    [
        .. typeof(FragGuardAnalyzer).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    internal static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private SyntaxTree[] _trees = [];

    /// <summary>False: nothing that any rule watches. True: two of ten methods of a file rent.</summary>
    [Params(false, true)]
    public bool Rents { get; set; }

    [GlobalSetup]
    public void Parse() =>
        _trees = [.. Enumerable.Range(0, Files).Select(number => CSharpSyntaxTree.ParseText(GeneratedFile.Text(number, Rents)))];

    [Benchmark(Baseline = true, OperationsPerInvoke = Files)]
    public Task<ImmutableArray<Diagnostic>> Empty() => Run([new EmptyAnalyzer()]);

    [Benchmark(OperationsPerInvoke = Files)]
    public Task<ImmutableArray<Diagnostic>> All() => Run(AllRules);

    private Task<ImmutableArray<Diagnostic>> Run(ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        CSharpCompilation.Create("Generated", _trees, References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithAnalyzers(analyzers)
            .GetAllDiagnosticsAsync(CancellationToken.None);
}
