using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>arenas</c>: what glibc's malloc holds in a process, which of it is fragmentation and which is only kept.</summary>
internal sealed class ArenasCommand
{
    private readonly Option<int> _process = InspectedProcessOption.Create();
    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Simulate fewer arenas for large heaps too, which takes as much memory as they do, and time.",
    };

    private readonly ResultOutput _output = new(ResultForms.All, isPrivate: true);
    private readonly ToolConsole _console;

    private ArenasCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        ArenasCommand verb = new(console);
        Command command = new(
            "arenas", "Show the heaps of glibc's malloc in any process, page by page: used, free but kept, given back.")
        {
            verb._process,
            verb._simulate,
        };
        verb._output.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        int processId = parsed.GetValue(_process);
        _output.Prepare(parsed);
        ArenaReading reading = InspectionErrors.Run(() => ArenaReading.Of(processId, parsed.GetValue(_simulate)));
        ArenaReport report = ArenaReportBuilder.Build(reading);
        _output.Write(parsed, new ResultForms<ArenaReport>(report, ReportJson.Default.ArenaReport, () => ArenaPage.Build(report, reading.Glibc)), _console);
        return (int)ExitCode.Ok;
    }
}
