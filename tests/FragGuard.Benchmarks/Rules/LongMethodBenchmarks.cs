using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Benchmarks.Rules;

/// <summary>What all rules add to compiling one long method: four times the length is to cost about four times as much.</summary>
[ShortRunJob]
public class LongMethodBenchmarks
{
    private SyntaxTree? _tree;

    [Params(200, 800)]
    public int Times { get; set; }

    [ParamsAllValues]
    public LongMethodKind Kind { get; set; }

    [GlobalSetup]
    public void Parse() => _tree = CSharpSyntaxTree.ParseText(LongMethod.Text(Kind, Times));

    [Benchmark(Baseline = true)]
    public Task<ImmutableArray<Diagnostic>> Empty() => Run([new EmptyAnalyzer()]);

    [Benchmark]
    public Task<ImmutableArray<Diagnostic>> All() => Run(RuleBenchmarks.AllRules);

    private Task<ImmutableArray<Diagnostic>> Run(ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        CSharpCompilation.Create(
                "Generated", [_tree!], RuleBenchmarks.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true))
            .WithAnalyzers(analyzers)
            .GetAllDiagnosticsAsync(CancellationToken.None);
}
