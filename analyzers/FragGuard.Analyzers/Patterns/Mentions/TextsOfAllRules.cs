using System.Linq;
using FragGuard.Analyzers.Rules;
using FragGuard.Analyzers.Rules.GcHeap;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// Reads the texts for all rules, and reports nothing: the compiler runs analyzers in the order of their names, so that its
/// table of times has a row for what all rules share instead of charging it to one of them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TextsOfAllRules : FragGuardAnalyzer
{
    public TextsOfAllRules()
        : base(DescriptorsOfAll())
    {
    }

#pragma warning disable RS1012 // What is read is kept for the rules that ask next.
    private protected override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols) =>
        symbols.Mentions(context.CancellationToken);
#pragma warning restore RS1012

    /// <summary>An analyzer runs while one of its descriptors is on: those of all rules, as long as any of them runs.</summary>
    private static DiagnosticDescriptor[] DescriptorsOfAll()
    {
        FragGuardAnalyzer[] all =
        [
            new CacheContents(), new GiveCachesALimitOrAnExpiry(), new PutLongPinnedArraysOnThePinnedHeap(), new RulesOfMembers(),
        ];
        return [.. all.SelectMany(analyzer => analyzer.SupportedDiagnostics)];
    }
}
