using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sentences on two runs, and their verdicts.</summary>
internal static class RunComparisonWords
{
    public static string Title(RunComparison comparison)
    {
        int changed = comparison.Findings.Count(finding => finding.IsChanged);
        string verdicts = comparison.Findings.Count == 0
            ? ""
            : changed == 0 ? "; no verdict changed" : changed == 1 ? "; 1 verdict changed" : $"; {Amounts.Count(changed)} verdicts changed";
        return Heap(comparison.Before.Heap, comparison.After.Heap) + verdicts;
    }

    public static string Fact(string side, ComparedRun run) =>
        $"{side}: {RunWords.Command(run.Target.Command)}, process {run.Target.ProcessId.ToString(CultureInfo.InvariantCulture)}"
        + $"{(run.Target.Runtime.Length > 0 ? ", " + run.Target.Runtime : "")}, watched for {Amounts.Milliseconds(run.Target.DurationMs)}";

    public static PageSection Findings(IReadOnlyList<ComparedFinding> findings)
    {
        int changed = findings.Count(finding => finding.IsChanged);
        return findings.Count == 0
            ? new PageSection("Verdicts: none on either side", "")
            : new PageSection(
                $"Verdicts: {Amounts.Count(changed)} of {Amounts.Count(findings.Count)} changed", "",
                new PageTable(
                    ["", "rule", "where", "before", "after", "what, and why the verdict"],
                    [.. findings.Select(finding => (IReadOnlyList<PageCell>)
                    [
                        finding.IsChanged ? "changed" : "", finding.Rule, SourceNames.Of(finding.File, finding.AfterLine ?? finding.BeforeLine ?? 0),
                        Verdict(finding.Before), Verdict(finding.After), $"{finding.Message.TrimEnd('.')} – {finding.Reason}",
                    ])]));
    }

    private static string Verdict(string? verdict) =>
        verdict is null ? "no such finding" : $"{Verdicts.Sign(verdict)} {Verdicts.Text(verdict)}";

    private static string Heap(HeapSummary before, HeapSummary after)
    {
        if (before.SteadyStateGcs > 0 && after.SteadyStateGcs > 0)
        {
            return $"{Amounts.Percent(before.LohFragmentation)} of the large-object heap was free space before, "
                + $"{Amounts.Percent(after.LohFragmentation)} after; the GC heap held {Amounts.Bytes(before.MeanHeapBytes)}, then {Amounts.Bytes(after.MeanHeapBytes)}";
        }

        return before.Gcs > 0 && after.Gcs > 0
            ? $"The GC heap held {Amounts.Bytes(before.PeakHeapBytes)} at most after a GC, then {Amounts.Bytes(after.PeakHeapBytes)}"
            : "At least one run had no GC, so heaps cannot be compared";
    }
}
