using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>
/// FG1006: an in-process cache holds large objects of about one size, and the simulator says what replacing them costs and
/// what would help. Where sizes differ widely FG1001 speaks instead.
/// </summary>
internal sealed class DoNotReplaceLargeObjectsInACache : CacheTrafficRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG1006";

    private const string WasteThresholdKey = "fragguard.FG1006.waste_threshold";
    private const double DefaultWasteThreshold = 0.25;

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "A cache in the process replaces large objects",
        message: "Cache '{0}' holds large objects of {1}: once they are replaced, the {2} model predicts {3} ({4}). {5}{6}",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Info,
        description: "The large object heap is swept by full collections only and not compacted. An entry that is replaced stays as "
            + "garbage until the heap's budget is spent, and the heap keeps what it grew to while the cache filled, even when all "
            + "entries are of one size.");

    private readonly CacheForecasts _forecasts;

    /// <summary>The rule, with the simulator's predictions.</summary>
    public DoNotReplaceLargeObjectsInACache()
        : this(CacheForecasts.Simulate)
    {
    }

    internal DoNotReplaceLargeObjectsInACache(Func<SizeMix, CachePlace, CacheAdvice> advise)
        : base(Rule) => _forecasts = new CacheForecasts(advise);

    public override void Analyze(SymbolAnalysisContext context, CacheEntrySizes entries, CacheSources sources)
    {
        if (!entries.AnyKnown || CachePlace.Of(entries, sources.Symbols) is not { IsGcHeap: true } place
            || entries.FirstKnown.Location.SourceTree is not { } tree)
        {
            return;
        }

        AnalyzerConfigOptions own = context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree);
        SharedCacheOptions options = SharedCacheOptions.Read(own, context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (entries.RatioFrom(options.LargeValueBytes) >= options.SizeRatio || entries.From(options.LargeValueBytes) is not { } large)
            return;
        options = options with
        {
            WasteThreshold = OptionValues.Number(own, WasteThresholdKey) is { } waste and >= 0 and <= 1 ? waste : DefaultWasteThreshold,
        };
        place = place with { Heap = options.Heap };
        SizeMix mix = large.Mix(options.Entries);
        if (_forecasts.Of(mix, place) is not { Best: not null } advice || advice.AsWritten.Waste < options.WasteThreshold)
            return;

        CacheFinding finding = new(large, mix, place, advice, options);
        string others = string.Format(
            CultureInfo.InvariantCulture,
            " The other {0} of {1} put sites are not simulated.", entries.Sites.Length - large.Sites.Length, entries.Sites.Length);
        IEnumerable<Location> more = large.Sites.Skip(1).Select(site => site.Location);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            large.FirstKnown.Location,
            more,
            finding.Properties(),
            large.Cache.Name, finding.Range, advice.AsWritten.Model, finding.Waste, finding.Memory, finding.Remedy,
            entries.Sites.Length == large.Sites.Length ? "" : others));
    }
}
