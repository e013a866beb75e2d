using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

[Trait("Starts", "Tool")]
public sealed class CollectCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string File => _folder.PathOf("run.nettrace");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommandThatEnds_IsRecordedAndItsExitCodePassesThrough()
    {
        ToolRun run = await ToolRun.Of(
            "collect", "-o", File, "--json", "--show-child-io", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "7");

        Assert.Equal(7, (int)run.Code);
        JsonNode result = JsonNode.Parse(run.Out)!;
        Assert.Equal("fragguard.collect/1", (string?)result["schema"]);
        Assert.Equal("TargetExited", (string?)result["end"]);
        Assert.Equal(7, (int?)result["exitCode"]);
        Assert.Equal(new FileInfo(File).Length, (long?)result["bytes"]);
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task OptionsAfterTwoDashes_AreTheCommands()
    {
        string told = _folder.PathOf("told.txt");

        ToolRun run = await ToolRun.Of(
            "collect", "-o", File, "--", TargetProgram.Dotnet, TargetProgram.Assembly, "arguments", told,
            "--foo", "-p", "5", "--json", "@x", "a b", "--", "--help");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(["--foo", "-p", "5", "--json", "@x", "a b", "--", "--help"], System.IO.File.ReadAllLines(told));
    }

    [Theory]
    [InlineData("throw", 134)]
    [InlineData("failfast", 134)]
    [InlineData("kill", 137)]
    public async Task CommandThatCrashes_IsRecordedUntilThen(string crash, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The codes are those of Unix.");

        ToolRun run = await ToolRun.Of(
            "collect", "-o", File, "--", TargetProgram.Dotnet, TargetProgram.Assembly, crash);

        Assert.Equal(code, (int)run.Code);
        JsonNode report = await ReadBackAsync(isTruncated: true);
        Assert.True((int?)report["heap"]!["gcs"] > 5);
    }

    [Fact]
    public async Task Duration_StopsAndTheLaunchedEnds()
    {
        ToolRun run = await ToolRun.Of(
            "collect", "-o", File, "--duration", "00:01", "--json", "--",
            TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100");

        Assert.Equal(ExitCode.Ok, run.Code);
        JsonNode result = JsonNode.Parse(run.Out)!;
        Assert.Equal("MaxDurationReached", (string?)result["end"]);
        Assert.Null(result["exitCode"]);
        Assert.InRange((double)result["durationMs"]!, 1_000, 30_000);
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task MaxSize_StopsOnceTheFileIsThatLarge()
    {
        ToolRun run = await ToolRun.Of(
            "collect", "-o", File, "--max-size", "50k", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("(MaxBytesReached)", run.Out, StringComparison.Ordinal);
        Assert.True(new FileInfo(File).Length >= 50_000);
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task FullDevice_IsOneLineAndEndsTheLaunched()
    {
        Assert.SkipUnless(System.IO.File.Exists("/dev/full"), "There is no /dev/full here.");

        ToolRun run = await ToolRun.Of(
            "collect", "-o", "/dev/full", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100");

        Assert.Equal(ExitCode.Tracing, run.Code);
        Assert.Contains("[ERROR] The recording broke off", run.Error, StringComparison.Ordinal);
        Assert.Contains("What was recorded is kept in /dev/full.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PipeThatIsRead_TakesTheWholeRecording()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes of Windows are no files.");
        string pipe = _folder.PathOf("pipe");
        using Process reader = Process.Start("sh", ["-c", $"mkfifo '{pipe}' && cat '{pipe}' > '{File}'"]);
        await ToolProcess.FileHoldsAsync(File, 0);

        ToolRun run = await ToolRun.Of("collect", "-o", pipe, "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "0")
            .WaitAsync(TimeSpan.FromSeconds(100), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Ok, run.Code);
        await ToolProcess.EndOfAsync(reader);
        await ReadBackAsync(isTruncated: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Summary_GoesWhereTheRecordingDoesNot(bool toStandardOutput)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdout on Windows.");
        string output = toStandardOutput ? "/dev/stdout" : File;
        string printed = toStandardOutput ? File : _folder.PathOf("printed.txt");
        using Process shell = new()
        {
            StartInfo = new("sh",
            [
                "-c", $"{ToolProcess.Quoted} collect -o '{output}' -- "
                    + $"'{TargetProgram.Dotnet}' '{TargetProgram.Assembly}' exit 0 > '{printed}'",
            ])
            { RedirectStandardError = true, UseShellExecute = false },
        };
        shell.Start();
        string error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ToolProcess.EndOfAsync(shell);

        Assert.Equal(toStandardOutput, error.Contains("(TargetExited).", StringComparison.Ordinal));
        Assert.Equal(!toStandardOutput, System.IO.File.ReadAllText(printed).EndsWith("(TargetExited).\n", StringComparison.Ordinal));
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task ClosedStandardOutput_IsOneLine_AndTheRecordingIsWhole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell of Windows closes no handles.");
        await using ToolProcess tool = ToolProcess.StartAs(
            ["sh", "-c", "exec \"$0\" \"$@\" >&-"],
            ["collect", "-o", File, "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "0"]);

        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Tracing, run.Code);
        Assert.Contains("[ERROR] Writing standard output broke off:", run.Error, StringComparison.Ordinal);
        await ReadBackAsync(isTruncated: false);
    }

    [Theory]
    [InlineData("--process-id", "2147483640", ExitCode.Session, "No process has the id 2147483640.")]
    [InlineData("--process-id", "0", ExitCode.Arguments, "0 is not a process id.")]
    [InlineData("--process-id", "x", ExitCode.Arguments, "x is not a process id.")]
    [InlineData("--name", "no-such-program", ExitCode.Session, "There is no .NET process named 'no-such-program'.")]
    [InlineData("--duration", "soon", ExitCode.Arguments, "--duration soon is not a time")]
    public async Task WrongValue_IsOneLine(string option, string value, ExitCode code, string says)
    {
        (await ToolRun.Of("collect", "-o", File, option, value)).Failed(code, says);

        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData("--max-size", "much", "--max-size much is not a byte count")]
    [InlineData("--max-size", "0", "--max-size 0 is not a byte count")]
    [InlineData("--buffersize", "0", "--buffersize is from 1 to 4096 MB.")]
    [InlineData("--min-free-space", "little", "--min-free-space little is not a byte count")]
    [InlineData("--buffering-mode", "wait", "--buffering-mode is drop or block, not 'wait'.")]
    [InlineData("--profile", "none", "There is no profile 'none'; known: full, heap, layout, pools, run.")]
    public async Task WrongSetting_IsOneLineBeforeTheCommandStarts(string option, string value, string says)
    {
        string told = _folder.PathOf("told.txt");

        (await ToolRun.Of(
            "collect", "-o", File, option, value, "--", TargetProgram.Dotnet, TargetProgram.Assembly, "arguments", told))
            .Failed(ExitCode.Arguments, says);

        Assert.False(System.IO.File.Exists(told));
    }

    [Fact]
    public async Task BlockingMode_IsAskedFor_AndWhatTheRuntimeCannotIsSaid()
    {
        ToolRun run = await ToolRun.Of(
            "collect", "-o", File, "--buffering-mode", "block", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "0");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            Environment.Version.Major < 11,
            run.Error.Contains("older than .NET 11 and cannot wait for a full buffer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoTarget_IsOneLine() => (await ToolRun.Of("collect")).Failed(ExitCode.Arguments, "Name a target");

    [Fact]
    public async Task TwoTargets_AreOneLine() =>
        (await ToolRun.Of("collect", "-p", "1", "--", "x")).Failed(ExitCode.Arguments, "Only one of");

    [Fact]
    public async Task PortAndProcess_AreTwoTargets() =>
        (await ToolRun.Of("collect", "-p", "1", "--diagnostic-port", "/tmp/x")).Failed(ExitCode.Arguments, "Only one of");

    [Fact]
    public async Task UnwritableOutput_IsOneLineBeforeTheCommandStarts()
    {
        string told = _folder.PathOf("told.txt");

        (await ToolRun.Of(
            "collect", "-o", _folder.PathOf("no/such/run.nettrace"), "--",
            TargetProgram.Dotnet, TargetProgram.Assembly, "arguments", told))
            .Failed(ExitCode.Arguments, "there is no such directory");

        Assert.False(System.IO.File.Exists(told));
    }

    [Fact]
    public async Task MissingCommand_IsOneLine()
    {
        (await ToolRun.Of("collect", "-o", File, "--", "/no/such/program"))
            .Failed(ExitCode.Session, "Cannot start '/no/such/program':");

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task NativeCommand_IsOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no 'true' on Windows.");

        (await ToolRun.Of("collect", "-o", File, "--", "true"))
            .Failed(ExitCode.Session, "'true' exited with code 0 before a .NET runtime started in it.");

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task NativeProcess_IsOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no 'sleep' on Windows.");
        using var sleep = System.Diagnostics.Process.Start("sleep", "100");
        try
        {
            (await ToolRun.Of("collect", "-o", File, "-p", sleep.Id.ToString(CultureInfo.InvariantCulture)))
                .Failed(ExitCode.Session, "has no .NET diagnostic port");
        }
        finally
        {
            sleep.Kill();
        }
    }

    private async Task<JsonNode> ReadBackAsync(bool isTruncated)
    {
        ToolRun report = await ToolRun.Of("report", File, "--json");
        report.Succeeded();
        JsonNode result = JsonNode.Parse(report.Out)!;
        Assert.Equal(isTruncated, (bool?)result["quality"]!["truncated"]);
        Assert.True((long?)result["quality"]!["eventsRead"] > 0);
        return result;
    }
}
