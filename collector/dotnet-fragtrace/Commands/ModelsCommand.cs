using System.CommandLine;
using System.Text.Json;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>models</c>: lists the allocator models and their settings.</summary>
internal static class ModelsCommand
{
    public static Command Create(ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        Command command = new("models", "List the allocator models, their settings and their fidelity.") { json };
        command.SetAction(parsed => Run(console, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, bool asJson)
    {
        ModelCatalogue catalogue = ModelCatalogue.OfRegistry();
        if (asJson)
            console.Out.WriteLine(JsonSerializer.Serialize(catalogue, ReportJson.Default.ModelCatalogue));
        else
            ModelText.Write(catalogue, console.Out);
        return (int)ExitCode.Ok;
    }
}
