using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Live;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Tests.Sessions;

namespace FragGuard.Collector.Tests.OlderRuntimes;

/// <summary>What a runtime before .NET 10 makes of our requests, and what is made of what it sends instead.</summary>
public abstract class OlderRuntimeTests : IDisposable
{
    private const int SampledAllocation = 303;
    private const int Pinned = 33;
    private const int Triggered = 35;

    private readonly TargetRuntime _runtime;
    private readonly TemporaryFolder _folder = new();

    private protected OlderRuntimeTests(TargetRuntime runtime) => _runtime = runtime;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("heap", false)]
    [InlineData("layout", true)]
    public async Task AllocationTicks_TakeThePlaceOfSamples(string profile, bool hasSurvivors)
    {
        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            TraceProfile.ByName(profile), SampledAllocation, RuntimeEvents.AllocationTick, RuntimeEvents.SurvivingRanges,
            RuntimeEvents.MovedRanges);

        Assert.Equal(0, counts[SampledAllocation].Count);
        Assert.True(counts[RuntimeEvents.AllocationTick].Count > 100);
        Assert.Equal(
            _runtime.CanDoWithoutStacks ? 0 : counts[RuntimeEvents.AllocationTick].Count, counts[RuntimeEvents.AllocationTick].WithStack);
        Assert.Equal(hasSurvivors, counts[RuntimeEvents.SurvivingRanges].Count + counts[RuntimeEvents.MovedRanges].Count > 3);
    }

    [Fact]
    public async Task Pools_GoWithoutAllocations_AndDeniedEventsCome()
    {
        TraceProfile profile = TraceProfile.ByName("pools");
        Assert.Contains(Triggered, profile.Requests[0].Denied);

        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            profile, RuntimeEvents.GcStart, RuntimeEvents.AllocationTick, Triggered);

        Assert.True(counts[RuntimeEvents.GcStart].Count > 3);
        Assert.Equal(0, counts[RuntimeEvents.AllocationTick].Count);
        Assert.True(counts[Triggered].Count > 0);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("run")]
    public async Task StacksComeWhereAProfileWantsThem(string profile)
    {
        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            ["load", "2"], TraceProfile.ByName(profile), RuntimeEvents.AllocationTick, RuntimeEvents.SurvivingRanges, Pinned);

        Assert.True(counts[RuntimeEvents.AllocationTick].WithStack > 100);
        Assert.True(counts[RuntimeEvents.SurvivingRanges].Count > 0);
        Assert.True(counts[Pinned].Count > 0);
    }

    [Theory]
    [InlineData("heap")]
    [InlineData("pools")]
    public async Task CheapProfiles_LoseNothing(string profile)
    {
        (Recording recording, TruthLines truth) = await RecordAsync(TraceProfile.ByName(profile), "load", "4");
        RecordedRun run = RecordingReader.Read(recording.File, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (run.EventsLost, recording.Figures.EventsLost));
        Assert.False(run.IsTruncated);
        // The target counts from a moment after its first GC on.
        int collections = RecordedEvents.Count(recording.File, RuntimeEvents.Provider, RuntimeEvents.GcStart);
        Assert.InRange(collections, truth.One("load")[3], truth.One("load")[3] + 10);
    }

    [Fact]
    public async Task BlockingMode_IsBeyondIt()
    {
        RecordingOptions options = Options(TraceProfile.ByName("heap")) with { WantsLossless = true };
        await using TraceSession session = await TraceSession.LaunchAsync(_runtime.Command("exit", "3"), options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

        Assert.False(session.IsLossless);
        Assert.Equal(3, recording.TargetExitCode);
    }

    [Fact]
    public async Task Ticks_TellWhatDiesYoungAndWhatLives()
    {
        (Recording recording, _) = await RecordAsync(TraceProfile.ByName("full"), "ages");
        HeapHistory heap = RecordingReader.Read(recording.File, TestContext.Current.CancellationToken).Heap;

        Assert.Equal(SampleKind.Ticks, heap.Samples);
        Assert.InRange(Of("MakeShort").DiedShares[0], 0.98, 1);
        Assert.InRange(Of("MakeMiddle").DiedShares[2], 0.98, 1);
        Assert.InRange(Of("MakeLong").LiveShare, 0.98, 1);

        ObjectLifetime Of(string method) => heap.Lifetimes.Single(
            one => one.Site >= 0 && heap.Sites[one.Site].Name.EndsWith(method, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunningTarget_IsListed_AttachedTo_AndItsSitesAreNamed()
    {
        await using TraceSession launched = await TraceSession.LaunchAsync(
            _runtime.Command("spin", "60"), new RecordingOptions(_folder.File("first.nettrace"), TraceProfile.ByName("heap")));
        await launched.StopAsync().WaitAsync(Patience);
        TraceableProcess listed = ProcessList.Scan().Single(process => process.ProcessId == launched.ProcessId);

        await using TraceSession session = await TraceSession.AttachAsync(launched.ProcessId, Options(TraceProfile.Run));
        await UntilAsync(() => session.Figures.Collections > 3);
        RecordedRun run = RecordingReader.Read((await session.StopAsync().WaitAsync(Patience)).File);

        Assert.StartsWith(Text($"{_runtime.Major}.0."), listed.RuntimeVersion, StringComparison.Ordinal);
        Assert.Equal(listed.RuntimeVersion, run.Target.RuntimeVersion);
        Assert.False(run.IsTruncated);
        Assert.True(run.LargeObjects.Births > 10);
        Assert.Contains(
            run.LargeObjects.Trace.Sites, site => site.Name.EndsWith("LargeArrays.Spin", StringComparison.Ordinal) && site.Line > 0);
    }

    [Fact]
    public async Task LiveView_CountsByTicks_AsTheRuntimeMeasures()
    {
        await using LiveSession session = await LiveSession.LaunchAsync(
            _runtime.Command("measures"), new LiveOptions(TraceProfile.ByName("layout")));
        await session.WaitAsync().WaitAsync(Patience);
        LiveMoment moment = session.Look();
        TruthLines truth = new(session.Target!.Output);
        long[][] generations = [.. truth.All("generation").Where(one => one[0] == moment.LastGc!.Number)];

        Assert.Equal(truth.All("gc")[^1][0], moment.LastGc!.Number);
        Assert.Equal(5, generations.Length);
        Assert.All(
            generations,
            one => Assert.Equal(
                (one[3], one[5]), (moment.Generations[(int)one[1]].SizeBytes, moment.Generations[(int)one[1]].FreeBytes)));
        Assert.Equal(AllocationMethod.Ticks, moment.Allocation.Method);
        Assert.NotNull(moment.Generations[3].Holes);
        Assert.Equal(0, moment.EventsLost);
    }

    private RecordingOptions Options(TraceProfile profile) => new(_folder.File("run.nettrace"), profile);

    private Task<Dictionary<int, (int Count, int WithStack)>> CountAsync(TraceProfile profile, params int[] ids) =>
        CountAsync(["large", "90000", "200000", "1000"], profile, ids);

    private async Task<Dictionary<int, (int Count, int WithStack)>> CountAsync(
        string[] target, TraceProfile profile, params int[] ids)
    {
        (Recording recording, _) = await RecordAsync(profile, target);
        return RecordedEvents.Count(recording.File, ids);
    }

    private async Task<(Recording Recording, TruthLines Truth)> RecordAsync(TraceProfile profile, params string[] target)
    {
        await using TraceSession session = await TraceSession.LaunchAsync(_runtime.Command(target), Options(profile));
        Recording recording = await session.WaitAsync().WaitAsync(Patience);
        return (recording, new TruthLines(session.Target!.Output));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task UntilAsync(Func<bool> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "The condition never came true.");
            await Task.Delay(20);
        }
    }
}
