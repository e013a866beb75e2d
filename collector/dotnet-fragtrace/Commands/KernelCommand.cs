using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>kernel</c>: free memory by order, slab caches and stalls of this machine, or of another one from its saved files.</summary>
internal sealed class KernelCommand
{
    private readonly Option<string[]> _explain = new("--explain")
    {
        Description = "Saved files of another machine instead of this one: buddyinfo, pagetypeinfo, zoneinfo, slabinfo, meminfo, vmstat.",
        HelpName = "files",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly InspectionOutput _output = new();
    private readonly ToolConsole _console;

    private KernelCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        KernelCommand verb = new(console);
        Command command = new("kernel", "Show how fragmented the kernel's free memory is. Only reads; changes nothing.") { verb._explain };
        verb._output.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        _output.Prepare(parsed);
        string[] saved = parsed.GetValue(_explain) ?? [];
        KernelReport report = saved.Length > 0
            ? KernelReportBuilder.Build(KernelSavedFiles.Read(saved), release: null)
            : InspectionErrors.Run(() => KernelReportBuilder.Build(LiveKernel.Read(), LiveKernel.Release()));
        _output.Write(parsed, report, ReportJson.Default.KernelReport, () => KernelPage.Build(report), _console);
        return (int)ExitCode.Ok;
    }
}
