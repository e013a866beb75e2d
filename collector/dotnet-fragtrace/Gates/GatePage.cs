using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Gates.Metrics;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Gates;

/// <summary>What a gate shows.</summary>
internal static class GatePage
{
    public static ReportPage Of(GateReport report) => new(
        "gate",
        Title(report),
        [.. report.Runs.Select(run => run.File)],
        [.. Sections(report).Where(static section => section.Table is not { Rows.Count: 0 })],
        Honesty(report));

    private static string Title(GateReport report) => report.Verdict switch
    {
        GateVerdicts.Refused when report.Failures.Count > 0 =>
            $"Refused to judge, for {Amount(report.Refusals.Count, "reason")}; {Amount(report.Failures.Count, "failure")} besides",
        GateVerdicts.Refused => $"Refused to judge, for {Amount(report.Refusals.Count, "reason")}",
        GateVerdicts.Failed => $"Failed: {report.Failures[0]}{(report.Failures.Count > 1 ? $" And {report.Failures.Count - 1} more." : string.Empty)}",
        _ => Passed(report),
    };

    private static string Passed(GateReport report)
    {
        List<string> held = [];
        if (report.Limits.Count > 0)
            held.Add($"{Amount(report.Limits.Count, "limit")} held");
        if (report.Comparisons.Count > 0)
            held.Add($"no change for the worse in {Amount(report.Comparisons.Count, "metric")}");
        if (report.Findings is not null)
            held.Add("no new finding that fails");
        return held.Count == 0 ? $"Passed: no limit was given; {Amount(report.Metrics.Count, "metric")} read" : $"Passed: {string.Join(", ", held)}";
    }

    private static IEnumerable<PageSection> Sections(GateReport report)
    {
        yield return new PageSection("Refused", string.Empty, Sentences("Why", report.Refusals));
        yield return new PageSection("Failed", string.Empty, Sentences("What", report.Failures));
        yield return new PageSection("Limits", string.Empty, new PageTable(
            ["Metric", ">Value", ">Limit", ">Baseline", ">Least", ">Most", "Verdict"],
            [.. report.Limits.Select(Row)]));
        yield return new PageSection("Before and after", string.Empty, new PageTable(
            ["Metric", ">Before", ">After", ">Change", ">Interval", ">p", "Verdict"],
            [.. report.Comparisons.Select(ComparisonRow)]));
        yield return new PageSection("New findings", string.Empty, new PageTable(
            ["Rule", "Place", "Message", "Verdict of a run", "Gate"],
            [.. (report.Findings?.New ?? []).Select(FindingRow)]));
        yield return new PageSection("Metrics", string.Empty, new PageTable(
            ["Metric", ">Value", "Meaning"],
            [.. report.Metrics.Select(static pair => MetricRow(pair.Key, pair.Value))]));
    }

    private static PageTable Sentences(string heading, IReadOnlyList<string> sentences) =>
        new([heading], [.. sentences.Select(static sentence => (IReadOnlyList<PageCell>)[sentence])]);

    private static IReadOnlyList<PageCell> Row(GateLimitRow row)
    {
        MetricUnit unit = MetricCatalogue.Find(row.Key)!.Unit;
        bool isMin = row.Kind is LimitJudge.Min || (row.Kind is LimitJudge.OfBaseline && MetricCatalogue.Find(row.Key)!.SmallerIsWorse);
        return
        [
            row.Key, Cell(unit, row.Value), new PageCell((isMin ? "≥ " : "≤ ") + MetricValue.Text(unit, row.Limit), row.Limit),
            Cell(unit, row.Baseline), Cell(unit, row.Least), Cell(unit, row.Most), row.Verdict,
        ];
    }

    private static IReadOnlyList<PageCell> ComparisonRow(GateComparisonRow row)
    {
        MetricUnit unit = MetricCatalogue.Find(row.Key)!.Unit;
        return
        [
            row.Key, Cell(unit, row.Before), Cell(unit, row.After),
            row.Effect is { } effect ? new PageCell(MetricValue.Difference(unit, effect), effect) : "–",
            row is { Low: { } low, High: { } high, Confidence: { } sure }
                ? FormattableString.Invariant($"{MetricValue.Difference(unit, low)} … {MetricValue.Difference(unit, high)} ({sure * 100:0} %)")
                : "–",
            row.AdjustedP is { } p ? new PageCell(FormattableString.Invariant($"{p:0.0000}"), p) : "–",
            row.Verdict,
        ];
    }

    private static IReadOnlyList<PageCell> FindingRow(GateFindingRow row) =>
        [row.Rule, FormattableString.Invariant($"{row.File}({row.Line})"), row.Message, row.Verdict ?? "–", row.Fails ? GateVerdicts.Failed : GateVerdicts.Passed];

    private static IReadOnlyList<PageCell> MetricRow(string key, double value)
    {
        MetricDefinition metric = MetricCatalogue.Find(key)!;
        return [key, new PageCell(MetricValue.Text(metric.Unit, value), value), metric.Meaning];
    }

    private static PageCell Cell(MetricUnit unit, double? value) =>
        value is { } number ? new PageCell(MetricValue.Text(unit, number), number) : "–";

    private static IReadOnlyList<string> Honesty(GateReport report) =>
    [
        $"{Amounts.Percent(report.Quality.LostRatio)} of the events were lost (the worst file; {Amounts.Percent(report.Quality.MaxLostRatio)} are tolerated).",
        report.Quality.UnknownLifetimeRatio > 0
            ? $"{Amounts.Percent(report.Quality.UnknownLifetimeRatio)} of the large-object bytes have an unknown lifetime (the worst file; {Amounts.Percent(report.Quality.MaxUnknownRatio)} are tolerated)."
            : "No large object was recorded whose lifetime should be known and is not.",
        report.Quality.Broken == 0 ? "No file is cut off or damaged." : $"{Amount(report.Quality.Broken, "file")} cut off, damaged or torn.",
        .. report.Runs.Count > 1 ? [$"A value is the median of {report.Runs.Count} files."] : Array.Empty<string>(),
        .. report.Metrics.Keys.Any(static key => key.StartsWith("simulated.", StringComparison.Ordinal))
            ? ["Keys that begin with simulated. are predictions of a model; all others are measured."]
            : new[] { "All metrics are measured." },
    ];

    private static string Amount(int count, string noun) => $"{Amounts.Count(count)} {noun}{(count == 1 ? string.Empty : "s")}";
}
