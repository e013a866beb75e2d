using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>Verdicts as a page.</summary>
internal static class ValidationPage
{
    public static ReportPage Of(ValidationReport report) => new(
        "findings held against a run", Title(report), [.. Facts(report)], [.. Sections(report)], [.. Honesty(report)]);

    private static string Title(ValidationReport report) => report.Findings.Count == 0
        ? "No findings to hold against the run"
        : $"{Amounts.Count(report.Findings.Count)} {(report.Findings.Count == 1 ? "finding" : "findings")}: {Verdicts.Summary(report.Findings)}";

    private static IEnumerable<string> Facts(ValidationReport report)
    {
        RunTarget target = report.Target;
        if (target.Command.Length > 0)
            yield return RunWords.Command(target.Command);
        yield return target.Runtime;
        yield return $"{Amounts.Milliseconds(target.DurationMs)} recorded";
        yield return report.Quality.RecordingFile;
    }

    private static IEnumerable<PageSection> Sections(ValidationReport report)
    {
        if (report.Findings.Count == 0)
            yield break;
        yield return new PageSection("Findings", "") { Findings = report.Findings };
        foreach (PageSection section in PredictionSections.Of(report.Findings, report.Summary))
            yield return section;
        if (report.MappedFiles.Count > 0)
        {
            yield return new PageSection(
                "Files of another build",
                "The findings name these files by other paths than the recording; the longest common ending says which are the same.",
                new PageTable(
                    ["in the findings", "in the recording"],
                    [.. report.MappedFiles.Select(file => (IReadOnlyList<PageCell>)[file.File, file.RecordedFile])]));
        }
    }

    private static IEnumerable<string> Honesty(ValidationReport report)
    {
        foreach (string sentence in Reports.Honesty.Recording(report.Quality))
            yield return sentence;
        yield return $"Verdicts are unknown where more than {Amounts.Percent(report.Limits.MaxLostRatio)} of the events were lost, and, "
            + $"where they rest on lifetimes, where the end of more than {Amounts.Percent(report.Limits.MaxUnknownLifetimeRatio)} "
            + "of the large-object bytes was not seen.";
        yield return "Predictions are simulated from the source; what they are held against is measured by the runtime's events.";
    }
}
