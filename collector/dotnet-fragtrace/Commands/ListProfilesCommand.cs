using System.CommandLine;
using System.Text.Json;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>list-profiles</c>: what <c>collect --profile</c> takes, what it enables and what that costs.</summary>
internal static class ListProfilesCommand
{
    public static Command Create(ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        Command command = new("list-profiles", "List what collect can record, and what recording it costs.") { json };
        command.SetAction(parsed => Run(console, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, bool asJson)
    {
        ProfileCatalogue catalogue = ProfileCatalogue.OfRegistry();
        if (asJson)
            console.Out.WriteLine(JsonSerializer.Serialize(catalogue, ReportJson.Default.ProfileCatalogue));
        else
            ProfileText.Write(catalogue, console.Out);
        return (int)ExitCode.Ok;
    }
}
