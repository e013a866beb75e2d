using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>Base of what the compiler hosts, rules and hosts of several rules: concurrency, generated code and symbol lookup are settled once, here.</summary>
public abstract class FragGuardAnalyzer : DiagnosticAnalyzer
{
    private protected FragGuardAnalyzer(params DiagnosticDescriptor[] descriptors) =>
        SupportedDiagnostics = ImmutableArray.Create(descriptors);

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start => Register(start, KnownSymbols.Of(start.Compilation)));
    }

    /// <summary>Registers the rule's actions, or nothing when the API it watches is not referenced.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context, KnownSymbols symbols);
}
