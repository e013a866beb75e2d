using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>FG4004: one zone of shared memory is asked for blocks of widely different sizes.</summary>
public sealed class DoNotMixSizesInOneZone : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG4004";

    internal const string WasteThresholdKey = "fragguard.FG4004.waste_threshold";
    internal const string SizeRatioKey = "fragguard.FG4004.size_ratio";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Do not mix sizes in one zone of shared memory",
        message: "Zone '{0}' holds blocks of {1}: once half of the smaller ones are freed and larger ones come, the {2} model "
            + "predicts {3} of its {4} in use when it refuses the next ({5} waste, {6} with a zone for each size); give each size a "
            + "zone of its own.{7}",
        category: Category.Native,
        severity: DiagnosticSeverity.Warning,
        description: "A zone of fixed size never moves a block. Free bytes between live blocks of one size do not serve another "
            + "size, so that the zone refuses blocks while much of it is free.");

    private readonly KeptAnswers<ShiftForecast> _forecasts = new();

    /// <summary>The rule.</summary>
    public DoNotMixSizesInOneZone()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        mentions.Any(Mentioned.ZoneAnnotation) || symbols.MayHaveAnnotatedReferences
            ? WatchedWords.Anything // It may be any method that a member calls.
            : Mentioned.None;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (!members.Mentions.Any(Mentioned.ZoneAnnotation) && !symbols.HasAnnotatedReferences)
            return;
        if (ZoneAnnotations.From(symbols) is not { } annotations)
            return;
        SourceBodies bodies = symbols.Bodies;
        ConcurrentDictionary<ISymbol, IReadOnlyList<ZoneRequests>> zones = new(SymbolEqualityComparer.Default);
        members.Watch(
            WatchedWords.Anything,
            operation =>
            {
                if (annotations.BlockBytesOf(((IInvocationOperation)operation.Operation).TargetMethod) is null
                    || OutermostType.Of(operation.ContainingSymbol) is not { } type)
                {
                    return;
                }

                foreach (ZoneRequests zone in zones.GetOrAdd(
                    type, _ => ZoneRequests.In(type, annotations, bodies, operation.CancellationToken)))
                {
                    if (zone.Sites.Known.FirstOrDefault()?.Operation.Syntax == operation.Operation.Syntax)
                        Analyze(operation, zone);
                }
            },
            OperationKind.Invocation);
    }

    private void Analyze(OperationAnalysisContext context, ZoneRequests zone)
    {
        AnalyzerConfigOptions options =
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree);
        if (zone.Place.ZoneBytes <= 0 || zone.Sites.Ratio < Math.Max(2, OptionValues.Number(options, SizeRatioKey) ?? 4))
            return;
        ImmutableArray<SizeMixPart> parts = zone.Sites.Parts;
        string key = string.Format(
            CultureInfo.InvariantCulture, "{0}|{1}|{2}", SizeMixText.Write(parts), zone.Place.Model, zone.Place.ZoneBytes);
        double threshold = OptionValues.Number(options, WasteThresholdKey) ?? 0.25;
        if (_forecasts.Of(key, () => SizeShift.InZone(parts, zone.Place.Model, zone.Place.ZoneBytes)) is not { } forecast
            || forecast.Waste < threshold
            || forecast.WasteApart >= forecast.Waste)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            context.Operation.Syntax.GetLocation(),
            zone.Sites.Others(context.Operation),
            ShiftProperties.Of(forecast, zone.Zone.Name, zone.Sites, threshold),
            zone.Zone.Name,
            $"{ByteText.Of(zone.Sites.MinBytes)} to {ByteText.Of(zone.Sites.MaxBytes)}",
            forecast.Model,
            ByteText.Of(forecast.LiveBytes),
            ByteText.Of(forecast.HeldBytes),
            ShiftProperties.Percent(forecast.Waste),
            ShiftProperties.Percent(forecast.WasteApart),
            zone.Sites.UnknownText));
    }
}
