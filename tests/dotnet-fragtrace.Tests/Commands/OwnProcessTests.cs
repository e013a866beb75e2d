using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests;
using FragGuard.Collector.Tests.Events;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Inspection.Tests.Nginx;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>
/// What the tool prints as a process of its own is what it prints inside of the tests, to the byte: also as native program, where
/// code that nobody calls by name would be missing.
/// </summary>
[Trait("Starts", "Tool")]
public sealed class OwnProcessTests(ValidateFixture recorded) : IClassFixture<ValidateFixture>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("collect --help")]
    [InlineData("list-profiles")]
    [InlineData("list-profiles --json")]
    [InlineData("models")]
    [InlineData("models --json")]
    [InlineData("completion zsh")]
    [InlineData("report RECORDING")]
    [InlineData("report RECORDING --json")]
    [InlineData("report RECORDING --format html")]
    [InlineData("report RECORDING --format markdown")]
    [InlineData("report RECORDING --format svg")]
    [InlineData("report RECORDING --format speedscope")]
    [InlineData("report RECORDING --format chromium")]
    [InlineData("report RECORDING --before RECORDING --json")]
    [InlineData("report RESULT")]
    [InlineData("report RESULT --json")]
    [InlineData("report RESULT --before RESULT --format html")]
    [InlineData("report VERSION6 --json")]
    [InlineData("validate RECORDING --findings FINDINGS")]
    [InlineData("validate RECORDING --findings FINDINGS --json")]
    [InlineData("gate RECORDING --max heap.fragmentation=100 --json")]
    [InlineData("simulate RECORDING --model dotnet-loh --model dotnet-gc --json")]
    [InlineData("simulate lua-dict-numbers-until-full.txt --model lua-shared-dict --advise --json")]
    [InlineData("simulate lua-dict-numbers-until-full.txt --model lua-shared-dict --format html")]
    public async Task Process_PrintsTheSame(string command)
    {
        string[] arguments = Arguments(command);

        ToolRun inside = await ToolRun.Of(arguments);
        ToolRun own = await ToolProcess.RunAsync(arguments);

        own.Succeeded();
        Assert.NotEmpty(own.Out);
        // Usage names the program that runs.
        Assert.Equal(inside.Out.Replace("dotnet-fragtrace.Tests ", "dotnet-fragtrace ", StringComparison.Ordinal), own.Out);
    }

    [Theory]
    [InlineData("report absent.nettrace", ExitCode.Arguments)]
    [InlineData("report RECORDING --format none", ExitCode.Arguments)]
    [InlineData("gate RECORDING --max gc.count=0", ExitCode.GateFailed)]
    public async Task Process_FailsTheSame(string command, ExitCode code)
    {
        string[] arguments = Arguments(command);

        ToolRun own = await ToolProcess.RunAsync(arguments);

        Assert.Equal(code, own.Code);
        Assert.Equal(await ToolRun.Of(arguments), own);
    }

    [Fact]
    public async Task Picture_HasTheSameBytes()
    {
        string inside = _folder.PathOf("inside.png");
        string own = _folder.PathOf("own.png");

        (await ToolRun.Of("report", recorded.Recording, "-o", inside)).Succeeded();
        (await ToolProcess.RunAsync("report", recorded.Recording, "-o", own)).Succeeded();

        byte[] expected = await ReadAsync(inside);
        Assert.Equal(expected, await ReadAsync(own));
    }

    [Fact]
    public async Task HeapOfALiveProcess_IsReadBackTheSame()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        string kept = _folder.PathOf("heap.nettrace");

        ToolRun live = await ToolProcess.RunAsync("heap", "-p", Text(target.ProcessId), "-o", kept);

        Assert.Equal(ExitCode.Ok, live.Code);
        Assert.Equal(await ToolRun.Of("heap", kept, "--json"), await ToolProcess.RunAsync("heap", kept, "--json"));
    }

    [Theory]
    [InlineData("zones")]
    [InlineData("arenas")]
    [InlineData("memory")]
    public async Task ForeignProcess_IsReadFromOutside(string verb)
    {
        using NginxServer nginx = new();

        ToolRun run = await ToolProcess.RunAsync(verb, "-p", Text(nginx.WorkerId), "--json");

        run.Succeeded();
        Assert.Equal($"fragguard.{verb}/1", (string?)JsonNode.Parse(run.Out)!["schema"]);
    }

    [Theory, MemberData(nameof(Models))]
    public async Task Model_SimulatesTheSame(string model)
    {
        string[] arguments = Arguments($"simulate synthetic-odd-free.txt --model {model} --json");

        ToolRun inside = await ToolRun.Of(arguments);
        ToolRun own = await ToolProcess.RunAsync(arguments);

        own.Succeeded();
        Assert.Equal(inside, own);
    }

    public static TheoryData<string> Models => new(AllocatorModels.All.Select(model => model.Name));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task<byte[]> ReadAsync(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

    private string[] Arguments(string command) => [.. command.Split(' ').Select(word => word switch
    {
        "RECORDING" => recorded.Recording,
        "RESULT" => _folder.File("result.json", WrittenReport.Text(SampleReports.Full, "json")),
        "FINDINGS" => recorded.Finding("FG3001", "FG3001"),
        "VERSION6" => Version6(),
        _ when word.EndsWith(".txt", StringComparison.Ordinal) => Path.Combine(RepositoryFiles.Root, "samples/workloads", word),
        _ => word,
    })];

    private string Version6()
    {
        string file = _folder.PathOf("six.nettrace");
        File.WriteAllBytes(file, BlockRecordingBytes.WithOneGc());
        return file;
    }
}
