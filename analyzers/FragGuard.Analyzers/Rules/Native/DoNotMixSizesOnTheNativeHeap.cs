using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>FG4003: blocks of widely different sizes come and go on the native heap.</summary>
public sealed class DoNotMixSizesOnTheNativeHeap : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG4003";

    internal const string WasteThresholdKey = "fragguard.FG4003.waste_threshold";
    internal const string SizeRatioKey = "fragguard.FG4003.size_ratio";

    private const string Model = "glibc";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Do not mix sizes on the native heap",
        message: "'{0}' keeps native blocks of {1} that are freed one by one: once half of the smaller ones are freed and larger ones "
            + "come, the {2} model predicts {3} held for {4} in use ({5} free but not usable, {6} with one size); carve blocks of one "
            + "size out of large ones, or allocate the large ones from the system's pages.{7}",
        category: Category.Native,
        severity: DiagnosticSeverity.Info,
        description: "The native heap never moves a block. What small blocks leave behind between their neighbours does not hold a "
            + "large one, so that the heap grows although much of it is free, and cannot be given back to the system.");

    private readonly KeptAnswers<ShiftForecast> _forecasts = new();

    /// <summary>The rule.</summary>
    public DoNotMixSizesOnTheNativeHeap()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.NativeAllocation;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (symbols["System.Runtime.InteropServices.NativeMemory"] is null && symbols["System.Runtime.InteropServices.Marshal"] is null)
            return;
        SourceBodies bodies = symbols.Bodies;
        ConcurrentDictionary<ISymbol, KeptNativeBlocks?> kept = new(SymbolEqualityComparer.Default);
        members.Watch(
            Mentioned.NativeAllocation,
            operation =>
            {
                if (KeptNativeBlocks.IsAllocation((IInvocationOperation)operation.Operation)
                    && OutermostType.Of(operation.ContainingSymbol) is { } type
                    && kept.GetOrAdd(type, _ => KeptNativeBlocks.In(type, bodies, operation.CancellationToken)) is { } blocks
                    && blocks.Sites.Known.FirstOrDefault()?.Operation.Syntax == operation.Operation.Syntax)
                {
                    Analyze(operation, blocks);
                }
            },
            OperationKind.Invocation);
    }

    private void Analyze(OperationAnalysisContext context, KeptNativeBlocks blocks)
    {
        AnalyzerConfigOptions options =
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree);
        if (blocks.Sites.Ratio < Math.Max(2, OptionValues.Number(options, SizeRatioKey) ?? 4))
            return;
        ImmutableArray<SizeMixPart> parts = blocks.Sites.Parts;
        double threshold = OptionValues.Number(options, WasteThresholdKey) ?? 0.2;
        if (_forecasts.Of(SizeMixText.Write(parts), () => SizeShift.OnHeap(parts, Model)) is not { } forecast
            || forecast.Waste < threshold
            || forecast.WasteApart >= forecast.Waste)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            context.Operation.Syntax.GetLocation(),
            blocks.Sites.Others(context.Operation),
            ShiftProperties.Of(forecast, blocks.Name, blocks.Sites, threshold),
            blocks.Name,
            $"{ByteText.Of(blocks.Sites.MinBytes)} to {ByteText.Of(blocks.Sites.MaxBytes)}",
            Model,
            ByteText.Of(forecast.HeldBytes),
            ByteText.Of(forecast.LiveBytes),
            ShiftProperties.Percent(forecast.Waste),
            ShiftProperties.Percent(forecast.WasteApart),
            blocks.Sites.UnknownText));
    }
}
