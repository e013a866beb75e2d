using System.Text.Json;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>What <c>simulate --json</c> prints.</summary>
internal static class SimulatedJson
{
    public static async Task<JsonElement> OfAsync(params string[] args)
    {
        ToolRun run = await ToolRun.Of(["simulate", .. args, "--json"]);
        run.Succeeded();
        return JsonDocument.Parse(run.Out).RootElement;
    }

    /// <summary>A workload that a zone of 40 KiB holds 255 keys of.</summary>
    public static string Cats(this TestFolder folder) => folder.File("cats.txt", "safe_set {1..300} 8");
}
