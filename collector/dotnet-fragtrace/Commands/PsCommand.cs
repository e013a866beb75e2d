using System.CommandLine;
using System.Linq;
using System.Text.Json;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>ps</c>: the .NET processes that can be traced.</summary>
internal static class PsCommand
{
    public static Command Create(ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        Command command = new("ps", "List the .NET processes that can be traced.") { json };
        command.SetAction(parsed => Run(console, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, bool asJson)
    {
        ProcessRow[] rows = ProcessList.Scan().Select(process => new ProcessRow(
            process.ProcessId, process.Name, process.MainModulePath, process.CommandLine, process.RuntimeVersion,
            process.IsOtherUser)).ToArray();
        if (asJson)
            console.Out.WriteLine(JsonSerializer.Serialize(new ProcessListing(rows), ReportJson.Default.ProcessListing));
        else
            ProcessText.Write(rows, console.Out);
        return (int)ExitCode.Ok;
    }
}
