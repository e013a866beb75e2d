using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

public sealed class TraceAdviceTests(ITestOutputHelper output)
{
    [Fact]
    public void ArticleWorkload_IsServedByBothOfItsRemedies()
    {
        TraceAdvice advice = Advise("lua-dict-odd-keys-deleted.txt", "40k");

        Assert.Equal((1L, 1L), (advice.AsWritten.Refused, advice.AsWritten.FailedWithSpace));
        RemedyOutcome moreMemory = Assert.Single(
            advice.Remedies, remedy => remedy.Id.Equals("more-memory", StringComparison.Ordinal));
        Assert.All(["split-by-size", "split-by-lifetime"], id =>
        {
            RemedyOutcome remedy = Assert.Single(advice.Remedies, other => other.Id.Equals(id, StringComparison.Ordinal));
            Assert.Equal((0L, 0L), (remedy.Unserved, remedy.FailedWithSpace));
            Assert.True(remedy.Stranded < moreMemory.Stranded, remedy.ToString());
        });
        Assert.StartsWith("split-by-", advice.Remedies[0].Id, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstHalfDeleted_NeedsNoRemedy()
    {
        TraceAdvice advice = Advise("lua-dict-first-half-deleted.txt", "40k");

        Assert.Equal(0, advice.AsWritten.Unserved);
        Assert.DoesNotContain(advice.Remedies, remedy => remedy.Id.Equals("more-memory", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SplitByLifetime_FreesWholePages(ulong seed)
    {
        // Sessions that end and settings that stay, of one size and in turn: each page holds both.
        SeededRandom random = new(seed);
        List<AllocationEvent> events = [];
        for (int i = 0; i < 4_000; i++)
            events.Add(new AllocationEvent(AllocationEventKind.SafeSet, i, random.Next(40, 60), KeyBytes: 8));
        for (int i = 0; i < 4_000; i++)
        {
            if (i % 4 != 0)
                events.Add(new AllocationEvent(AllocationEventKind.Delete, i, KeyBytes: 8));
        }

        for (int i = 0; i < 60; i++)
            events.Add(new AllocationEvent(AllocationEventKind.SafeSet, 10_000 + i, 3_000, KeyBytes: 8));
        TraceAdvice advice = Print(
            TraceAdvisor.Advise(new AllocationTrace(events), "lua-shared-dict", [new("zone", "700k")]));

        Assert.True(advice.AsWritten.FailedWithSpace > 0, $"seed {seed}: {advice.AsWritten}");
        RemedyOutcome split = Assert.Single(
            advice.Remedies, remedy => remedy.Id.Equals("split-by-lifetime", StringComparison.Ordinal));
        Assert.True(split.Unserved < advice.AsWritten.Unserved, $"seed {seed}: {split}");
    }

    [Fact]
    public void EqualBlocksThatStay_NeedNoRemedy()
    {
        AllocationEvent[] events =
            [.. Enumerable.Range(0, 1_000).Select(id => new AllocationEvent(AllocationEventKind.Allocate, id, 64))];
        TraceAdvice advice = Print(
            TraceAdvisor.Advise(new AllocationTrace(events), "nginx-slab", [new("zone", "1m")]));

        Assert.Equal((0L, 1_000L, true), (advice.AsWritten.Unserved, advice.Operations, advice.IsWholeTrace));
        Assert.DoesNotContain(advice.Remedies, remedy => remedy.Heaps > 1);
    }

    [Fact]
    public void WhatModelsOffer_CanBeTried() => Assert.All(AllocatorModels.All, info =>
    {
        Assert.All(info.Remedies.Tunables, tunable => AllocatorModels.Create(info.Name, [new(tunable.Key, tunable.Value)]));
        Assert.All(info.Remedies.Rivals, rival => AllocatorModels.ByName(rival));
        if (info.Remedies.Capacity is { } key)
            AllocatorModels.Create(info.Name, [new(key, "8m")]);
    });

    [Theory]
    [InlineData("glibc", "use-jemalloc", "arena_max=1", "pooled-chunks-4k")]
    [InlineData("lua-shared-dict", "use-memcached")]
    public void OtherAllocatorsSettingsAndPools_AreTried(string model, params string[] expected)
    {
        SeededRandom random = new(1);
        List<AllocationEvent> events = [];
        for (int i = 0; i < 2_000; i++)
        {
            events.Add(new AllocationEvent(AllocationEventKind.Thread, i % 4));
            events.Add(string.Equals(model, "glibc", StringComparison.Ordinal)
                ? new AllocationEvent(AllocationEventKind.Allocate, i, random.Next(100, 40_000))
                : new AllocationEvent(AllocationEventKind.Set, i, random.Next(100, 4_000), KeyBytes: 8));
        }

        TraceAdvice advice = Print(TraceAdvisor.Advise(new AllocationTrace(events), model));

        Assert.All(expected, id => Assert.Contains(id, advice.Remedies.Select(remedy => remedy.Id), StringComparer.Ordinal));
    }

    /// <summary>A shared dictionary takes keys of up to 65,535 bytes, memcached of up to 250.</summary>
    [Theory]
    [InlineData(250, true)]
    [InlineData(251, false)]
    public void AllocatorThatTakesNoSuchKey_IsNoRemedy(int keyBytes, bool isOffered)
    {
        TraceAdvice advice = Print(TraceAdvisor.Advise(
            new AllocationTrace(
            [
                new AllocationEvent(AllocationEventKind.Set, -1, 100, keyBytes),
                .. Enumerable.Range(0, 50).Select(id => new AllocationEvent(AllocationEventKind.Set, id, 1_000, KeyBytes: 3)),
            ]),
            "lua-shared-dict", [new("zone", "8m")]));

        Assert.Equal(isOffered, IsOffered("use-memcached", advice));
    }

    [Fact]
    public void TraceThatBreaksItsPromise_NamesTheBlock() => Assert.Equal(
        "event 1: free missing: the block is not live",
        Assert.Throws<TraceException>(
            () => TraceAdvisor.Advise(WorkloadReader.Read(["alloc a 8", "free missing"]), "nginx-slab")).Message);

    /// <summary>The free slots of 16 bytes serve no resize to 3,000; nor does rounding that, which takes a page either way.</summary>
    [Fact]
    public void LargestRequest_MayBeAResize()
    {
        TraceAdvice advice = Print(TraceAdvisor.Advise(
            WorkloadReader.Read(["alloc a{1..400} 16", "realloc a{1..200} 3000", "free a{201..400}"]),
            "nginx-slab", [new("zone", "400k")]));

        Assert.True(advice.AsWritten.FailedWithSpace > 0, advice.AsWritten.ToString());
        Assert.True(advice.AsWritten.Stranded > 0, advice.AsWritten.ToString());
        Assert.Equal("give every value 3000 bytes", AdviceOf("one-size", advice));
        Assert.False(IsOffered("round-to-powers-of-two", advice));
    }

    [Fact]
    public void LargestOfALife_IsItsBirthOrAResizeOfIt()
    {
        TraceProfile profile = new(WorkloadReader.Read(
            ["alloc a 16", "alloc b 16", "realloc a 3000", "realloc b 8", "free a", "alloc a 20", "realloc a 40"]).Events);

        Assert.Equal([3_000, 16, 40], Enumerable.Range(0, 3).Select(profile.LargestOf));
        Assert.Equal([16, 16, 20], Enumerable.Range(0, 3).Select(profile.BytesOf));
        Assert.Equal([3_000, 40], new TraceSplit(profile, [16], lifetimeEdge: null).LargestBytes);
    }

    /// <summary>A cache asks for key and value at once; where an entry is a block, that is its value.</summary>
    [Theory]
    [InlineData("lua-shared-dict", "give every value 1005 bytes, key included", "above 128 bytes, key included, apart")]
    [InlineData("nginx-slab", "give every value 1000 bytes", "above 128 bytes apart")]
    public void SizeOfAnEntry_HoldsItsKeyWhereTheCacheCountsIt(string model, string oneSize, string split)
    {
        TraceAdvice advice = Print(TraceAdvisor.Advise(
            WorkloadReader.Read(
                ["set k{1000..1299} 1000", "set l{1000..1999} 100", "delete l{1000..1998..2}", "set m{1000..1099} 1000"]),
            model, [new("zone", "600k")]));

        Assert.Equal(oneSize, AdviceOf("one-size", advice));
        Assert.Contains(split, AdviceOf("split-by-size", advice), StringComparison.Ordinal);
    }

    /// <summary>200 blocks of a page each and the zone's own take 808 KiB.</summary>
    [Theory]
    [InlineData("400k", null)]
    [InlineData("404k", 404)]
    [InlineData("448k", 360)]
    [InlineData("496k", 312)]
    [InlineData("512k", 296)]
    public void MoreMemory_IsFoundUpToTwice(string zone, int? extraKilobytes)
    {
        TraceAdvice advice = Print(TraceAdvisor.Advise(
            WorkloadReader.Read(["alloc a{1..200} 3000"]), "nginx-slab", [new("zone", zone)]));

        Assert.Equal(
            extraKilobytes * 1024L,
            advice.Remedies.SingleOrDefault(remedy => remedy.Id.Equals("more-memory", StringComparison.Ordinal))?.ExtraBytes);
    }

    [Theory]
    [InlineData("linux-buddy")]
    [InlineData("dotnet-gc")]
    public void RefusedBlock_TakesItsPinsAlongWhenAResizeIsGranted(string model)
    {
        RefusedBlocks heap = new(AllocatorModels.Create(model));
        AllocationEvent pin = new(AllocationEventKind.Pin, 1);
        AllocationEvent unpin = new(AllocationEventKind.Unpin, 1);

        Assert.Equal(EventAnswer.NoMemory, heap.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 1L << 50)).Answer);
        Assert.Equal(EventAnswer.Ignored, heap.Apply(pin).Answer);
        heap.Apply(pin);
        heap.Apply(unpin);
        Assert.Equal(EventAnswer.Ok, heap.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 100)).Answer);

        Assert.Equal(EventAnswer.Ok, heap.Apply(unpin).Answer);
        Assert.Throws<TraceException>(() => heap.Apply(unpin));
    }

    [Fact]
    public void BlockOfARefusedId_HasNoPinsOfThatId()
    {
        RefusedBlocks heap = new(AllocatorModels.Create("linux-buddy"));
        heap.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 1L << 50));
        heap.Apply(new AllocationEvent(AllocationEventKind.Pin, 1));
        heap.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 100));

        Assert.Throws<TraceException>(() => heap.Apply(new AllocationEvent(AllocationEventKind.Unpin, 1)));
    }

    [Fact]
    public void RefusedBlockThatIsPinnedAndResized_IsAdvised() => Assert.Equal(1, Print(TraceAdvisor.Advise(
        WorkloadReader.Read(["alloc a 67108864", "pin a", "realloc a 100", "unpin a", "free a"]), "linux-buddy")).AsWritten.Refused);

    [Fact]
    public void UnknownModel_IsRefused() => Assert.Throws<ModelSettingException>(
        () => { TraceAdvisor.Advise(new AllocationTrace([]), "none"); });

    [Fact]
    public void EmptyTrace_HasNoRemedies() =>
        Assert.DoesNotContain(
            TraceAdvisor.Advise(new AllocationTrace([]), "nginx-slab").Remedies, remedy => remedy.Unserved > 0);

    private static bool IsOffered(string id, TraceAdvice advice) =>
        advice.Remedies.Any(remedy => remedy.Id.Equals(id, StringComparison.Ordinal));

    private static string AdviceOf(string id, TraceAdvice advice) =>
        Assert.Single(advice.Remedies, remedy => remedy.Id.Equals(id, StringComparison.Ordinal)).Advice;

    private TraceAdvice Advise(string workload, string zone) => Print(TraceAdvisor.Advise(
            WorkloadReader.Read(File.ReadLines(Samples.PathOf(workload))), "lua-shared-dict", [new("zone", zone)]));

    private TraceAdvice Print(TraceAdvice advice)
    {
        output.WriteLine(advice.AsWritten.ToString());
        foreach (RemedyOutcome remedy in advice.Remedies)
            output.WriteLine(remedy.ToString());
        return advice;
    }
}
