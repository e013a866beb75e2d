using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>How a verb that makes a report is told its form and place: <c>--format</c>, <c>--json</c> and <c>-o</c>.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> _format = new("--format")
    {
        Description = $"Form of the report: {ReportFormats.Names}. The output file's extension decides when absent.",
        HelpName = "name",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "File to write the report to; standard output when absent.",
        HelpName = "file",
    };

    private readonly Option<bool> _json = JsonOption.Create();

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_output);
        command.Add(_json);
    }

    /// <exception cref="FragTraceException">No such format, or two of them.</exception>
    public ReportFormat FormatOf(ParseResult parsed)
    {
        string? named = parsed.GetValue(_format);
        if (parsed.GetValue(_json))
        {
            if (named is not (null or "json"))
                throw new FragTraceException($"--json and --format {named} exclude each other.", ExitCode.Arguments);
            return ReportFormats.ByName("json");
        }

        if (named is not null)
            return ReportFormats.ByName(named);
        string extension = Path.GetExtension(parsed.GetValue(_output) ?? "");
        return ReportFormats.All.FirstOrDefault(format =>
                string.Equals(format.Extension, extension, StringComparison.OrdinalIgnoreCase))
            ?? ReportFormats.ByName("text");
    }

    /// <summary>Writes the report where the command line says.</summary>
    public void Write(
        RunReport report, ReportFormat format, ParseResult parsed, ToolConsole console, params ReadOnlySpan<string> inputs)
    {
        if (parsed.GetValue(_output) is not { } path)
        {
            format.Writer.Write(report, console.Out);
            return;
        }

        using TextWriter file = OutputFile.Create(path, inputs);
        format.Writer.Write(report, file);
    }
}
