using System;
using System.Diagnostics.Tracing;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Inputs;

/// <summary>Recordings that others made: what their events allow is told, and what they lack is said.</summary>
public sealed class ForeignRecordingTests : IDisposable
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const long Gc = 0x1;
    private const long Survivors = 0x400000;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Gc, EventLevel.Verbose, "of its large-object bytes died")]
    [InlineData(Gc, EventLevel.Informational, "names no large objects")]
    public async Task MissingEvents_AreSaid(long keywords, EventLevel level, string says)
    {
        string file = await RecordAsync(keywords, level);

        JsonNode simulated = await JsonOf("simulate", file, "--model", "dotnet-loh", "--json");
        Assert.Contains(says, (string?)simulated["gap"], StringComparison.Ordinal);
        Assert.Null(simulated["validation"]);
        JsonNode forecast = (await JsonOf("simulate", file, "--model", "dotnet-gc", "--json"))["forecast"]!;
        Assert.Equal(0, (int)forecast["predictedGcs"]!);
        Assert.Contains("lists no survivors", forecast["notPredicted"]!.ToJsonString(), StringComparison.Ordinal);
        JsonNode reported = await JsonOf("report", file, "--json");
        Assert.Contains(says, (string?)reported["gap"], StringComparison.Ordinal);
        Assert.Null(reported["replay"]);
        Assert.InRange((int)reported["heap"]!["fullGcs"]!, 1, int.MaxValue);
        Assert.Contains(says, (await ToolRun.Of("report", file)).Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameProgramWithSurvivors_HasNoGap()
    {
        string file = await RecordAsync(Gc | Survivors, EventLevel.Verbose);

        Assert.Null((await JsonOf("report", file, "--json"))["gap"]);
        Assert.NotNull((await JsonOf("simulate", file, "--model", "dotnet-loh", "--json"))["validation"]);
    }

    private async Task<string> RecordAsync(long keywords, EventLevel level)
    {
        string file = _folder.PathOf("foreign.nettrace");
        TraceProfile profile = new("foreign", "As another tool records.", [new ProviderRequest(Runtime, keywords, level)], HasRundown: false);
        RecordingOptions options = new(file, profile) { MaxDuration = TimeSpan.FromSeconds(3) };
        LaunchCommand command = new(TargetProgram.Dotnet, [TargetProgram.Assembly, "spin", "60"]) { Output = ChildOutput.Discard };
        await using TraceSession session = await TraceSession.LaunchAsync(command, options);
        await session.WaitAsync().WaitAsync(Patience);
        return file;
    }

    private static async Task<JsonNode> JsonOf(params string[] args)
    {
        ToolRun run = await ToolRun.Of(args);
        Assert.Equal(ExitCode.Ok, run.Code);
        return JsonNode.Parse(run.Out)!;
    }
}
