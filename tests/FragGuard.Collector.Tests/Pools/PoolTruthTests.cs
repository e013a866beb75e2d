using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Pools;

public class PoolTruthTests
{
    private const int Threads = 4;

    private readonly TargetRuntime _runtime;

    public PoolTruthTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected PoolTruthTests(TargetRuntime runtime) => _runtime = runtime;

    [Fact]
    public async Task RentsOfSeveralThreads_AreCountedExactly()
    {
        WatchedRun watched = await RunAsync(TraceProfile.Run);
        foreach ((PoolUse use, Truthful truth) in Pairs(watched))
        {
            Assert.Equal(
                (truth.Rented, truth.Returned, truth.Rented - truth.Returned), (use.Rented, use.Returned, use.Outstanding));
            Assert.Equal(truth.Made, use.Allocated);
            Assert.Equal(0, use.ReturnedUnseen);
            Assert.Equal(1 - ((double)truth.Made / truth.Rented), use.HitRatio);
            Assert.Equal((truth.Held, true), (use.IdleAtMost, use.IdleAtLeast <= truth.Held));
            Assert.Equal(truth.Held, use.Timeline[^1].Idle);
            Assert.Equal(truth.Rented - truth.Returned, use.Timeline[^1].Outstanding);
            Assert.InRange(use.Timeline.Count, 2, 64);
        }
    }

    [Fact]
    public async Task ArraysThatDieWithTheirThreads_LieBetweenTheBounds()
    {
        WatchedRun watched = await RunAsync(TraceProfile.Run, collect: true);
        (PoolUse Use, Truthful Truth)[] shared = [.. Pairs(watched).Where(pair => pair.Use.IsShared)];

        Assert.All(shared, pair => Assert.InRange(pair.Truth.Held, pair.Use.IdleAtLeast, pair.Use.IdleAtMost!.Value));
        Assert.Contains(shared, pair => pair.Truth.Held < pair.Use.IdleAtMost);
    }

    [Fact]
    public async Task Elements_AreThoseOfTheProgram()
    {
        WatchedRun watched = await RunAsync(TraceProfile.Run);
        (string? Type, int? Bytes, PoolKind Kind)[] elements =
        [
            .. Pairs(watched).Select(pair => (pair.Use.Element.Type, pair.Use.Element.Bytes, pair.Use.Kind)).Distinct(),
        ];

        Assert.Contains(("System.Byte", 1, PoolKind.Shared), elements);
        Assert.Contains(("System.Char", 2, PoolKind.Shared), elements);
        Assert.Contains(("System.String", 8, PoolKind.Shared), elements);
        Assert.Contains(("FragGuard.Collector.Tests.Target.PoolTruth+Triple", 12, PoolKind.Shared), elements);
        Assert.Contains(("System.Int32", 4, PoolKind.Created), elements);
        Assert.Contains(("System.Int64", 8, PoolKind.Created), elements);
        Assert.Equal(6, elements.Length);
    }

    [Fact]
    public async Task LevelInformational_KnowsWhatPoolsMiss_AndSaysWhatItDoesNotKnow()
    {
        WatchedRun watched = await RunAsync(TraceProfile.ByName("pools"));
        foreach ((PoolUse use, Truthful truth) in Pairs(watched))
        {
            Assert.Equal(truth.Made, use.Allocated);
            Assert.Equal(((long?)null, (long?)null, (long?)null, (double?)null), (use.Rented, use.Returned, use.Outstanding, use.HitRatio));
            Assert.InRange(truth.Held, use.IdleAtLeast, use.IdleAtMost!.Value);
            Assert.Empty(use.Timeline);
        }

        Assert.Equal(3, Pairs(watched).First(pair => pair.Use is { Kind: PoolKind.Created, Length: 1 << 16 }).Use.IdleAtMost);

        if (!_runtime.CanSample)
        {
            Assert.All(Pairs(watched), pair => Assert.Equal(PoolElement.Unknown, pair.Use.Element));
            return;
        }

        // Arrays of 64 KiB and more are sampled every second time, those beyond 1 MiB always.
        Assert.Equal(1, Pairs(watched).First(pair => pair.Use.Length == 1 << 18).Use.Element.Bytes);
        Assert.Contains(Pairs(watched), pair => pair.Use.Element is { Type: "System.Int32", Bytes: 4, Source: ElementSource.Allocation });
    }

