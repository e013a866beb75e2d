using System;
using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2011: one pool with fixed limits is asked for widely different sizes, and keeps the most of each.</summary>
public sealed class DoNotMixSizesInOneBoundedPool : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG2011";

    internal const string IdleThresholdKey = "fragguard.FG2011.idle_threshold";
    internal const string IdleBytesKey = "fragguard.FG2011.idle_bytes";
    internal const string MissThresholdKey = "fragguard.FG2011.miss_threshold";
    internal const string SizeRatioKey = "fragguard.FG2011.size_ratio";
    internal const string RentedKey = "fragguard.FG2011.rented";

    /// <summary>More would keep the compiler waiting.</summary>
    private const int MostRented = 1_000;

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Do not mix sizes in one bounded pool",
        message: "Pool '{0}' is asked for {1}: with {2} arrays rented at once the {3} model predicts {4} idle of {5} held ({6}), "
            + "and {7} of the rents allocate; give the large arrays a pool of their own with fewer arrays, or rent them from "
            + "'ArrayPool<T>.Shared', which trims.{8}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A pool made by ArrayPool<T>.Create keeps, for each power of two, the most arrays that were ever out, and "
            + "never lets go of one. Asked for many sizes it holds the peak of each of them, though they are never reached together.");

    private readonly KeptAnswers<BoundedPoolForecast> _forecasts = new();

    /// <summary>The rule.</summary>
    public DoNotMixSizesInOneBoundedPool()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        mentions.Any(Mentioned.ArrayPool) ? Mentioned.PoolFactory : Mentioned.None;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (PoolCreations.From(symbols) is not { } creations)
            return;
        members.Watch(Mentioned.PoolFactory, (OperationBlockStartAnalysisContext start, in MemberText text) =>
        {
            if (text.MayName(Mentioned.ArrayPool))
                start.RegisterOperationAction(Find, OperationKind.Invocation);
        });

        void Find(OperationAnalysisContext found)
        {
            if (creations.IsCreatedArrayPool(found.Operation))
                Analyze(found, (IInvocationOperation)found.Operation, symbols);
        }
    }

    private void Analyze(OperationAnalysisContext context, IInvocationOperation create, KnownSymbols symbols)
    {
        if (BoundedPool.Of(create, context.ContainingSymbol, symbols, context.CancellationToken) is not { } pool)
            return;
        AnalyzerConfigOptions options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(create.Syntax.SyntaxTree);
        if (pool.Rents.Ratio >= (OptionValues.Number(options, SizeRatioKey) ?? 4) && pool.Varies)
            Judge(context, create, pool, options);
    }

    /// <summary>Simulates the pool; apart from the look at it, which most pools end with and which then need not load the simulator.</summary>
    private void Judge(OperationAnalysisContext context, IInvocationOperation create, BoundedPool pool, AnalyzerConfigOptions options)
    {
        ImmutableArray<SizeMixPart> parts = pool.Rents.Parts;
        int rented = Math.Min(
            OptionValues.Count(options, RentedKey) is > 0 and { } count ? count : pool.Buckets.Arrays, MostRented);
        string key = string.Format(
            CultureInfo.InvariantCulture, "{0}|{1}|{2}|{3}", SizeMixText.Write(parts), rented, pool.Buckets, pool.ElementBytes);
        if (_forecasts.Of(key, () => BoundedPoolForecast.Of(parts, rented, pool.Buckets, pool.ElementBytes)) is not { } forecast)
            return;
        double idleThreshold = OptionValues.Number(options, IdleThresholdKey) ?? 0.25;
        bool isIdle = forecast.IdleShare >= idleThreshold
            && forecast.IdleBytes >= (OptionValues.Count(options, IdleBytesKey) ?? 1 << 20);
        if (!isIdle && forecast.MissRate < (OptionValues.Number(options, MissThresholdKey) ?? 0.25))
            return;

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            create.Syntax.GetLocation(),
            pool.Rents.Others(create),
            Properties(pool, parts, rented, forecast, idleThreshold),
            pool.Name,
            $"{ByteText.Of(pool.Rents.MinBytes)} to {ByteText.Of(pool.Rents.MaxBytes)}",
            rented,
            BoundedPoolForecast.Model,
            ByteText.Of(forecast.IdleBytes),
            ByteText.Of(forecast.HeldBytes),
            Percent(forecast.IdleShare),
            Percent(forecast.MissRate),
            pool.Rents.UnknownText));
    }

    private static ImmutableDictionary<string, string?> Properties(
        BoundedPool pool, ImmutableArray<SizeMixPart> parts, int rented, BoundedPoolForecast forecast, double threshold) =>
        ImmutableDictionary<string, string?>.Empty
            .Add(FindingProperties.Model, BoundedPoolForecast.Model)
            .Add(FindingProperties.Waste, forecast.IdleShare.ToString("R", CultureInfo.InvariantCulture))
            .Add(FindingProperties.LiveBytes, Text(forecast.HeldBytes - forecast.IdleBytes))
            .Add(FindingProperties.HeapBytes, Text(forecast.HeldBytes))
            .Add(FindingProperties.Cache, pool.Name)
            .Add(FindingProperties.MinBytes, Text(pool.Rents.MinBytes))
            .Add(FindingProperties.MaxBytes, Text(pool.Rents.MaxBytes))
            .Add(FindingProperties.Threshold, threshold.ToString("R", CultureInfo.InvariantCulture))
            .Add(FindingProperties.Mix, SizeMixText.Write(parts))
            .Add(FindingProperties.Entries, Text(rented))
            .Add(FindingProperties.PutSites, pool.Rents.Text)
            .Add(FindingProperties.UnknownPutSites, Text(pool.Rents.Unknown));

    private static string Percent(double ratio) => (ratio * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
