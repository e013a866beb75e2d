using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using FragGuard.Collector.Snapshots;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Html;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary>Where a heap snapshot goes, and in which form: the extension of a file says it.</summary>
internal sealed class HeapOutput
{
    private const string Recording = ".nettrace";

    private readonly Option<string[]> _output = new("--output", "-o")
    {
        Description = "File to write; repeat for several. Its extension says what: .html, .json or .txt takes the report, "
            + ".nettrace keeps the raw events. Standard output takes the report as text when no file does.",
        HelpName = "file",
    };

    private readonly Option<bool> _json = JsonOption.Create();

    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_json);
    }

    /// <summary>Complains of what cannot be written before the process is stopped for it.</summary>
    public void Prepare(ParseResult parsed, bool keepsRecording, string input)
    {
        foreach (string file in Files(parsed))
        {
            string extension = Path.GetExtension(file);
            bool isKnown = extension is ".html" or ".json" or ".txt" or Recording;
            if (!isKnown)
            {
                throw new FragTraceException(
                    $"--output {file}: the name ends in .html, .json, .txt or {Recording}, which says what it takes.",
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
        string[] reports = [.. Files(parsed).Where(file => !IsRecording(file))];
        foreach (string file in reports)
        {
            using TextWriter writer = OutputFile.Create(file, input ?? "");
            Write(report, snapshot, Path.GetExtension(file), writer);
            writer.Flush();
        }

        if (parsed.GetValue(_json))
            Write(report, snapshot, ".json", console.Out);
        else if (reports.Length == 0)
            Write(report, snapshot, ".txt", console.Out);
    }

    private static void Write(HeapReport report, ObjectSnapshot snapshot, string extension, TextWriter output)
    {
        switch (extension)
        {
            case ".json":
                output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.HeapReport));
                break;
            case ".html":
                HeapPage.Write(report, HeapReportBuilder.Maps(snapshot), output);
                break;
            default:
                HeapText.Write(report, output);
                break;
        }
    }

    private string[] Files(ParseResult parsed) => parsed.GetValue(_output) ?? [];

    private static bool IsRecording(string file) =>
        string.Equals(Path.GetExtension(file), Recording, StringComparison.OrdinalIgnoreCase);
}
