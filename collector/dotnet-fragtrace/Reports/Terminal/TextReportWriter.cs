using System.Collections.Generic;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>The report for a terminal or a log: verdicts first, then the numbers behind them, then their honesty.</summary>
internal sealed class TextReportWriter : IReportWriter
{
    /// <summary>Rows shown of a table; the rest is in the other forms.</summary>
    private const int MostRows = 50;

    public void Write(RunReport report, TextWriter output)
    {
        TextCanvas canvas = new(output);
        WriteTarget(canvas, report.Target);
        WriteFindings(canvas, report.Findings);
        WriteHeap(canvas, report.Heap);
        HeapDetailText.Write(canvas, report.HeapDetail);
        WriteWhatIf(canvas, report.WhatIf);
        WriteCaches(canvas, report.Caches);
        PoolText.WriteArrays(canvas, report.Pools);
        PoolText.WriteStreams(canvas, report.Streams);
        PoolText.WriteMemoryPools(canvas, report.MemoryPools);
        canvas.Heading("How far to trust this");
        foreach (string fact in Honesty.Facts(report))
            canvas.Line(fact);
    }

    private static void WriteTarget(TextCanvas canvas, RunTarget target)
    {
        string exit = target.ExitCode is { } code ? $", exited with {code}" : "";
        string command = target.Command.Length == 0 ? "A program whose name was not recorded" : target.Command;
        canvas.Line($"{command} (process {target.ProcessId}, {target.Runtime}), "
            + $"watched for {Amounts.Milliseconds(target.DurationMs)}{exit}");
    }

    private static void WriteFindings(TextCanvas canvas, IReadOnlyList<ReportedFinding> findings)
    {
        if (findings.Count == 0)
        {
            canvas.Heading("Findings: none");
            return;
        }

        canvas.Heading($"Findings: {Verdicts.Summary(findings)}");
        TextTable table = new("Verdict", "Rule", "Where", "What, and why the verdict");
        foreach (ReportedFinding finding in findings.Take(MostRows))
        {
            table.AddStyled(
                StyleOf(finding.Verdict),
                $"{Verdicts.Sign(finding.Verdict)} {Verdicts.Text(finding.Verdict)}",
                finding.Rule,
                $"{Path.GetFileName(finding.File)}:{finding.Line}",
                $"{finding.Message.TrimEnd('.')} – {finding.Reason}");
        }

        canvas.Table(table);
        WriteRest(canvas, findings.Count);
    }

    private static Style StyleOf(string verdict) => verdict switch
    {
        Verdicts.Confirmed => new Style(Color.Orange1),
        Verdicts.Refuted => new Style(Color.SteelBlue1),
        _ => Style.Plain,
    };

    private static void WriteHeap(TextCanvas canvas, HeapSummary heap)
    {
        if (heap.Gcs == 0)
        {
            canvas.Heading("GC heap: no GC ran, so nothing of it was measured");
            return;
        }

        canvas.Heading("GC heap, measured");
        TextTable table = new("", ">all generations", ">large-object heap");
        table.Add("peak", Amounts.Bytes(heap.PeakHeapBytes), Amounts.Bytes(heap.LohPeakBytes));
        table.Add("mean", Amounts.Bytes(heap.MeanHeapBytes), Amounts.Bytes(heap.LohMeanBytes));
        table.Add("live", Amounts.Bytes(heap.LiveBytes), Amounts.Bytes(heap.LohLiveBytes));
        table.Add("free share", "", Amounts.Percent(heap.LohFragmentation));
        canvas.Table(table);
        canvas.Line($"{Amounts.Count(heap.Gcs)} GCs, {Amounts.Count(heap.FullGcs)} full, means over "
            + $"{Amounts.Count(heap.SteadyStateGcs)} full GCs of the steady state; pauses "
            + $"{Amounts.Milliseconds(heap.TotalPauseMs)} in all, {Amounts.Milliseconds(heap.MaxPauseMs)} at most.");
    }

    private static void WriteWhatIf(TextCanvas canvas, IReadOnlyList<WhatIfRow> rows)
    {
        if (rows.Count == 0)
            return;
        canvas.Heading("What if, simulated");
        TextTable table = new("", "Remedy", ">heap", ">change", ">waste", "Advice");
        foreach (WhatIfRow row in rows.Take(MostRows))
        {
            table.Add(
                row.IsBest ? "best" : "",
                row.Remedy,
                Amounts.Bytes(row.HeapBytes),
                Amounts.Change(row.HeapChange),
                Amounts.Percent(row.Waste),
                row.Advice);
        }

        canvas.Table(table);
        WriteRest(canvas, rows.Count);
    }

    private static void WriteCaches(TextCanvas canvas, IReadOnlyList<CacheRow> caches)
    {
        if (caches.Count == 0)
            return;
        canvas.Heading("Caches, measured");
        TextTable table = new("Cache", ">stored", ">removed", ">live", ">peak live", ">smallest", ">largest");
        foreach (CacheRow cache in caches.Take(MostRows))
        {
            table.Add(
                cache.Name,
                Amounts.Count(cache.Stored),
                Amounts.Count(cache.Removed),
                Amounts.Count(cache.LiveEntries),
                Amounts.Bytes(cache.PeakLiveBytes),
                Amounts.Bytes(cache.MinEntryBytes),
                Amounts.Bytes(cache.MaxEntryBytes));
        }

        canvas.Table(table);
        WriteRest(canvas, caches.Count);
    }

    private static void WriteRest(TextCanvas canvas, int count)
    {
        if (count > MostRows)
            canvas.Line($"… and {Amounts.Count(count - MostRows)} more; --json has all of them.");
    }
}
