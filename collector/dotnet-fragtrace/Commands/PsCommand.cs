using System.CommandLine;
using System.Linq;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>ps</c>: the .NET processes that can be traced.</summary>
internal static class PsCommand
{
    public static Command Create(ToolConsole console) => ListingCommand.Create(
        "ps", "List the .NET processes that can be traced.",
        Listing, ReportJson.Default.ProcessListing, (listing, output) => ProcessText.Write(listing.Processes, output), console);

    private static ProcessListing Listing() => new([.. ProcessList.Scan().Select(process => new ProcessRow(
        process.ProcessId, process.Name, process.MainModulePath, process.Command.Line, process.RuntimeVersion, process.IsOtherUser))]);
}
