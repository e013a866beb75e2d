using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Ways to end a recording, each with a real signal, key or end of a real process.</summary>
[Trait("Starts", "Tool")]
public sealed class StopTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Recording => _folder.PathOf("run.nettrace");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    [InlineData("HUP")]
    public async Task Signal_StopsCleanlyAndEndsTheLaunched(string signal)
    {
        RequireSignals();
        await using ToolProcess tool = ToolProcess.Start(
            "collect", "-o", Recording, "--json", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100");
        await tool.RecordsAsync(Recording);

        await tool.SignalAsync(signal);

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("Stopped", (string?)JsonNode.Parse(run.Out)!["end"]);
        await ReadBackAsync(isTruncated: false);
        Assert.False(IsRunning(TargetOf(run)));
    }

    [Fact]
    public async Task SecondHangup_DoesNotEndAtOnce()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await tool.RecordsAsync(Recording);
        await target.SignalAsync("STOP");
        await tool.SignalAsync("HUP");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        await tool.SignalAsync("HUP");
        await target.SignalAsync("CONT");

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("(Stopped).", run.Out, StringComparison.Ordinal);
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task HangupThatTheCallerIgnores_DoesNotStop()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program 'env' of Linux ignores a signal, as 'nohup' does.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.StartAs(
            ["env", "--ignore-signal=HUP"], ["collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:03"]);
        await tool.RecordsAsync(Recording);

        await tool.SignalAsync("HUP");

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("(MaxDurationReached).", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_StopsCleanly()
    {
        RequireSignals();
        string command = $"stty cols 60; exec {ToolProcess.Quoted} collect -o '{Recording}' -- "
            + $"'{TargetProgram.Dotnet}' '{TargetProgram.Assembly}' spin 100";
        using TerminalProgram terminal = TerminalProgram.Start(command);
        await ToolProcess.FileHoldsAsync(Recording, 1);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        string screen = await terminal.EndByKeyAsync('\r');

        Assert.Contains("(Stopped).", screen, StringComparison.Ordinal);
        Assert.All(
            screen.Split('\r').Where(line => line.StartsWith("Recording 0", StringComparison.Ordinal)),
            line => Assert.True(line.Length < 60, line));
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task AttachedTarget_OutlivesTheRecording()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await tool.RecordsAsync(Recording);

        await tool.SignalAsync("INT");

        Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
        await ReadBackAsync(isTruncated: false);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task FileThatAnotherRecordsInto_IsRefused_AndReadMeanwhile()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await tool.RecordsAsync(Recording);

        (await ToolRun.Of("collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:01"))
            .Failed(ExitCode.Arguments, "another process records into it.");
        await ReadBackAsync(isTruncated: true);
        await tool.SignalAsync("INT");

        Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
        await ReadBackAsync(isTruncated: false);
        Assert.Equal(
            ExitCode.Ok,
            (await ToolProcess.RunAsync("collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:01")).Code);
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task SecondSignal_EndsAtOnceThoughTheTargetDoesNotAnswer()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await tool.RecordsAsync(Recording);
        await target.SignalAsync("STOP");
        await tool.SignalAsync("INT");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        await tool.SignalAsync("INT");
        ToolRun run = await tool.EndAsync();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
        Assert.Equal(ExitCode.Tracing, run.Code);
        Assert.Contains(
            $"[ERROR] Ended at once; what was recorded is kept in {Recording}.", run.Error, StringComparison.Ordinal);
        await ReadBackAsync(isTruncated: true);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task TargetKilledWhileAttached_LeavesAReadableRecording()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await tool.RecordsAsync(Recording);

        await target.SignalAsync("KILL");

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("(TargetExited).", run.Out, StringComparison.Ordinal);
        await ReadBackAsync(isTruncated: true);
    }

    [Fact]
    public async Task SignalDuringRun_StillReports()
    {
        RequireSignals();
        await using ToolProcess tool = ToolProcess.Start(
            "run", TargetProgram.Assembly, "-o", _folder.PathOf("run.html"), "--json", "--", "spin", "100");
        await tool.SaidAsync("running it under trace");
        await ToolProcess.FileHoldsAsync(Recording, 1);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        await tool.SignalAsync("INT");

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Ok, run.Code);
        JsonNode report = JsonNode.Parse(run.Out)!;
        Assert.Null(report["target"]!["exitCode"]);
        Assert.False((bool?)report["quality"]!["truncated"]);
        Assert.True(new FileInfo(_folder.PathOf("run.html")).Length > 0);
        Assert.False(IsRunning((int)report["target"]!["processId"]!));
    }

    [Fact]
    public async Task ProcessOfAnotherUser_IsOneLine()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can become another user.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.StartAs(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
            ["collect", "-o", "/dev/null", "-p", Text(target.ProcessId)]);

        (await tool.EndAsync()).Failed(
            ExitCode.Session, "belongs to another user; only that user and the superuser may trace it.");
    }

    [Fact]
    public async Task ToolKilled_TargetGoesOnAndAcceptsANewSession()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using (ToolProcess killed = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId)))
        {
            await killed.RecordsAsync(Recording);
            await killed.SignalAsync("KILL");
            Assert.Equal(137, (int)(await killed.EndAsync()).Code);
        }

        await ReadBackAsync(isTruncated: true);
        Assert.True(target.IsAlive);
        string second = _folder.PathOf("second.nettrace");
        ToolRun run = await ToolProcess.RunAsync(
            "collect", "-o", second, "-p", Text(target.ProcessId), "--duration", "00:02", "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        ToolRun report = await ToolRun.Of("report", second, "--json");
        Assert.True((int?)JsonNode.Parse(report.Out)!["heap"]!["gcs"] > 0);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task TargetThatDoesNotAnswer_IsOneLine_AndCanBeRecordedLater()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await target.SignalAsync("STOP");

        ToolRun stopped = await ToolRun.Of("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await target.SignalAsync("CONT");

        stopped.Failed(ExitCode.Session, $"Process {target.ProcessId} does not answer on its diagnostic port.");
        Assert.False(File.Exists(Recording));
        ToolRun run = await ToolProcess.RunAsync("collect", "-o", Recording, "-p", Text(target.ProcessId), "--duration", "00:02");
        Assert.Equal(ExitCode.Ok, run.Code);
        await ReadBackAsync(isTruncated: false);
    }

    [Fact]
    public async Task TargetThatFallsSilent_EndsTheRecordingAfterAWhile()
    {
        RequireSignals();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "-p", Text(target.ProcessId));
        await tool.RecordsAsync(Recording);
        await target.SignalAsync("STOP");

        await tool.SignalAsync("INT");

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Tracing, run.Code);
        Assert.Contains(
            $"[ERROR] Process {target.ProcessId} does not answer the request to stop; what was recorded is kept in {Recording}.",
            run.Error, StringComparison.Ordinal);
        await ReadBackAsync(isTruncated: true);
        Assert.True(target.IsAlive);
    }

    private static void RequireSignals() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The process id in the tool's note.</summary>
    private static int TargetOf(ToolRun run)
    {
        string note = run.Error.Split('\n').First(line => line.StartsWith("Recording process", StringComparison.Ordinal));
        return int.Parse(note.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task ReadBackAsync(bool isTruncated)
    {
        ToolRun report = await ToolRun.Of("report", Recording, "--json");
        report.Succeeded();
        JsonNode result = JsonNode.Parse(report.Out)!;
        Assert.Equal(isTruncated, (bool?)result["quality"]!["truncated"]);
        Assert.True((int?)result["heap"]!["gcs"] > 0);
    }
}
