using System;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Standard streams of a real process that a shell has redirected, some to what cannot be written or read.</summary>
[Trait("Starts", "Tool")]
public sealed class StandardStreamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Recording => _folder.PathOf("run.nettrace");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("2>/dev/null")]
    public async Task NotesThatNobodyTakes_DoNotEndTheRecording(string redirection)
    {
        RequireShell();
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await RunAsync(
            $"exec \"$@\" {redirection}", "collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:02", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("MaxDurationReached", (string?)JsonNode.Parse(run.Out)!["end"]);
        await ReadBackAsync();
    }

    [Fact]
    public async Task ErrorThatNobodyTakes_StillHasItsExitCode()
    {
        RequireShell();

        ToolRun run = await RunAsync("exec \"$@\" 2>/dev/full", "report", "absent.nettrace");

        Assert.Equal(ExitCode.Arguments, run.Code);
    }

    [Fact]
    public async Task Result_WhoseReaderHasEnough_EndsTheViewWithoutAWord()
    {
        RequireShell();
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await RunAsync("\"$@\" | head -n 1", "monitor", "--json", "--refresh-interval", "0.1", "-p", Text(target.ProcessId));

        Assert.NotNull(JsonNode.Parse(run.Out));
        Assert.DoesNotContain("[ERROR]", run.Error, StringComparison.Ordinal);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task Result_WhoseReaderTakesIt_IsWhole()
    {
        RequireShell();

        ToolRun run = await RunAsync("set -o pipefail; \"$@\" | cat", "models", "--json");

        run.Succeeded();
        Assert.NotNull(JsonNode.Parse(run.Out));
    }

    [Fact]
    public async Task Result_AndNotesInOneFile_BothStandThere()
    {
        RequireShell();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        string file = _folder.PathOf("both.txt");

        ToolRun run = await RunAsync($"exec \"$@\" >'{file}' 2>&1", "collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:01");

        run.Succeeded();
        string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Recording process ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("(MaxDurationReached).", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public async Task ResultThatCannotBeWritten_IsOneLine(string redirection)
    {
        RequireShell();

        (await RunAsync($"exec \"$@\" {redirection}", "models")).Failed(ExitCode.Tracing, "Writing standard output broke off: ");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dev/null")]
    public async Task InputThatFailsOrEnds_Stops(string input)
    {
        RequireShell();
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await RunAsync($"exec \"$@\" <{input}", CollectUntilEndOfInput(target));

        // It may end before the recording begins.
        Assert.True(run.Code is ExitCode.Ok or ExitCode.Session, run.Error);
        Assert.Contains("Stopped", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InputThatStaysOpen_DoesNotStop()
    {
        RequireShell();
        await using TargetProgram target = await TargetProgram.SpinAsync();

        ToolRun run = await RunAsync("exec \"$@\"", CollectUntilEndOfInput(target));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("MaxDurationReached", (string?)JsonNode.Parse(run.Out)!["end"]);
    }

    private string[] CollectUntilEndOfInput(TargetProgram target) =>
        ["collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:02", "--json", "--stop-on-end-of-input"];

    private static void RequireShell() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell of Linux redirects the streams.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="script">What the shell does; <c>"$@"</c> in it is the call of the tool.</param>
    private static async Task<ToolRun> RunAsync(string script, params string[] arguments)
    {
        await using ToolProcess tool = ToolProcess.StartAs(["bash", "-c", script, "bash"], arguments);
        return await tool.EndAsync();
    }

    private async Task ReadBackAsync()
    {
        ToolRun report = await ToolRun.Of("report", Recording, "--json");
        report.Succeeded();
        Assert.False((bool?)JsonNode.Parse(report.Out)!["quality"]!["truncated"]);
    }
}
