using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class HeapCommandTests : IDisposable
{
    private const string Warning = "This forces a blocking full GC: process ";

    private readonly TestFolder _folder = new();

    private string Kept => _folder.PathOf("heap.nettrace");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LiveProcess_IsMapped_AfterSayingWhatItCosts()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await ToolRun.Of("heap", "-p", Id(target), "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        string line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(Warning + Id(target), line, StringComparison.Ordinal);
        JsonNode heap = JsonNode.Parse(run.Out)!;
        Assert.Equal("fragguard.heap/1", (string?)heap["schema"]);
        Assert.Equal(target.ProcessId, (int?)heap["target"]!["processId"]);
        Assert.StartsWith(".NET " + Environment.Version.Major, (string?)heap["target"]!["runtime"], StringComparison.Ordinal);
        Assert.True((bool?)heap["quality"]!["exact"]);
        Assert.True((double?)heap["pauseMs"] > 0);
        Assert.Equal("gen0 gen1 gen2 loh poh", string.Join(' ', heap["generations"]!.AsArray().Select(row => (string?)row!["generation"])));
        Assert.All(heap["generations"]!.AsArray(), row => Assert.Equal(
            (long?)row!["runtimeFreeBytes"], (long?)row["freeBytes"] + (long?)row["padBytes"]));
        Assert.NotEmpty(heap["caches"]!.AsArray());
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task EveryOutput_TakesItsForm_AndTheRecordingIsReadBack()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        string page = _folder.PathOf("heap.html");
        string json = _folder.PathOf("heap.json");
        string text = _folder.PathOf("heap.txt");

        ToolRun run = await ToolRun.Of("heap", "-p", Id(target), "-o", Kept, "-o", page, "-o", json, "-o", text);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Out));
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        Assert.Contains("Largest holes", await File.ReadAllTextAsync(text), StringComparison.Ordinal);
        Assert.All([Kept, page, json, text], file => Assert.True(KernelMachine.IsPrivate(file), file));
        JsonNode live = JsonNode.Parse(await File.ReadAllTextAsync(json))!;
        ToolRun again = await ToolRun.Of("heap", Kept, "--json");
        again.Succeeded();
        JsonNode read = JsonNode.Parse(again.Out)!;
        foreach (string key in (string[])["gc", "objects", "liveBytes", "generations", "holes", "types", "regions", "caches"])
            Assert.True(JsonNode.DeepEquals(live[key], read[key]), key);
        Assert.Equal("heap.nettrace", (string?)read["quality"]!["recordingFile"]);
    }

    [Fact]
    public async Task Text_SaysHowFarToTrustIt()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await ToolRun.Of("heap", "--process-id", Id(target));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains(
            "The runtime's own size and free space of each generation are the same to the byte.",
            string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("0 lost", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("large objects", run.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyObjects_AreOneLineMore_AndTheTargetLivesOn()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await ToolRun.Of("heap", "-p", Id(target), "--max-nodes", "10");

        Assert.Equal((ExitCode.Tracing, ""), (run.Code, run.Out));
        Assert.Contains("[ERROR] The heap holds more than 10 objects; --max-nodes", run.Error, StringComparison.Ordinal);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task RecordingWithoutSnapshot_IsOneLine()
    {
        await ToolRun.Of("collect", "-o", Kept, "--profile", "heap", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "0");

        (await ToolRun.Of("heap", Kept)).Failed(ExitCode.Arguments, "The recording holds no heap snapshot");
    }

    [Fact]
    public async Task FileThatIsNoRecording_IsOneLine()
    {
        await File.WriteAllTextAsync(Kept, "nothing");

        (await ToolRun.Of("heap", Kept)).Failed(ExitCode.Arguments, "no .nettrace recording");
    }

    [Theory]
    [InlineData("--timeout", "0", "--timeout takes more than 0 seconds and at most 86400.")]
    [InlineData("--max-nodes", "0", "--max-nodes is from 1 to")]
    [InlineData("--buffersize", "0", "--buffersize is from 1 to 16384.")]
    [InlineData("--output", "heap.pdf", "--output heap.pdf: the name ends in .html, .json, .md, .png, .svg, .txt or .nettrace")]
    public async Task WrongSetting_IsOneLine(string option, string value, string says) =>
        (await ToolRun.Of("heap", "-p", "2147483640", option, value)).Failed(ExitCode.Arguments, says);

    [Fact]
    public async Task NoTarget_IsOneLine() => (await ToolRun.Of("heap")).Failed(ExitCode.Arguments, "Name a target");

    [Fact]
    public async Task TwoTargets_AreOneLine() =>
        (await ToolRun.Of("heap", Kept, "-p", "1")).Failed(ExitCode.Arguments, "Name a process or a recording, not both.");

    [Fact]
    public async Task NewEventsOfARecording_AreOneLine()
    {
        await File.WriteAllTextAsync(Kept, "nothing");

        (await ToolRun.Of("heap", Kept, "-o", _folder.PathOf("other.nettrace")))
            .Failed(ExitCode.Arguments, "there are no new events when a recording is read");
    }

    [Fact]
    public async Task MissingProcess_IsAnErrorAndLeavesNoFile()
    {
        ToolRun run = await ToolRun.Of("heap", "-p", "2147483640", "-o", Kept);

        Assert.Equal((ExitCode.Session, ""), (run.Code, run.Out));
        Assert.EndsWith("[ERROR] No process has the id 2147483640.\n", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task ProcessWithoutARuntime_IsAnError()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no 'sleep' on Windows.");
        using var sleep = System.Diagnostics.Process.Start("sleep", "100");
        try
        {
            ToolRun run = await ToolRun.Of("heap", "-p", sleep.Id.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(ExitCode.Session, run.Code);
            Assert.Contains("has no .NET diagnostic port", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            sleep.Kill();
        }
    }

    private static string Id(TargetProgram target) => target.ProcessId.ToString(CultureInfo.InvariantCulture);
}
