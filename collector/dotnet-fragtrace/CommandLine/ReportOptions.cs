using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>Form and place of a report of a recording.</summary>
internal sealed class ReportOptions
{
    private readonly FormOptions _form = new(ReportFormats.All.Select(format => (format.Name, format.Extension)));

    public void AddTo(Command command) => _form.AddTo(command);

    /// <exception cref="FragTraceException">No such format, or two of them.</exception>
    public ReportFormat FormatOf(ParseResult parsed) => ReportFormats.ByName(_form.NameOf(parsed));

    /// <summary>Writes the report where the command line says.</summary>
    public void Write(
        RunReport report, ReportFormat format, ParseResult parsed, ToolConsole console, params ReadOnlySpan<string> inputs)
    {
        if (_form.FileOf(parsed) is not { } path)
        {
            format.Writer.Write(report, console.Out);
            return;
        }

        using TextWriter file = OutputFile.Create(path, inputs);
        format.Writer.Write(report, file);
    }
}
