using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>models</c>: lists the allocator models and their settings.</summary>
internal static class ModelsCommand
{
    public static Command Create(ToolConsole console) => ListingCommand.Create(
        "models", "List the allocator models, their settings and their fidelity.",
        ModelCatalogue.OfRegistry, ReportJson.Default.ModelCatalogue, ModelText.Write, console);
}
