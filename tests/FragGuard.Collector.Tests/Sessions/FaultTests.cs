using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>Targets that end or fall silent at the wrong moment.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RecordingOptions Options => new(_folder.File("run.nettrace"), TraceProfile.ByName("heap"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RuntimeThatEndsBeforeItsSession_IsASessionError()
    {
        RequireSockets();
        string path = _folder.File("p");
        Task<TraceSession> listening = TraceSession.ListenAsync(
            path, Options, cancellation: TestContext.Current.CancellationToken);
        using (Socket runtime = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await runtime.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
            byte[] advertisement = [.. "ADVR_V1\0"u8, .. Guid.NewGuid().ToByteArray(), 1, 2, 0, 0, 0, 0, 0, 0, 0, 0];
            await runtime.SendAsync(advertisement, TestContext.Current.CancellationToken);
        }

        SessionException error = await Assert.ThrowsAsync<SessionException>(() => listening.WaitAsync(Patience));

        Assert.Equal(SessionFailure.Refused, error.Failure);
        int processId = OperatingSystem.IsLinux() ? Environment.ProcessId : 513;
        Assert.Contains($"Process {processId} broke off the conversation", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Options.OutputFile));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task LaunchedTargetThatIsKilledAtItsStart_LeavesNoSuspendedProcess()
    {
        RequireSockets();
        await using TraceSession session = await TraceSession.LaunchAsync(
            TargetProgram.Command("spin", "60"), Options, TestContext.Current.CancellationToken);
        session.Target!.Kill();
        Recording recording = await session.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(RecordingEnd.TargetExited, recording.End);
        Assert.Equal(137, recording.TargetExitCode);
    }

    [Fact]
    public async Task RuntimeThatNeverAnswers_IsASessionError()
    {
        RequireSockets();
        using FakeRuntime runtime = new(0x0206) { IsSilent = true };

        SessionException error = await Assert.ThrowsAsync<SessionException>(() => SessionStart.OpenAsync(
            runtime.Port, Options with { AnswerPatience = TimeSpan.FromSeconds(1) }, TestContext.Current.CancellationToken));

        Assert.Equal(SessionFailure.Refused, error.Failure);
        Assert.Contains("does not answer on its diagnostic port", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Options.OutputFile));
    }

    [Fact]
    public async Task RuntimeThatRefuses_IsASessionError()
    {
        RequireSockets();
        using FakeRuntime runtime = new(0x0206) { Refusal = 0x8013135B };

        SessionException error = await Assert.ThrowsAsync<SessionException>(
            () => SessionStart.OpenAsync(runtime.Port, Options, TestContext.Current.CancellationToken));

        Assert.Contains("refused CollectTracing5 with code 0x8013135B", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RuntimeThatRefuses_LeavesAnEarlierRecordingAsItIs()
    {
        RequireSockets();
        await File.WriteAllTextAsync(Options.OutputFile, "earlier", TestContext.Current.CancellationToken);
        using FakeRuntime runtime = new(0x0206) { Refusal = 0x8013135B };
        LiveOptions live = new(Options.Profile) { OutputFile = Options.OutputFile };

        await Assert.ThrowsAsync<SessionException>(
            () => SessionStart.OpenAsync(runtime.Port, Options, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<SessionException>(
            () => LiveStart.OpenAsync(runtime.Port, target: null, live, TestContext.Current.CancellationToken));

        Assert.Equal("earlier", await File.ReadAllTextAsync(Options.OutputFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RuntimeThatBeginsASession_EmptiesAnEarlierRecording()
    {
        RequireSockets();
        await File.WriteAllTextAsync(Options.OutputFile, "earlier", TestContext.Current.CancellationToken);
        using FakeRuntime runtime = new(0x0206);

        (_, FileStream file) = await SessionStart.OpenAsync(runtime.Port, Options, TestContext.Current.CancellationToken);

        await using (file)
            Assert.Equal(0, new FileInfo(Options.OutputFile).Length);
    }

    [Fact]
    public async Task PipeThatNobodyReads_IsWaitedForUntilTheStop()
    {
        RequireSockets();
        using (Process mkfifo = Process.Start("mkfifo", [Options.OutputFile]))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        using FakeRuntime runtime = new(0x0206);
        using CancellationTokenSource stop = new();
        Task<(EventStream Stream, FileStream File)> opening = Task.Run(
            () => SessionStart.OpenAsync(runtime.Port, Options, stop.Token), TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience));
        Assert.Empty(runtime.Commands);
        await using FileStream reader = new(Options.OutputFile, FileMode.Open, FileAccess.ReadWrite);
    }

    [Fact]
    public async Task TargetThatStopsAnswering_IsGivenUpWhenAskedToStop()
    {
        RequireSockets();
        await using TraceSession session = await TraceSession.LaunchAsync(
            TargetProgram.Command("spin", "60"), Options with { AnswerPatience = TimeSpan.FromSeconds(12) });
        await Until(() => session.Figures.Collections > 3);
        Signal(session.ProcessId, "STOP");
        Recording recording = await session.StopAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(RecordingEnd.TargetSilent, recording.End);
        RecordedRun run = RecordingReader.Read(recording.File, TestContext.Current.CancellationToken);
        Assert.True(run.IsTruncated);
        Assert.True(run.Collections.Count > 3);
        Signal(session.ProcessId, "CONT");
    }

    [Fact]
    public async Task TargetThatPauses_IsNotGivenUpWhileItRecords()
    {
        RequireSockets();
        await using TraceSession session = await TraceSession.LaunchAsync(
            TargetProgram.Command("spin", "60"), Options with { AnswerPatience = TimeSpan.FromSeconds(12) });
        await Until(() => session.Figures.Collections > 3);
        Signal(session.ProcessId, "STOP");
        await Task.Delay(TimeSpan.FromSeconds(13), TestContext.Current.CancellationToken);
        Signal(session.ProcessId, "CONT");
        Recording recording = await session.StopAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(RecordingEnd.Stopped, recording.End);
        Assert.False(RecordingReader.Read(recording.File, TestContext.Current.CancellationToken).IsTruncated);
    }

    private static void RequireSockets() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has pipes and no signals.");

    private static void Signal(int processId, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static async Task Until(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "The condition never came true.");
            await Task.Delay(20);
        }
    }
}
