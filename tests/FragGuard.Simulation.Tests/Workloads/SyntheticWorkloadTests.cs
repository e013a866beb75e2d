using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads;

public sealed class SyntheticWorkloadTests
{
    private static readonly SizeMix Mix = new([new SizeMixPart(10, 20), new SizeMixPart(1_000, 2_000, 3)], 100, 5_000, 7);

    [Fact]
    public void Cache_FillsBeforeItReplaces()
    {
        AllocationEvent[] events = [.. SyntheticWorkload.Blocks(Mix).Events];

        Assert.All(events.Take(100), next => Assert.Equal(AllocationEventKind.Allocate, next.Kind));
        Assert.Equal(100 + (2 * 5_000), events.Length);
    }

    [Fact]
    public void Replacement_BringsTheNewBlockBeforeTheOldOneDies()
    {
        HashSet<long> live = [];
        foreach (AllocationEvent next in SyntheticWorkload.Blocks(Mix).Events)
        {
            Assert.True(next.Kind == AllocationEventKind.Allocate ? live.Add(next.Id) : live.Remove(next.Id));
            Assert.InRange(live.Count, 1, 101);
        }

        Assert.Equal(100, live.Count);
    }

    [Fact]
    public void Sizes_FollowTheWeights()
    {
        long[] sizes = [.. SyntheticWorkload.Stores(Mix, 8).Events.Select(next => next.Bytes)];

        Assert.All(sizes, size => Assert.True(size is (>= 10 and <= 20) or (>= 1_000 and <= 2_000)));
        Assert.Equal(0.75, sizes.Count(size => size >= 1_000) / (double)sizes.Length, 0.03);
    }

    [Fact]
    public void Stores_KeepToTheirKeys()
    {
        AllocationEvent[] events = [.. SyntheticWorkload.Stores(Mix, 8).Events];

        Assert.All(events, next => Assert.Equal((AllocationEventKind.Set, 8), (next.Kind, next.KeyBytes)));
        Assert.Equal(100, events.Select(next => next.Id).Distinct().Count());
    }

    [Fact]
    public void Trace_IsTheSameEveryTime()
    {
        AllocationTrace trace = SyntheticWorkload.Blocks(Mix);

        Assert.Equal(trace.Events, trace.Events);
        Assert.NotEqual(trace.Events, SyntheticWorkload.Blocks(Mix with { Seed = 8 }).Events);
    }

    [Fact]
    public void MeanBytes_WeighsTheParts() => Assert.Equal((15 + (3 * 1_500)) / 4.0, SyntheticWorkload.MeanBytes(Mix));

    [Fact]
    public void EmptyMix_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SyntheticWorkload.Blocks(new SizeMix([])));

    [Fact]
    public void ReversedPart_IsRefused() =>
        Assert.Throws<ArgumentException>(() => SyntheticWorkload.Blocks(new SizeMix([new SizeMixPart(20, 10)])));
}
