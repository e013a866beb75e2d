using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>list-profiles</c>: what <c>collect --profile</c> takes, what it enables and what that costs.</summary>
internal static class ListProfilesCommand
{
    public static Command Create(ToolConsole console) => ListingCommand.Create(
        "list-profiles", "List what collect can record, and what recording it costs.",
        ProfileCatalogue.OfRegistry, ReportJson.Default.ProfileCatalogue, ProfileText.Write, console);
}
