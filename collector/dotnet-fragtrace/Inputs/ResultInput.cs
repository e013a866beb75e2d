using System;
using System.Text.Json;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A result that <c>run --json</c> or <c>report --json</c> printed.</summary>
internal sealed class ResultInput : IReportInput
{
    public bool Accepts(string path) => true;

    public RunReport ReadReport(string path, ReadingOptions options)
    {
        RunReport? report;
        try
        {
            using JsonDocument document = ResultDocument.Read(path);
            report = document.Deserialize(ReportJson.Default.RunReport);
        }
        catch (JsonException exception)
        {
            throw new FragTraceException(
                $"{path}: not a result of this tool: {exception.Message}", ExitCode.Arguments, exception);
        }

        if (report is null)
            throw new FragTraceException($"{path}: not a result of this tool: it holds null.", ExitCode.Arguments);
        if (!string.Equals(report.Schema, RunReport.CurrentSchema, StringComparison.Ordinal))
        {
            throw new FragTraceException(
                $"{path}: its schema is '{report.Schema}'; this tool reads '{RunReport.CurrentSchema}'.",
                ExitCode.Arguments);
        }

        RequireTracks(path, report);
        return report;
    }

    private static void RequireTracks(string path, RunReport report)
    {
        try
        {
            TrackCheck.Require(report);
        }
        catch (FormatException exception)
        {
            throw new FragTraceException($"{path}: not a result of this tool: {exception.Message}", ExitCode.Arguments, exception);
        }
    }
}
