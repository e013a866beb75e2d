using System;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Models and their settings as the command line names them.</summary>
public sealed class SimulateSettingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoModel_IsOneLine() => (await ToolRun.Of("simulate", _folder.Cats())).Failed(ExitCode.Arguments, "--model");

    [Fact]
    public async Task UnknownModel_ListsTheKnown() => (await ToolRun.Of("simulate", _folder.Cats(), "--model", "nginx"))
        .Failed(ExitCode.Arguments, "There is no model 'nginx'; known: ");

    [Fact]
    public async Task UnknownSetting_ListsTheKnown() => (await ToolRun.Of(
        "simulate", _folder.Cats(), "--model", "nginx-slab", "--set", "size=40k"))
        .Failed(ExitCode.Arguments, "'size' is not a setting of nginx-slab: known are zone, page");

    [Fact]
    public async Task SettingOfOneModel_LeavesTheOtherAlone()
    {
        JsonElement result = await SimulatedJson.OfAsync(_folder.Cats(), "--model", "nginx-slab", "--model", "lua-shared-dict", "--set", "name=dogs");

        Assert.Equal(2, result.GetProperty("results").GetArrayLength());
    }

    [Theory]
    [InlineData("zone")]
    [InlineData("=40k")]
    public async Task SettingWithoutKeyOrValue_IsOneLine(string setting) => (await ToolRun.Of(
        "simulate", _folder.Cats(), "--model", "nginx-slab", "--set", setting))
        .Failed(ExitCode.Arguments, "write --set key=value");

    [Fact]
    public async Task ImpossibleSetting_SaysTheBounds() => (await ToolRun.Of(
        "simulate", _folder.Cats(), "--model", "nginx-slab", "--set", "zone=much"))
        .Failed(ExitCode.Arguments, "zone=much is not a byte count");

    [Theory]
    [InlineData("nginx-slab", "zone=8191", "zone=8191 is not a byte count from 8192 to 1099511627776, such as 40k or 8m.")]
    [InlineData("nginx-slab", "zone=1024g", "zone=1024g does not hold 1 to 16777216 pages of 4096 bytes.")]
    [InlineData("nginx-slab", "page=5000", "page=5000 is not a power of two.")]
    [InlineData("lua-shared-dict", "zone=8k", "A zone of 8192 bytes has no room for its own records; nginx would not start.")]
    [InlineData("lua-shared-dict", "version=0.9.20", "version=0.9.20 is not a version of ngx_lua from 0.10.0, such as 0.10.23.")]
    [InlineData("dotnet-loh", "region=33000000", "region=33000000 is not a power of two.")]
    [InlineData("dotnet-loh", "conserve=10", "conserve=10 is not a whole number from 0 to 9.")]
    [InlineData("dotnet-arraypool-shared", "cores=0", "cores=0 is not a whole number from 1 to 4096.")]
    public async Task SettingOutOfBounds_SaysWhich(string model, string setting, string complaint) =>
        (await ToolRun.Of("simulate", _folder.Cats(), "--model", model, "--set", setting)).Failed(ExitCode.Arguments, complaint);
}
