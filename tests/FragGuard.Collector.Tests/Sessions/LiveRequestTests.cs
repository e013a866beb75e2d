using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>What this machine's runtime makes of our requests.</summary>
public sealed class LiveRequestTests : IDisposable
{
    private const int Triggered = 35;
    private const int SampledAllocation = 303;
    private const int Pinned = 33;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DeniedEvents_AreNotSent_AndTheirNeighboursAre()
    {
        RequireFilters();
        TraceProfile profile = TraceProfile.ByName("pools");
        TraceProfile everything = profile with
        {
            Requests = [.. profile.Requests.Select(request => request with { Denied = [] })],
        };

        Dictionary<int, (int Count, int WithStack)> filtered = await CountAsync(profile, RuntimeEvents.GcStart, Triggered);
        Dictionary<int, (int Count, int WithStack)> whole = await CountAsync(everything, RuntimeEvents.GcStart, Triggered);

        Assert.Equal(0, filtered[Triggered].Count);
        Assert.True(filtered[RuntimeEvents.GcStart].Count > 3);
        Assert.True(whole[Triggered].Count > 0);
    }

    [Fact]
    public async Task Heap_SamplesAllocations_WithoutStacks()
    {
        RequireFilters();
        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            TraceProfile.ByName("heap"), SampledAllocation, RuntimeEvents.AllocationTick, RuntimeEvents.SurvivingRanges);

        Assert.True(counts[SampledAllocation].Count > 100);
        Assert.Equal(0, counts[SampledAllocation].WithStack);
        Assert.Equal(0, counts[RuntimeEvents.AllocationTick].Count);
        Assert.Equal(0, counts[RuntimeEvents.SurvivingRanges].Count);
    }

    [Fact]
    public async Task Layout_AddsSurvivors_NotPins()
    {
        RequireFilters();
        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            TraceProfile.ByName("layout"), SampledAllocation, RuntimeEvents.MovedRanges, RuntimeEvents.SurvivingRanges, Pinned);

        Assert.True(counts[SampledAllocation].Count > 100);
        Assert.True(counts[RuntimeEvents.MovedRanges].Count + counts[RuntimeEvents.SurvivingRanges].Count > 3);
        Assert.Equal(0, counts[Pinned].Count);
    }

    [Fact]
    public async Task Full_AddsPinsAndStacks()
    {
        RequireFilters();
        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            ["load", "2"], TraceProfile.ByName("full"), SampledAllocation, RuntimeEvents.SurvivingRanges, Pinned);

        Assert.True(counts[SampledAllocation].WithStack > 100);
        Assert.True(counts[Pinned].Count > 0);
    }

    [Fact]
    public async Task Run_KeepsAllocationTicks_WithStacks()
    {
        Dictionary<int, (int Count, int WithStack)> counts = await CountAsync(
            TraceProfile.Run, SampledAllocation, RuntimeEvents.AllocationTick);

        Assert.Equal(0, counts[SampledAllocation].Count);
        Assert.True(counts[RuntimeEvents.AllocationTick].WithStack > 100);
    }

    [Fact]
    public async Task Lossless_IsWhatTheRuntimeCan()
    {
        RecordingOptions options = new(_folder.File("run.nettrace"), TraceProfile.ByName("heap")) { WantsLossless = true };
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command("exit", "3"), options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

        Assert.Equal(Environment.Version.Major >= 11, session.IsLossless);
        Assert.Equal(3, recording.TargetExitCode);
    }

    private static void RequireFilters() => Assert.SkipWhen(
        Environment.Version.Major < 10, "Runtimes before .NET 10 sample no allocations and filter no events.");

    private Task<Dictionary<int, (int Count, int WithStack)>> CountAsync(TraceProfile profile, params int[] ids) =>
        CountAsync(["large", "90000", "200000", "1000"], profile, ids);

    private async Task<Dictionary<int, (int Count, int WithStack)>> CountAsync(
        string[] target, TraceProfile profile, params int[] ids)
    {
        RecordingOptions options = new(_folder.File("run.nettrace"), profile);
        await using TraceSession session = await TraceSession.LaunchAsync(TargetProgram.Command(target), options);
        Recording recording = await session.WaitAsync().WaitAsync(TimeSpan.FromSeconds(100));
        return RecordedEvents.Count(recording.File, ids);
    }
}
