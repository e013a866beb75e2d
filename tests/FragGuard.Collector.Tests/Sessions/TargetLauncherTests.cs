using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class TargetLauncherTests
{
    [Fact]
    public async Task MissingCommand_IsASessionError()
    {
        SessionException error = await Assert.ThrowsAsync<SessionException>(
            () => TargetLauncher.LaunchAsync(new LaunchCommand("no-such-command-anywhere", [])));

        Assert.Equal(SessionFailure.CommandNotStarted, error.Failure);
    }

    [Fact]
    public async Task CommandThatEndsAtOnce_IsASessionError()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        LaunchCommand command = new("sh", ["-c", "exit 3"]) { Output = ChildOutput.Discard };

        SessionException error = await Assert.ThrowsAsync<SessionException>(() => TargetLauncher.LaunchAsync(command));

        Assert.Equal(SessionFailure.ExitedEarly, error.Failure);
        Assert.Contains("code 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandWithoutRuntime_IsASessionError_AndIsEnded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sleep on Windows.");
        LaunchCommand command = new("sleep", ["3617"])
        {
            Output = ChildOutput.Discard,
            ConnectTimeout = TimeSpan.FromSeconds(1),
        };

        SessionException error = await Assert.ThrowsAsync<SessionException>(() => TargetLauncher.LaunchAsync(command));

        Assert.Equal(SessionFailure.NoRuntimeConnected, error.Failure);
        await NothingRunsAsync("sleep\03617");
    }

    [Fact]
    public async Task Cancellation_EndsTheWaiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sleep on Windows.");
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(300));
        LaunchCommand command = new("sleep", ["3618"]) { Output = ChildOutput.Discard };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TargetLauncher.LaunchAsync(command, cancellation.Token));
    }

    [Fact]
    public async Task RuntimeInAChildOfTheCommand_IsTheTarget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        using TemporaryFolder folder = new();

        await using TraceSession session = await TraceSession.LaunchAsync(
            Through("\"$0\" \"$@\"; exit $?", "exit", "5"), new RecordingOptions(folder.File("run.nettrace"), TraceProfile.ByName("heap")));
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

        Assert.NotEqual(session.Target!.CommandProcessId, session.ProcessId);
        Assert.Equal(5, recording.TargetExitCode);
    }

    [Theory]
    [InlineData("\"$0\" \"$@\" </dev/null >/dev/null 2>&1 &")]
    [InlineData("(sleep 0.5; exec \"$0\" \"$@\") </dev/null >/dev/null 2>&1 &")]
    [InlineData("\"$0\" \"$@\" &")]
    public async Task RuntimeThatTheCommandDetaches_IsTheTarget(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only procfs tells what a command left behind.");
        using TemporaryFolder folder = new();
        string told = folder.File("told");

        await using TraceSession session = await TraceSession.LaunchAsync(
            Through(script, "tell", told), new RecordingOptions(folder.File("run.nettrace"), TraceProfile.ByName("heap")));
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

        Assert.Equal(RecordingEnd.TargetExited, recording.End);
        Assert.Equal(0, recording.TargetExitCode);
        Assert.True(File.Exists(told));
    }

    [Fact]
    public async Task ProgramThatTheCommandDetaches_IsEndedWhenNoRuntimeStartsInIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only procfs tells what a command left behind.");
        LaunchCommand command = new("sh", ["-c", "sleep 3619 </dev/null >/dev/null 2>&1 &"])
        {
            Output = ChildOutput.Discard,
            ConnectTimeout = TimeSpan.FromSeconds(1),
        };

        SessionException error = await Assert.ThrowsAsync<SessionException>(() => TargetLauncher.LaunchAsync(command));

        Assert.Equal(SessionFailure.NoRuntimeConnected, error.Failure);
        await NothingRunsAsync("sleep\03619");
    }

    [Fact]
    public async Task DetachedRuntimeThatCannotBeRecorded_IsNotLeftSuspended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only procfs tells what a command left behind.");
        using TemporaryFolder folder = new();
        string told = folder.File("told");

        await Assert.ThrowsAsync<SessionException>(() => TraceSession.LaunchAsync(
            Through("\"$0\" \"$@\" </dev/null >/dev/null 2>&1 &", "tell", told),
            new RecordingOptions("/no/such/folder/run.nettrace", TraceProfile.ByName("heap"))));

        await NothingRunsAsync(told);
        Assert.False(File.Exists(told));
    }

    [Fact]
    public async Task CommandThatOutlivesItsRuntime_IsAwaited()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        using TemporaryFolder folder = new();
        string gate = folder.File("gate");
        RecordingOptions options = new(folder.File("run.nettrace"), TraceProfile.ByName("heap"));

        await using TraceSession session = await TraceSession.LaunchAsync(
            Through($"\"$0\" \"$@\"; while [ ! -e '{gate}' ]; do sleep 0.1; done; exit 6", "exit", "0"), options);
        await Task.WhenAny(session.Completion, Task.Delay(TimeSpan.FromSeconds(31), TestContext.Current.CancellationToken));
        Assert.False(session.Completion.IsCompleted);
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        Recording recording = await session.Completion.WaitAsync(Patience);

        Assert.Equal((RecordingEnd.TargetExited, 6), (recording.End, recording.TargetExitCode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CommandThatOutlivesItsRuntime_IsAwaitedNoLongerThanAsked(bool isStopped)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        using TemporaryFolder folder = new();
        RecordingOptions options = new(folder.File("run.nettrace"), TraceProfile.ByName("heap"))
        {
            MaxDuration = isStopped ? null : TimeSpan.FromSeconds(8),
        };

        await using TraceSession session = await TraceSession.LaunchAsync(
            Through("\"$0\" \"$@\"; exec sleep 3620", "exit", "0"), options);
        if (isStopped)
        {
            await Task.WhenAny(session.Completion, Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken));
            _ = session.StopAsync();
        }

        Recording recording = await session.Completion.WaitAsync(Patience);
        await session.DisposeAsync();

        Assert.Null(recording.TargetExitCode);
        await NothingRunsAsync("sleep\03620");
    }

    [Theory]
    [InlineData("exec \"$0\" \"$@\"", 42)]
    [InlineData("\"$0\" \"$@\"; exit $?", 143)]
    public async Task CommandThatRunsOn_IsAskedToEnd_AndMayTidyUp(string script, int code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is killed.");
        (int exit, string output) = await EndedAsync(Through(script, "term", "0"));

        Assert.Equal(code, exit);
        Assert.Contains("tidied", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandThatTakesNoNotice_IsKilled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is killed at once.");
        (int exit, string output) = await EndedAsync(TargetProgram.Command("term", "1"));

        Assert.Equal(137, exit);
        Assert.Contains("asked", output, StringComparison.Ordinal);
        Assert.DoesNotContain("tidied", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RuntimeThatTheTargetStarts_RunsOnUntraced()
    {
        WatchedRun watched = await WatchedRun.OfAsync("parent");

        Assert.Equal(9, watched.Recording.TargetExitCode);
        Assert.EndsWith("parent", watched.Run.Target.CommandLine, StringComparison.Ordinal);
    }

    /// <summary>Records a command until it is ready, ends the session and with it the command.</summary>
    private static async Task<(int Exit, string Output)> EndedAsync(LaunchCommand command)
    {
        using TemporaryFolder folder = new();
        TraceSession session = await TraceSession.LaunchAsync(
            command, new RecordingOptions(folder.File("run.nettrace"), TraceProfile.ByName("heap")));
        LaunchedTarget target = session.Target!;
        await using (session)
        {
            Stopwatch clock = Stopwatch.StartNew();
            while (!target.Output.Contains("ready", StringComparison.Ordinal))
            {
                Assert.True(clock.Elapsed < Patience, "It never got ready.");
                await Task.Delay(20);
            }

            await session.StopAsync().WaitAsync(Patience);
        }

        return (await target.Exit, target.Output);
    }

    /// <summary>The target, started by a shell as <c>"$0" "$@"</c>.</summary>
    private static LaunchCommand Through(string script, params string[] arguments)
    {
        LaunchCommand direct = TargetProgram.Command(arguments);
        return direct with { FileName = "sh", Arguments = ["-c", script, direct.FileName, .. direct.Arguments] };
    }

    /// <summary>A process that was killed takes a moment to go.</summary>
    private static async Task NothingRunsAsync(string words)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (Directory.EnumerateDirectories("/proc").Select(CommandLineOf).Any(line => line.Contains(words, StringComparison.Ordinal)))
        {
            Assert.True(clock.Elapsed < Patience, $"{words} runs on.");
            await Task.Delay(20);
        }
    }

    private static string CommandLineOf(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
