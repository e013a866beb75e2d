using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Gates.Comparisons;
using FragGuard.FragTrace.Gates.Metrics;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Gates;

/// <summary>Decides a gate: quality first, then limits, comparisons and findings.</summary>
internal static class GateJudge
{
    /// <param name="written">Metrics that a baseline is to be made of; null when none is.</param>
    public static GateReport Judge(GateRequest request, IReadOnlyList<string>? written = null)
    {
        GateTrouble trouble = new();
        RefuseBad(request, trouble);
        RefuseUnwritable(request.Runs, written, trouble);
        GateLimitRow[] limits = LimitJudge.Judge(request, trouble);
        GateComparisonRow[] comparisons = request.Against is { } before ? ComparisonJudge.Judge(request, before, trouble) : [];
        FindingGate.Judge(request.Findings, trouble);
        RefuseUnknownLifetimes(
            request, [.. limits.Select(static one => one.Key), .. comparisons.Select(static one => one.Key), .. written ?? []], trouble);
        IEnumerable<MeasuredRun> all = [.. request.Runs, .. request.Against ?? []];
        return new GateReport
        {
            Verdict = trouble.Verdict,
            Failures = trouble.Failures,
            Refusals = trouble.Refusals,
            Quality = new GateQuality(
                all.Select(static run => run.LostRatio).DefaultIfEmpty().Max(),
                all.Select(static run => run.UnknownLifetimeRatio).DefaultIfEmpty().Max(),
                all.Count(static run => run.Broken is not null),
                request.MaxLost,
                request.MaxUnknown),
            Metrics = Medians(request.Runs),
            Limits = limits,
            Comparisons = comparisons,
            Findings = request.Findings,
            Runs = [.. request.Runs.Select(Row)],
            Against = [.. (request.Against ?? []).Select(Row)],
        };
    }

    private static void RefuseBad(GateRequest request, GateTrouble trouble)
    {
        foreach (MeasuredRun run in request.Runs.Concat(request.Against ?? []))
        {
            if (run.Broken is { } why)
                trouble.Refuse($"{run.File}: {why}");
            if (run.LostRatio > request.MaxLost)
                trouble.Refuse($"{run.File}: {Amounts.Percent(run.LostRatio)} of the events were lost; --max-lost is {Amounts.Percent(request.MaxLost)}.");
        }
    }

    /// <summary>Pools and the rest of the heap do not care how long large objects live; everything is asked for where no key is named.</summary>
    private static void RefuseUnknownLifetimes(GateRequest request, string[] keys, GateTrouble trouble)
    {
        if (keys.Length > 0 && !keys.Any(static key => MetricCatalogue.Find(key) is { IsOfLargeObjects: true }))
            return;
        foreach (MeasuredRun run in request.Runs.Concat(request.Against ?? []).Where(run => run.UnknownLifetimeRatio > request.MaxUnknown))
        {
            trouble.Refuse(
                $"{run.File}: {Amounts.Percent(run.UnknownLifetimeRatio)} of the large-object bytes have an unknown lifetime; "
                + $"--max-unknown is {Amounts.Percent(request.MaxUnknown)}.");
        }
    }

    private static void RefuseUnwritable(IReadOnlyList<MeasuredRun> runs, IReadOnlyList<string>? written, GateTrouble trouble)
    {
        if (written is { Count: 0 })
            trouble.Refuse("The runs have no metric that a baseline takes by itself; --metric names one.");
        foreach (string why in (written ?? []).Select(key => MissingMetric.Why(runs, key)).OfType<string>())
            trouble.Refuse(why);
    }

    private static SortedDictionary<string, double> Medians(IReadOnlyList<MeasuredRun> runs)
    {
        SortedDictionary<string, double> medians = new(StringComparer.Ordinal);
        foreach (string key in runs.SelectMany(static run => run.Metrics.Keys).Distinct(StringComparer.Ordinal))
            medians[key] = Spread.Of(runs, key)!.Median;
        return medians;
    }

    private static GateRunRow Row(MeasuredRun run) =>
        new(run.File, run.Source, run.LostRatio, run.UnknownLifetimeRatio, run.Broken, run.Metrics);
}
