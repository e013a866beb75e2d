using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using FragGuard.Collector.Snapshots;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary>Where a heap snapshot goes, and in which form: the extension of a file says it.</summary>
internal sealed class HeapOutput
{
    private const string Recording = ".nettrace";

    private readonly Option<string[]> _output = new("--output", "-o")
    {
        Description = $"File to write; repeat for several. Its extension says what: {Extensions} takes the report, "
            + ".nettrace keeps the raw events. Standard output takes the report as text when no file does.",
        HelpName = "file",
    };

    private readonly PrintedForm _printed = new(
        ResultForms.All.Select(form => form.Name), "That of standard output, which takes text when neither this nor a file is given.");

    private static string Extensions =>
        string.Join(", ", ResultForms.All.Select(form => form.Extension).Order(StringComparer.Ordinal));

    public void AddTo(Command command)
    {
        command.Add(_output);
        _printed.AddTo(command);
    }

    /// <summary>Complains of what cannot be written before the process is stopped for it.</summary>
    public void Prepare(ParseResult parsed, bool keepsRecording, string input)
    {
        _ = _printed.NameOf(parsed);
        foreach (string file in Files(parsed))
        {
            if (!IsRecording(file) && ResultForms.OfFile(file) is null)
            {
                throw new FragTraceException(
                    $"--output {file}: the name ends in {Extensions} or {Recording}, which says what it takes.",
                    ExitCode.Arguments);
            }

            if (!keepsRecording && IsRecording(file))
                throw new FragTraceException($"--output {file}: there are no new events when a recording is read.", ExitCode.Arguments);
            OutputFile.RequireWritable(file, input);
        }

        if (Files(parsed).Count(IsRecording) > 1)
            throw new FragTraceException($"Only one --output may end in {Recording}.", ExitCode.Arguments);
    }

    /// <summary>The file that keeps the raw events; null when there is none.</summary>
    public string? RecordingOf(ParseResult parsed) => Files(parsed).FirstOrDefault(IsRecording);

    public void Write(ParseResult parsed, ObjectSnapshot snapshot, string? input, ToolConsole console)
    {
        HeapReport report = HeapReportBuilder.Build(snapshot, input ?? RecordingOf(parsed));
        ResultForms<HeapReport> result = new(
            report, ReportJson.Default.HeapReport, () => HeapPage.Of(report, HeapReportBuilder.Maps(snapshot)));
        string[] reports = [.. Files(parsed).Where(file => !IsRecording(file))];
        foreach (string path in reports)
        {
            byte[] whole = result.ToBytes(ResultForms.OfFile(path)!);
            using Stream file = input is null ? OutputFile.CreatePrivate(path) : OutputFile.CreateBinary(path, input);
            file.Write(whole);
        }

        if (_printed.NameOf(parsed) is { } form)
            PrintedResult.Print(result, form, console);
        else if (reports.Length == 0)
            PrintedResult.Print(result, "text", console);
    }

    private string[] Files(ParseResult parsed) => parsed.GetValue(_output) ?? [];

    private static bool IsRecording(string file) =>
        string.Equals(Path.GetExtension(file), Recording, StringComparison.OrdinalIgnoreCase);
}
