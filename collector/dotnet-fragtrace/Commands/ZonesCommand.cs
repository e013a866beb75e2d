using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>zones</c>: the shared-memory zones of a running nginx or OpenResty.</summary>
internal sealed class ZonesCommand
{
    private readonly Option<int> _process = InspectedProcessOption.Create();
    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Continue from what is found: what fits after evictions, and what a split of each dictionary by size saves.",
    };

    private readonly ResultOutput _output = new(ResultForms.All, isPrivate: true);
    private readonly ToolConsole _console;

    private ZonesCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        ZonesCommand verb = new(console);
        Command command = new("zones", "Show how the shared-memory zones of an nginx process are filled. Reads only, and does not stop it.")
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
        bool isSimulated = parsed.GetValue(_simulate);
        _output.Prepare(parsed);
        ZonesReport report = InspectionErrors.Run(() =>
        {
            using InspectedProcess process = InspectedProcess.Open(processId);
            NginxZones zones = NginxZones.Read(process);
            return ZonesReportBuilder.Build(process, zones, zone => isSimulated ? ZonesSimulator.Simulate(zone) : null);
        });
        _output.Write(parsed, new ResultForms<ZonesReport>(report, ReportJson.Default.ZonesReport, () => ZonesPage.Build(report)), _console);
        return (int)ExitCode.Ok;
    }
}
