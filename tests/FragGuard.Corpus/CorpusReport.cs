using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Corpus;

/// <summary>Prints what the rules said about one folder, as tables of Markdown.</summary>
internal sealed class CorpusReport
{
    private readonly TextWriter _output;
    private readonly ImmutableHashSet<string> _only;
    private readonly bool _lists;

    /// <param name="output">Where the report is written to.</param>
    /// <param name="only">Ids whose reports are counted and listed; all when empty.</param>
    /// <param name="lists">True to show each report.</param>
    public CorpusReport(TextWriter output, ImmutableHashSet<string> only, bool lists)
    {
        _output = output;
        _only = only;
        _lists = lists;
    }

    public void Write(DirectoryInfo folder, RuleRun run)
    {
        Line($"## {folder.Name}");
        Line($"\n{run.Projects:N0} projects, {run.Files:N0} files, {run.Lines:N0} lines, {run.Rents:N0} calls of Rent, "
            + $"{run.BrokenFiles:N0} broken files, {run.Crashes.Count:N0} crashes, {run.Uncompiled:N0} projects the compiler fails at\n");
        foreach (string crash in run.Crashes)
            Line(crash);

        Diagnostic[] reports = [.. run.Reports
            .Where(report => _only.IsEmpty || _only.Contains(report.Id))
            .DistinctBy(report => (report.Id, report.Location.SourceTree?.FilePath, report.Location.SourceSpan))
            .OrderBy(report => report.Id, StringComparer.Ordinal)
            .ThenBy(report => report.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(report => report.Location.SourceSpan)];
        Line("| Rule | Reports |\n|---|---|");
        foreach (IGrouping<string, Diagnostic> rule in reports.GroupBy(report => report.Id, StringComparer.Ordinal))
            Line($"| {rule.Key} | {rule.Count():N0} |");
        Line("\n| Analyzer | Time |\n|---|---|");
        foreach ((string analyzer, TimeSpan time) in run.Times.OrderByDescending(pair => pair.Value))
            Line($"| {analyzer} | {time.TotalMilliseconds:N0} ms |");
        Line("");
        foreach (Diagnostic report in _lists ? reports : [])
            Show(folder, report);
    }

    private void Show(DirectoryInfo folder, Diagnostic report)
    {
        FileLinePositionSpan place = report.Location.GetLineSpan();
        string path = Path.GetRelativePath(folder.FullName, place.Path);
        string line = report.Location.SourceTree!.GetText().Lines[place.StartLinePosition.Line].ToString().Trim();
        Line($"{path}({place.StartLinePosition.Line + 1}): {report.Id} {report.GetMessage(CultureInfo.InvariantCulture)}\n    {line}");
    }

    private void Line(FormattableString text) => _output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text) => _output.WriteLine(text);
}
