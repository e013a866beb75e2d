using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>FG1001: one cache holds entries of widely different sizes, and the simulator says what that costs.</summary>
internal sealed class DoNotMixEntrySizesInOneCache : CacheTrafficRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG1001";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "One cache holds entries of widely different sizes",
        message: "Cache '{0}' holds entries of {1}: the {2} model predicts {3} ({4}). {5}{6}",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Warning,
        description: "Entries leave a cache by age or use, not by place: an entry that dies between two live ones leaves a "
            + "hole of its own size, and a larger entry does not fit in. Similar sizes in one cache reuse each other's holes.");

    private readonly CacheForecasts _forecasts;

    /// <summary>The rule, with the simulator's predictions.</summary>
    public DoNotMixEntrySizesInOneCache()
        : this(CacheForecasts.Simulate)
    {
    }

    internal DoNotMixEntrySizesInOneCache(Func<SizeMix, CachePlace, CacheAdvice> advise)
        : base(Rule) => _forecasts = new CacheForecasts(advise);

    public override void Analyze(SymbolAnalysisContext context, CacheEntrySizes sizes, CacheSources sources)
    {
        if (!sizes.AnyKnown || CachePlace.Of(sizes, sources.Symbols) is not { } place)
            return;
        CachePutSite first = sizes.FirstKnown;
        if (first.Location.SourceTree is not { } tree)
            return;
        SharedCacheOptions options = SharedCacheOptions.Read(
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree),
            context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        place = place with { Heap = options.Heap };
        // Small objects are compacted wherever they are, so that only the large ones can be in each other's way.
        long leastBytes = place.IsGcHeap ? options.LargeValueBytes : 1;
        if (sizes.RatioFrom(leastBytes) < options.SizeRatio)
            return;
        SizeMix mix = sizes.Mix(options.Entries);
        if (_forecasts.Of(mix, place) is not { } advice || advice.AsWritten.Waste < options.WasteThreshold)
            return;

        CacheFinding finding = new(sizes, mix, place, advice, options);
        IEnumerable<Location> others = sizes.Sites.Where(site => site != first).Select(site => site.Location);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            first.Location,
            others,
            finding.Properties(),
            sizes.Cache.Name, finding.Range, advice.AsWritten.Model, finding.Waste, finding.Memory, finding.Remedy, finding.Unknown));
    }
}
