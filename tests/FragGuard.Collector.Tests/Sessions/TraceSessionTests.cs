using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class TraceSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RecordingOptions Options => new(_folder.File("run.nettrace"), TraceProfile.Run);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LaunchedTarget_IsRecordedToItsEnd()
    {
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("exit", "7"), Options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

        Assert.Equal(RecordingEnd.TargetExited, recording.End);
        Assert.Equal(7, recording.TargetExitCode);
        Assert.True(recording.Figures.IsAnalysisComplete);
        Assert.True(recording.Figures.Events > 0);
        Assert.Equal(new FileInfo(recording.File).Length, recording.Figures.RecordedBytes);
        Assert.False(RecordingReader.Read(recording.File).IsTruncated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RecordingFile_IsReadableByItsOwnerOnly(bool existed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
#pragma warning disable CA1416
        if (existed)
        {
            await File.WriteAllTextAsync(Options.OutputFile, "earlier");
            File.SetUnixFileMode(Options.OutputFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

#pragma warning restore CA1416
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("exit", "0"), Options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

#pragma warning disable CA1416
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(recording.File));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Recording_NamesItsTarget()
    {
        WatchedRun watched = await WatchedRun.OfAsync("exit", "0");

        Assert.Contains("FragGuard.Collector.Tests.Target.dll exit 0", watched.Run.Target.CommandLine, StringComparison.Ordinal);
        Assert.StartsWith($"{Environment.Version.Major}.", watched.Run.Target.RuntimeVersion, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessorCount, watched.Run.Target.Processors);
        Assert.NotEqual(0, watched.Run.Target.ProcessId);
        Assert.NotEmpty(watched.Run.Target.OperatingSystem);
    }

    [Fact]
    public async Task LongRunningTarget_CanBeStopped_AndLivesOn()
    {
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("spin", "60"), Options);
        await Until(() => session.Figures.Collections > 3);
        Recording recording = await session.StopAsync().WaitAsync(Patience);

        Assert.Equal(RecordingEnd.Stopped, recording.End);
        Assert.Null(recording.TargetExitCode);
        Assert.False(session.Target!.Exit.IsCompleted);
        Assert.True(recording.Figures.LohBytes > 0);
        Assert.False(RecordingReader.Read(recording.File).IsTruncated);
    }

    [Fact]
    public async Task RunningTarget_CanBeAttachedTo_AndItsSitesAreNamed()
    {
        using TemporaryFolder other = new();
        await using TraceSession launched = await TraceSession.LaunchAsync(
            TargetProgram.Command("spin", "60"), new RecordingOptions(other.File("first.nettrace"), TraceProfile.ByName("heap")));
        await launched.StopAsync().WaitAsync(Patience);

        await using TraceSession session = await TraceSession.AttachAsync(launched.ProcessId, Options);
        await Until(() => session.Figures.Collections > 3);
        Recording recording = await session.StopAsync().WaitAsync(Patience);
        RecordedRun run = RecordingReader.Read(recording.File);

        Assert.Null(session.Target);
        Assert.True(run.LargeObjects.Births > 10);
        Assert.Contains(
            run.LargeObjects.Trace.Sites, site => site.Name.EndsWith("LargeArrays.Spin", StringComparison.Ordinal) && site.Line > 0);
    }

    [Fact]
    public async Task KilledTarget_LeavesAReadableRecording()
    {
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("spin", "60"), Options);
        await Until(() => session.Figures.Collections > 3);
        session.Target!.Kill();
        Recording recording = await session.Completion.WaitAsync(Patience);
        RecordedRun run = RecordingReader.Read(recording.File);

        Assert.Equal(RecordingEnd.TargetExited, recording.End);
        Assert.Equal(137, recording.TargetExitCode);
        Assert.True(run.IsTruncated);
        Assert.True(run.Collections.Count > 3);
    }

    [Fact]
    public async Task MaxBytes_StopsCleanly()
    {
        RecordingOptions options = Options with { MaxBytes = 200_000 };
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("spin", "60"), options);
        Recording recording = await session.Completion.WaitAsync(Patience);

        Assert.Equal(RecordingEnd.MaxBytesReached, recording.End);
        Assert.False(RecordingReader.Read(recording.File).IsTruncated);
    }

    [Fact]
    public async Task MaxDuration_StopsCleanly()
    {
        RecordingOptions options = Options with { MaxDuration = TimeSpan.FromSeconds(1) };
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("spin", "60"), options);
        Recording recording = await session.Completion.WaitAsync(Patience);

        Assert.Equal(RecordingEnd.MaxDurationReached, recording.End);
        Assert.InRange(recording.Figures.Elapsed.TotalSeconds, 1, 20);
    }

    [Fact]
    public async Task StopToken_Stops_AndAbortTokenEndsAtOnce()
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource abort = new();
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("spin", "60"), Options);
        Task<Recording> waiting = session.WaitAsync(stop.Token, abort.Token);
        await Until(() => session.Figures.Collections > 1);
        await abort.CancelAsync();
        Recording recording = await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        await stop.CancelAsync();

        Assert.Equal(RecordingEnd.Aborted, recording.End);
        Assert.True(RecordingReader.Read(recording.File).EventsRead > 0);
    }

    [Fact]
    public async Task FullDisk_IsATracingError()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The full device is a thing of Linux.");
        RecordingOptions options = new("/dev/full", TraceProfile.Run);
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("spin", "60"), options);

        TracingException error = await Assert.ThrowsAsync<TracingException>(() => session.Completion.WaitAsync(Patience));

        Assert.Equal("/dev/full", error.RecordingFile);
    }

    [Fact]
    public async Task TinyBuffer_CountsWhatIsLost()
    {
        WatchedRun watched;
        int turns = 0;
        do
        {
            // Where the target gets little of the processors its reader may keep up.
            watched = await WatchedRun.OfAsync(TargetProgram.Command("rents", "2000000"), TraceProfile.Run, bufferMegabytes: 1);
            turns++;
        }
        while (watched.Run.EventsLost == 0 && turns < 5);

        Assert.True(watched.Run.EventsLost > 0, $"{watched.Run.EventsLost} of {watched.Run.EventsRead}");
        Assert.True(watched.Run.EventsLost + watched.Run.EventsRead > 2_000_000, $"{watched.Run.EventsLost} of {watched.Run.EventsRead}");
        Assert.True(watched.Recording.Figures.EventsLost >= 0);
    }

    [Fact]
    public async Task MissingProcess_IsASessionError()
    {
        SessionException error = await Assert.ThrowsAsync<SessionException>(
            () => TraceSession.AttachAsync(int.MaxValue - 7, Options));

        Assert.Equal(SessionFailure.ProcessNotFound, error.Failure);
        Assert.False(File.Exists(Options.OutputFile));
    }

    [Fact]
    public async Task ForeignProcess_IsASessionError()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sleep on Windows.");
        using Process sleep = Process.Start("sleep", "60");
        try
        {
            SessionException error = await Assert.ThrowsAsync<SessionException>(
                () => TraceSession.AttachAsync(sleep.Id, Options));
            Assert.Equal(SessionFailure.NotDotNet, error.Failure);
        }
        finally
        {
            sleep.Kill();
        }
    }

    [Fact]
    public async Task UnwritableOutput_IsASessionError()
    {
        RecordingOptions options = new(_folder.File("no/such/folder/run.nettrace"), TraceProfile.Run);

        SessionException error = await Assert.ThrowsAsync<SessionException>(
            () => TraceSession.LaunchAsync(TargetProgram.Command("exit", "0"), options));

        Assert.Equal(SessionFailure.OutputFile, error.Failure);
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
