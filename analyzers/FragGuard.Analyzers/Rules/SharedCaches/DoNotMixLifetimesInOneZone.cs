using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>FG1002: entries of clearly different lifetimes share one zone, and the simulator says that this is what it wastes.</summary>
internal sealed class DoNotMixLifetimesInOneZone : CacheTrafficRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG1002";

    private const string WasteThresholdKey = "fragguard.FG1002.waste_threshold";
    private const string LifetimeRatioKey = "fragguard.FG1002.lifetime_ratio";
    private const double DefaultWasteThreshold = 0.1;
    private const double DefaultLifetimeRatio = 10;

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "One zone holds entries of clearly different lifetimes",
        message: "Zone '{0}' holds entries that live {1} to {2}: the {3} model predicts {4} waste, {5} with the same sizes living "
            + "equally long, and {6} when entries that live {7} or more have a zone of their own with {8} of the bytes.{9}",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Warning,
        description: "A long-lived entry in the place that a short-lived one left keeps that place from the next large one. Entries that "
            + "die together leave room together.");

    private readonly LifetimeForecasts _forecasts;

    /// <summary>The rule, with the simulator's predictions.</summary>
    public DoNotMixLifetimesInOneZone()
        : this((mix, place) => LifetimeAdvisor.InZone(mix, place.Model, place.ZoneBytes))
    {
    }

    internal DoNotMixLifetimesInOneZone(Func<LifetimeMix, CachePlace, LifetimeAdvice?> advise)
        : base(Rule) => _forecasts = new LifetimeForecasts(advise);

    public override bool IsOfUse(KnownSymbols symbols) => symbols[CacheAnnotations.SharedCache] is not null;

    public override void Analyze(SymbolAnalysisContext context, CacheEntrySizes entries, CacheSources sources)
    {
        // All caches on the GC heap share its large object heap, so that a second cache changes nothing there.
        if (CachePlace.Of(entries, sources.Symbols) is not { IsGcHeap: false, ZoneBytes: > 0 } place)
            return;
        EntryLifetimes lifetimes = new(
            new EntrySettingsReader(sources.Bodies, sources.Sizes, context.CancellationToken),
            new LifetimeInference(sources.Sizes, sources.Bodies, context.CancellationToken));
        (CachePutSite Site, double Lifetime)[] known = [.. entries.Sites
            .Where(site => site.Bytes.IsKnown)
            .Select(site => (site, lifetimes.Of(site)))
            .Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.site, pair.Item2!.Value))];
        if (known.Length < 2 || known[0].Site.Location.SourceTree is not { } tree)
            return;
        AnalyzerConfigOptions options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree);
        double shortest = known.Min(pair => pair.Lifetime);
        double longest = known.Max(pair => pair.Lifetime);
        if (longest / shortest < (OptionValues.Number(options, LifetimeRatioKey) is { } ratio and >= 1 ? ratio : DefaultLifetimeRatio))
            return;
        if (_forecasts.Of(MixOf(known), place) is not { } advice
            || advice.Harm < (OptionValues.Number(options, WasteThresholdKey) is { } waste and <= 1 ? waste : DefaultWasteThreshold))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            known[0].Site.Location,
            known.Skip(1).Select(pair => pair.Site.Location),
            entries.Cache.Name, LifetimeText.Of(shortest), LifetimeText.Of(longest), advice.AsWritten.Model,
            Percent(advice.AsWritten.Waste), Percent(advice.SameLifetimes.Waste), Percent(advice.Split.Waste),
            LifetimeText.Of(advice.ShortestLong), Percent(advice.LongShare), NotSimulated(entries, known.Length)));
    }

    /// <summary>Every put site weighs the same; one with several sizes shares its weight out.</summary>
    private static LifetimeMix MixOf(IEnumerable<(CachePutSite Site, double Lifetime)> known) => new(
        [.. known
            .SelectMany(pair => pair.Site.Bytes.Parts, (pair, part) => new LifetimeMixPart(
                Math.Max(part.Min, 1), Math.Max(part.Max, 1), pair.Lifetime, 1.0 / pair.Site.Bytes.Parts.Count))
            .OrderBy(part => part.Lifetime).ThenBy(part => part.MinBytes).ThenBy(part => part.MaxBytes)]);

    private static string NotSimulated(CacheEntrySizes entries, int simulated) => entries.Sites.Length == simulated
        ? ""
        : string.Format(
            CultureInfo.InvariantCulture,
            " Not simulated: {0} of {1} put sites, whose sizes or lifetimes are unknown.",
            entries.Sites.Length - simulated, entries.Sites.Length);

    private static string Percent(double ratio) => (ratio * 100).ToString("0", CultureInfo.InvariantCulture) + "%";
}
