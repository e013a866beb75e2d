using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class PsCommandTests
{
    [Fact]
    public async Task LiveProcess_IsListed()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun text = await ToolRun.Of("ps");
        ToolRun json = await ToolRun.Of("ps", "--json");

        text.Succeeded();
        Assert.Contains(target.ProcessId.ToString(CultureInfo.InvariantCulture), text.Out, StringComparison.Ordinal);
        json.Succeeded();
        Assert.StartsWith("{\n  \"schema\": \"fragguard.processes/1\",", json.Out, StringComparison.Ordinal);
        JsonNode row = JsonNode.Parse(json.Out)!["processes"]!.AsArray()
            .Single(process => (int?)process!["processId"] == target.ProcessId)!;
        Assert.Contains("spin 100", (string?)row["commandLine"], StringComparison.Ordinal);
        Assert.False((bool?)row["isOtherUser"]);
    }
}
