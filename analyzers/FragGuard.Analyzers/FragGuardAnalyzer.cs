using System;
using System.Collections.Immutable;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>Base of every rule: concurrency, generated code and symbol lookup are settled once, here.</summary>
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

    /// <summary>Registers for the operations of those members whose text has one of the words, and nothing for all others.</summary>
    private protected static void Watch(
        CompilationStartAnalysisContext context,
        KnownSymbols symbols,
        Mentioned words,
        Action<OperationAnalysisContext> action,
        params OperationKind[] kinds) =>
        Watch(context, symbols, words, ~Mentioned.None, action, kinds);

    /// <summary>The same, in files only that name one of the types.</summary>
    private protected static void Watch(
        CompilationStartAnalysisContext context,
        KnownSymbols symbols,
        Mentioned words,
        Mentioned types,
        Action<OperationAnalysisContext> action,
        params OperationKind[] kinds)
    {
        CompilationMentions mentions = symbols.Mentions(context.CancellationToken);
        if (!mentions.Any(words))
            return;
        ImmutableArray<OperationKind> watched = ImmutableArray.Create(kinds);
        context.RegisterOperationBlockStartAction(start =>
        {
            if (mentions.Any(start.OperationBlocks, words) && mentions.MayName(start.OperationBlocks, types))
                start.RegisterOperationAction(action, watched);
        });
    }
}