    [Theory]
    [InlineData("run", "1", 3)]
    [InlineData("pools", "1", 3)]
    [InlineData("run", null, 0)]
    public async Task ArraysGivenUpUnderPressure_AreTrimmed(string profile, string? pressure, long expected)
    {
        LaunchCommand command = _runtime.Command("trims");
        Dictionary<string, string?> pressed = new(command.Environment, StringComparer.Ordinal)
        {
            ["DOTNET_GCHighMemPercent"] = pressure,
        };
        WatchedRun watched = await WatchedRun.OfAsync(command with { Environment = pressed }, TraceProfile.ByName(profile));
        PoolUse[] uses = [.. watched.Run.Pools.Where(use => use.Length is 1 << 17 or 1 << 18 or 1 << 19)];

        Assert.Equal(expected, watched.Truth.One("trimmed")[0]);
        Assert.Equal(expected, uses.Sum(use => use.Trimmed));
        Assert.Equal(3 - expected, uses.Sum(use => use.IdleAtMost));
        Assert.All(uses.Where(use => use.Trimmed > 0), use => Assert.Equal((PoolKind.Shared, 0), (use.Kind, use.IdleAtLeast)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("2", "7")]
    [InlineData("0", "many")]
    public async Task SharedPool_KeepsAsManyArraysAsTheRuntimeSays(string? partitions, string? arrays)
    {
        LaunchCommand command = _runtime.Command("pooltruth", "1", "200", "0");
        Dictionary<string, string?> environment = new(command.Environment, StringComparer.Ordinal)
        {
            ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT"] = partitions,
            ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION"] = arrays,
        };
        WatchedRun watched = await WatchedRun.OfAsync(command with { Environment = environment }, TraceProfile.Run);
        long[] limits = watched.Truth.One("limits");
        PoolUse[] shared = [.. watched.Run.Pools.Where(use => use is { IsShared: true, AllocatedOverMaximumSize: 0 })];

        Assert.Equal(
            limits[0] * limits[1],
            SharedPoolSettings.From(name => environment.GetValueOrDefault(name)).ArraysOn(watched.Run.Target.Processors));
        Assert.NotEmpty(shared);
        Assert.All(shared, use => Assert.Equal(
            SharedPoolSettings.Default.ArraysOn(watched.Run.Target.Processors), use.Bound.Arrays));
    }

    [Fact]
    public async Task CreatedPool_ShowsItsOwnBound_OnceItRefused()
    {
        WatchedRun watched = await RunAsync(TraceProfile.Run);
        PoolUse[] created = [.. Pairs(watched).Select(pair => pair.Use).Where(use => use.Kind == PoolKind.Created)];
        PoolUse refused = created.First(use => use is { Length: 1 << 16, Element.Bytes: 4 });
        PoolUse never = created.First(use => use.Length == (1 << 16) + 5);
        PoolUse larger = created.First(use => use.Element.Bytes == 8);

        Assert.Equal(new PoolBound(3, IsExact: true, PlusOnePerThread: false), refused.Bound);
        Assert.Equal(new PoolBound(0, IsExact: true, PlusOnePerThread: false), never.Bound);
        Assert.Equal((larger.AllocatedPooled, larger.AllocatedPoolExhausted > 0), (larger.Bound.Arrays, larger.Bound.IsExact));
    }

    private Task<WatchedRun> RunAsync(TraceProfile profile, bool collect = false) =>
        WatchedRun.OfAsync(_runtime.Command("pooltruth", $"{Threads}", "4000", collect ? "1" : "0"), profile);

    private static IEnumerable<(PoolUse Use, Truthful Truth)> Pairs(WatchedRun watched)
    {
        Assert.Equal(0, watched.Run.EventsLost);
        IReadOnlyList<long[]> truths = watched.Truth.All("use");
        Assert.InRange(truths.Count, 9, 11);
        return truths.Select(line => (
            watched.Run.Pools.Single(use => use.PoolId == line[0] && use.Length == line[1]),
            new Truthful(line[2], line[3], line[4], line[5])));
    }

    private sealed record Truthful(long Rented, long Returned, long Made, long Held);
}
