using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Live;

public sealed class LiveSessionTests
{
    [Fact]
    public async Task LastGc_IsWhatTheRuntimeMeasured()
    {
        await using LiveSession session = await LaunchAsync("heap", "measures");
        LiveEnd end = await session.WaitAsync().WaitAsync(Patience);
        LiveMoment moment = session.Look();
        TruthLines truth = new(session.Target!.Output);

        Assert.Equal(new LiveEnd(RecordingEnd.TargetExited, null, null, 0), end);
        Assert.Equal(truth.All("gc")[^1][0], moment.LastGc!.Number);
        long[][] generations = [.. truth.All("generation").Where(one => one[0] == moment.LastGc.Number)];
        Assert.Equal(5, generations.Length);
        Assert.All(generations, one => Assert.Equal((one[3], one[5]), SizesOf(moment, (int)one[1])));
        Assert.Equal(moment.LastGc.Number, moment.Gcs.Count);
        Assert.InRange(moment.Gcs.Gen2, 3, moment.Gcs.Count);
        Assert.Equal(0, moment.EventsLost);
    }

    [Fact]
    public async Task RunningTarget_IsSeenAtOnce_EvenWhenItFallsSilent()
    {
        await using LiveSession session = await LaunchAsync("layout", "quiet", "3", "60");
        LiveMoment moment = await Until(
            session, one => one is { LayoutGc: not null, Gcs.Count: 3 } && new TruthLines(session.Target!.Output).All("ready").Count == 1);

        Assert.False(session.Target!.Exit.IsCompleted);
        Assert.Equal(new TruthLines(session.Target.Output).All("gc")[^1][0], moment.LastGc!.Number);
        LiveGeneration large = moment.Generations[3];
        Assert.InRange(large.Holes!.Value, 3, 30);
        Assert.True(large.LargestHoleBytes >= 100_000);
        Assert.True(large.FreeBytes >= 300_000);
        Assert.EndsWith("quiet 3 60", (await session.CommandAsync()).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heap_NamesWhatIsAllocated()
    {
        await using LiveSession session = await LaunchAsync("heap", "spin", "60");
        LiveMoment moment = await Until(session, one => one.Gcs.Count > 5 && one.Allocation.Types.Count > 0);

        Assert.Equal("System.Byte[]", moment.Allocation.Types[0].Type);
        Assert.Equal(
            Environment.Version.Major >= 10 ? AllocationMethod.Sampled : AllocationMethod.Ticks, moment.Allocation.Method);
        Assert.InRange(moment.Allocation.Types[0].Share, 0.5, 1);
        Assert.Null(moment.LayoutGc);
        Assert.Null(moment.Generations[3].Holes);
        Assert.Null(moment.Pools);
    }

    [Fact]
    public async Task Pools_CountMisses()
    {
        await using LiveSession session = await LaunchAsync("pools", "pools");
        await session.WaitAsync().WaitAsync(Patience);
        LiveMoment moment = session.Look();

        Assert.True(moment.Pools!.Total.Misses > 0);
        Assert.Equal(moment.Pools.Total, moment.Pools.Recent);
        Assert.All(moment.Pools.Top, pool => Assert.InRange(pool.IdleAtMost!.Value, 0, pool.Misses));
        Assert.Contains(moment.Pools.Top, pool => pool is { Kind: PoolKind.Created, KeepsAtMost: > 0 });
        Assert.Contains(moment.Pools.Top, pool => pool is { Kind: PoolKind.Unknown, KeepsAtMost: null });
        Assert.Equal(
            Environment.Version.Major >= 10 ? AllocationMethod.Sampled : AllocationMethod.Unknown, moment.Allocation.Method);
    }

    [Fact]
    public async Task Stop_LeavesTheTargetAlone_AndItCanBeWatchedAgain()
    {
        await using LiveSession first = await LaunchAsync("heap", "spin", "60");
        await Until(first, one => one.Gcs.Count > 3);
        using CancellationTokenSource stop = new();
        Task<LiveEnd> waiting = first.WaitAsync(stop.Token);
        await stop.CancelAsync();
        LiveEnd end = await waiting.WaitAsync(Patience);

        Assert.Equal(new LiveEnd(RecordingEnd.Stopped, null, null, null), end);
        Assert.False(first.Target!.Exit.IsCompleted);
        await using LiveSession second = await LiveSession.AttachAsync(
            first.ProcessId, new LiveOptions(TraceProfile.ByName("heap")));
        Assert.True((await Until(second, one => one.Gcs.Count > 3)).LastGc!.Number > 3);
    }

    [Fact]
    public async Task TargetThatDoesNotAnswerTheStop_IsGivenUp()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        LiveOptions options = new(TraceProfile.ByName("heap")) { AnswerPatience = TimeSpan.FromSeconds(12) };
        await using LiveSession session = await LiveSession.LaunchAsync(TargetProgram.Command("spin", "60"), options);
        await Until(session, one => one.Gcs.Count > 3);
        using CancellationTokenSource stop = new();
        Task<LiveEnd> waiting = session.WaitAsync(stop.Token);
        using (Process signal = Process.Start("kill", ["-STOP", $"{session.ProcessId}"]))
            await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.Equal(RecordingEnd.TargetSilent, (await waiting.WaitAsync(Patience)).End);
    }

    [Fact]
    public async Task KilledTarget_EndsTheSession()
    {
        await using LiveSession session = await LaunchAsync("layout", "spin", "60");
        await Until(session, one => one.Gcs.Count > 3);
        session.Target!.Kill();
        LiveEnd end = await session.Completion.WaitAsync(Patience);

        Assert.Equal(new LiveEnd(RecordingEnd.TargetExited, null, null, 137), end);
        Assert.True(session.Look().Gcs.Count > 3);
    }

    [Fact]
    public async Task CommandThatOutlivesItsRuntime_IsAwaited()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh on Windows.");
        LaunchCommand direct = TargetProgram.Command("exit", "0");
        LaunchCommand command = direct with
        {
            FileName = "sh",
            Arguments = ["-c", "\"$0\" \"$@\"; sleep 11; exit 6", direct.FileName, .. direct.Arguments],
        };
        await using LiveSession session = await LiveSession.LaunchAsync(command, new LiveOptions(TraceProfile.ByName("heap")));

        LiveEnd end = await session.Completion.WaitAsync(Patience);

        Assert.Equal(new LiveEnd(RecordingEnd.TargetExited, null, null, 6), end);
    }

