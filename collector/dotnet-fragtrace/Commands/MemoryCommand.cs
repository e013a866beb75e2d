using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>memory</c>: the whole memory of any process, and what it is for.</summary>
internal sealed class MemoryCommand
{
    private readonly Option<int> _process = InspectedProcessOption.Create();
    private readonly InspectionOutput _output = new();
    private readonly ToolConsole _console;

    private MemoryCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        MemoryCommand verb = new(console);
        Command command = new("memory", "Show the memory of any process, and what it is for: the parts add up to what is resident.")
        {
            verb._process,
        };
        verb._output.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        int processId = InspectedProcessOption.Of(parsed, _process);
        _output.Prepare(parsed);
        MemoryReport report = InspectionErrors.Run(() => Look(processId));
        _output.Write(parsed, report, ReportJson.Default.MemoryReport, () => MemoryPage.Build(report), _console);
        return (int)ExitCode.Ok;
    }

    private static MemoryReport Look(int processId)
    {
        using InspectedProcess process = InspectedProcess.Open(processId);
        return MemoryReportBuilder.Build(BreakdownReader.Read(process, []));
    }
}
