using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// Reads the texts for all rules, looks up what each member mentions, and reports nothing: the compiler runs analyzers in the
/// order of their names, so that its table of times has a row for what all rules share instead of charging it to one of them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TextsOfAllRules : FragGuardAnalyzer
{
    public TextsOfAllRules()
        : base(DescriptorsOfAll())
    {
    }

    private protected override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols)
    {
        CompilationMentions mentions = symbols.Mentions(context.CancellationToken);
#pragma warning disable RS1012 // What is looked up is kept for the rules that ask next.
        context.RegisterOperationBlockStartAction(start => mentions.Inside(start.OperationBlocks));
#pragma warning restore RS1013
    }

    /// <summary>An analyzer runs while one of its descriptors is on: those of all rules, as long as any of them runs.</summary>
    private static DiagnosticDescriptor[] DescriptorsOfAll() =>
    [
        .. typeof(FragGuardAnalyzer).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false }
                && type.IsSubclassOf(typeof(FragGuardAnalyzer)) && type != typeof(TextsOfAllRules))
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)).SupportedDiagnostics)
            .Distinct()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];
}
