using System;
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
        Assert.DoesNotContain(
            Directory.EnumerateDirectories("/proc").Select(CommandLineOf), line => line.StartsWith("sleep\03617", StringComparison.Ordinal));
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
        LaunchCommand direct = TargetProgram.Command("exit", "5");
        LaunchCommand command = direct with
        {
            FileName = "sh",
            Arguments = ["-c", "\"$0\" \"$@\"; exit $?", direct.FileName, .. direct.Arguments],
        };

        await using TraceSession session = await TraceSession.LaunchAsync(
            command, new RecordingOptions(folder.File("run.nettrace"), TraceProfile.ByName("heap")));
        Recording recording = await session.WaitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.NotEqual(session.Target!.CommandProcessId, session.ProcessId);
        Assert.Equal(5, recording.TargetExitCode);
    }

    [Fact]
    public async Task RuntimeThatTheTargetStarts_RunsOnUntraced()
    {
        WatchedRun watched = await WatchedRun.OfAsync("parent");

        Assert.Equal(9, watched.Recording.TargetExitCode);
        Assert.EndsWith("parent", watched.Run.Target.CommandLine, StringComparison.Ordinal);
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
