using System;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The head of the page: what the run says, in one sentence and a few numbers.</summary>
internal static class SummarySection
{
    public static void Write(HtmlOutput html, RunReport report)
    {
        html.Write($"""
            <header>
            <p class="brand">FragGuard <span>fragmentation report</span></p>
            <h1>{Headline(report)}</h1>
            <p class="target"><code>{report.Target.Command}</code></p>
            <p class="facts">
            """);
        foreach (string fact in Facts(report.Target))
            html.Write($"<span>{fact}</span>");
        html.Write($"</p>\n");
        WriteVerdicts(html, report);
        WriteTiles(html, report.Heap);
        html.Write($"</header>\n");
    }

    private static string Headline(RunReport report)
    {
        int confirmed = report.Findings.Count(finding => IsVerdict(finding, Verdicts.Confirmed));
        string share = Amounts.Percent(report.Heap.LohFragmentation).Replace(' ', '\u00A0');
        string holes = $"{share} of the large-object heap is free space";
        return report.Findings.Count switch
        {
            0 when report.Target.Project is null => $"After full GCs {holes}",
            0 => $"The build has no findings; {holes}",
            1 when confirmed == 1 => $"The run confirms the finding: {holes}",
            1 => $"The finding is {Verdicts.Text(report.Findings[0].Verdict)}; {holes}",
            _ => $"The run confirms {Amounts.Count(confirmed)} of {Amounts.Count(report.Findings.Count)} findings; {holes}",
        };
    }

    private static string[] Facts(RunTarget target) =>
    [
        $"process {target.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        target.Runtime,
        $"watched for {Amounts.Milliseconds(target.DurationMs)}",
        .. target.ExitCode is { } code ? new[] { $"exit code {Amounts.Count(code)}" } : [],
        .. target.Project is { } project ? new[] { project } : [],
    ];

    private static void WriteVerdicts(HtmlOutput html, RunReport report)
    {
        html.Write($"""<p class="verdicts">""");
        foreach (string verdict in Verdicts.All)
        {
            int count = report.Findings.Count(finding => IsVerdict(finding, verdict));
            if (count > 0)
                html.Write($"{VerdictBadge.Opening(verdict)}{Amounts.Count(count)} {Verdicts.Text(verdict)}</span>");
        }

        html.Write($"</p>\n");
    }

    private static bool IsVerdict(ReportedFinding finding, string verdict) =>
        string.Equals(finding.Verdict, verdict, StringComparison.Ordinal);

    private static void WriteTiles(HtmlOutput html, HeapSummary heap)
    {
        html.Write($"""<dl class="tiles">""");
        Tile(html, "LOH free space", Amounts.Percent(heap.LohFragmentation),
            $"mean of {Amounts.Count(heap.SteadyStateGcs)} full GCs");
        Tile(html, "LOH size", Amounts.Bytes(heap.LohMeanBytes),
            $"{Amounts.Bytes(heap.LohLiveBytes)} live, peak {Amounts.Bytes(heap.LohPeakBytes)}");
        Tile(html, "GC heap", Amounts.Bytes(heap.MeanHeapBytes),
            $"{Amounts.Bytes(heap.LiveBytes)} live, peak {Amounts.Bytes(heap.PeakHeapBytes)}");
        Tile(html, "GC pauses", Amounts.Milliseconds(heap.TotalPauseMs),
            $"longest {Amounts.Milliseconds(heap.MaxPauseMs)}; {Amounts.Count(heap.Gcs)} GCs, "
                + $"{Amounts.Count(heap.FullGcs)} full");
        html.Write($"</dl>\n");
    }

    private static void Tile(HtmlOutput html, string name, string value, string note) => html.Write($"""
        <div><dt>{name} {Markup.Measured}</dt><dd><strong>{value}</strong> <small>{note}</small></dd></div>

        """);
}
