using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>report</c>: renders a result or a recording.</summary>
internal sealed class ReportCommand
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A result that 'run --json' printed, or a .nettrace recording.",
    };

    private readonly ReportOptions _options = new();
    private readonly SymbolsOption _symbols = new();
    private readonly ToolConsole _console;

    private ReportCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        ReportCommand verb = new(console);
        Command command = new("report", "Render a result or a recording as text, JSON or an HTML page.") { verb._file };
        verb._options.AddTo(command);
        verb._symbols.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        ReportFormat format = _options.FormatOf(parsed);
        RunReport report = InputKinds.ForReport(file).ReadReport(file, _symbols.Read(parsed));
        _options.Write(report, format, parsed, _console, file);
        return (int)ExitCode.Ok;
    }
}
