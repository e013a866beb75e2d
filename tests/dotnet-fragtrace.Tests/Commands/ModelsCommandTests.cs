using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class ModelsCommandTests
{
    [Fact]
    public async Task Json_HasTheWholeRegistry()
    {
        ToolRun run = await ToolRun.Of("models", "--json");

        run.Succeeded();
        JsonElement result = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal("fragguard.models/1", result.GetProperty("schema").GetString());
        Assert.Equal(
            AllocatorModels.All.Select(model => model.Name),
            result.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Text_NamesEveryModelAndSetting()
    {
        ToolRun run = await ToolRun.Of("models");

        run.Succeeded();
        Assert.All(AllocatorModels.All, model =>
        {
            Assert.Contains(model.Name, run.Out, StringComparison.Ordinal);
            Assert.All(model.Settings, setting => Assert.Contains(setting.Key, run.Out, StringComparison.Ordinal));
        });
    }
}