    [Fact]
    public async Task Duration_EndsTheSession()
    {
        LiveOptions options = new(TraceProfile.ByName("heap")) { MaxDuration = TimeSpan.FromSeconds(1) };
        await using LiveSession session = await LiveSession.LaunchAsync(TargetProgram.Command("spin", "60"), options);

        Assert.Equal(RecordingEnd.MaxDurationReached, (await session.Completion.WaitAsync(Patience)).End);
        Assert.False(session.Target!.Exit.IsCompleted);
    }

    [Fact]
    public async Task OutputFile_TakesWhatIsWatched()
    {
        using TemporaryFolder folder = new();
        LiveOptions options = new(TraceProfile.ByName("heap")) { OutputFile = folder.File("run.nettrace") };
        await using LiveSession session = await LiveSession.LaunchAsync(TargetProgram.Command("measures"), options);
        await session.WaitAsync().WaitAsync(Patience);
        RecordedRun run = RecordingReader.Read(options.OutputFile);

        Assert.Null(run.Damage);
        Assert.Equal(session.Look().Gcs.Count, run.Collections.Count);
        Assert.Equal(session.Look().EventsRead, run.EventsRead);
    }

    [Fact]
    public async Task FullDisk_EndsTheRecording_NotTheView()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no full device here.");
        LiveOptions options = new(TraceProfile.ByName("heap")) { OutputFile = "/dev/full" };
        await using LiveSession session = await LiveSession.LaunchAsync(TargetProgram.Command("measures"), options);
        LiveEnd end = await session.WaitAsync().WaitAsync(Patience);

        Assert.NotNull(end.RecordingProblem);
        Assert.True(session.Look().Gcs.Count >= 9);
    }

    [Fact]
    public async Task UnwritableOutput_IsRefused()
    {
        LiveOptions options = new(TraceProfile.ByName("heap")) { OutputFile = "/no/such/folder/run.nettrace" };
        SessionException exception = await Assert.ThrowsAsync<SessionException>(
            () => LiveSession.LaunchAsync(TargetProgram.Command("exit", "0"), options));

        Assert.Equal(SessionFailure.OutputFile, exception.Failure);
    }

    private static (long Bytes, long FreeBytes) SizesOf(LiveMoment moment, int generation) =>
        (moment.Generations[generation].SizeBytes, moment.Generations[generation].FreeBytes);

    private static Task<LiveSession> LaunchAsync(string profile, params string[] target) => LiveSession.LaunchAsync(
        TargetProgram.Command(target), new LiveOptions(TraceProfile.ByName(profile)));

    private static async Task<LiveMoment> Until(LiveSession session, Predicate<LiveMoment> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            LiveMoment moment = session.Look();
            if (condition(moment))
                return moment;

            Assert.True(clock.Elapsed < Patience && !session.Completion.IsCompleted, $"It never came to that: {moment}");
            await Task.Delay(20);
        }
    }
}
