using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>What every registered model promises, whatever it models.</summary>
public sealed class ModelContractTests
{
    private const int LayoutInterval = 97;

    /// <summary>Models that end in another state than they began in, and why.</summary>
    private static readonly Dictionary<string, string> KeepsMemory = new(StringComparer.Ordinal)
    {
        ["dotnet-arraypool-shared"] = "returned arrays stay in the pool until enough collections have passed",
        ["dotnet-loh"] = "free regions stay committed after a collection",
        ["jemalloc"] = "other threads keep their caches, and address space is retained",
        ["mimalloc"] = "the heaps of other threads keep their pages",
        ["tcmalloc"] = "other threads keep their caches, transfer slots stay full, and address space is kept",
    };

    public static TheoryData<string, ulong> ModelsAndSeeds()
    {
        TheoryData<string, ulong> data = [];
        foreach (AllocatorModelInfo info in AllocatorModels.All)
        {
            for (ulong seed = 1; seed <= 4; seed++)
                data.Add(info.Name, seed);
        }

        return data;
    }

    public static TheoryData<string> BlockModels() =>
        new(AllocatorModels.All.Where(info => !info.TakesCacheEvents).Select(info => info.Name));

    [Fact]
    public void Registry_IsSortedAndComplete()
    {
        string[] names = AllocatorModels.All.Select(info => info.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names, StringComparer.Ordinal);
        Assert.All(
            AllocatorModels.All,
            info => Assert.All(
                [info.Allocator, info.Fidelity, info.Counting], text => Assert.False(string.IsNullOrWhiteSpace(text))));
        Assert.Throws<ModelSettingException>(() => AllocatorModels.ByName("no-such-model"));
    }

    [Theory, MemberData(nameof(ModelsAndSeeds))]
    public void Layout_AgreesWithCounters(string name, ulong seed)
    {
        (IAllocatorModel model, bool takesCacheEvents) = Create(name);
        AssertLayout(model, seed, at: -1);
        int i = 0;
        foreach (var _ in new ContractTraces(seed).Play(model, takesCacheEvents))
        {
            if (i++ % LayoutInterval == 0)
                AssertLayout(model, seed, i);
        }

        AssertLayout(model, seed, i);
    }

    [Theory, MemberData(nameof(ModelsAndSeeds))]
    public void Placement_IsInsideAUsedExtent(string name, ulong seed)
    {
        (IAllocatorModel model, bool takesCacheEvents) = Create(name);
        int i = 0;
        foreach ((AllocationEvent played, EventOutcome outcome) in new ContractTraces(seed).Play(model, takesCacheEvents))
        {
            if (i++ % LayoutInterval != 0 || outcome.OffsetBytes < 0)
                continue;
            Assert.True(
                model.Layout().Extents.Any(extent => extent.Use == ExtentUse.Used
                    && extent.Extent.Start <= outcome.OffsetBytes && outcome.OffsetBytes < extent.Extent.End),
                $"seed {seed}, operation {i}: {played} was placed at {outcome.OffsetBytes}, where nothing is in use");
        }
    }

    [Theory, MemberData(nameof(ModelsAndSeeds))]
    public void SameTrace_GivesSameLayout(string name, ulong seed)
    {
        (IAllocatorModel first, bool takesCacheEvents) = Create(name);
        (IAllocatorModel second, _) = Create(name);

        Assert.Equal(
            new ContractTraces(seed).Play(first, takesCacheEvents),
            new ContractTraces(seed).Play(second, takesCacheEvents));

        Assert.Equal(first.Counters, second.Counters);
        Assert.Equal(first.Layout().Extents, second.Layout().Extents);
        Assert.Equal(first.Layout().SizeClasses, second.Layout().SizeClasses);
    }

    [Theory, MemberData(nameof(ModelsAndSeeds))]
    public void FreeingEverything_ReturnsToTheEmptyState(string name, ulong seed)
    {
        (IAllocatorModel model, bool takesCacheEvents) = Create(name);
        IReadOnlyList<LayoutExtent> empty = model.Layout().Extents;
        ContractTraces trace = new(seed);
        foreach (var _ in trace.Play(model, takesCacheEvents))
        {
        }

        foreach (AllocationEvent ending in trace.Ending(takesCacheEvents))
            model.Apply(ending);

        Assert.Equal((0, 0), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
        Assert.DoesNotContain(model.Layout().Extents, extent => extent.Use == ExtentUse.Used);
        if (!KeepsMemory.ContainsKey(name))
            Assert.Equal(empty, model.Layout().Extents);
    }

    [Theory, MemberData(nameof(BlockModels))]
    public void SecondFree_IsRefused(string name)
    {
        (IAllocatorModel model, _) = Create(name);
        model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 100_000));
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));

        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Free, 2)));
    }

    [Theory, MemberData(nameof(BlockModels))]
    public void SecondAllocationOfALiveBlock_IsRefused(string name)
    {
        (IAllocatorModel model, _) = Create(name);
        model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 100_000));

        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 100_000)));
    }

    [Theory, MemberData(nameof(BlockModels))]
    public void ResizedBlock_KeepsItsSite(string name)
    {
        (IAllocatorModel model, _) = Create(name);
        model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 100_000, Site: 7));
        model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 200_000));

        Assert.Contains(model.Layout().Extents, extent => extent is { RequestedBytes: 200_000, Site: 7 });
    }

    private static (IAllocatorModel Model, bool TakesCacheEvents) Create(string name) =>
        (AllocatorModels.Create(name), AllocatorModels.ByName(name).TakesCacheEvents);

    private static void AssertLayout(IAllocatorModel model, ulong seed, int at)
    {
        HeapLayout layout = model.Layout();
        HeapCounters counters = model.Counters;
        string when = $"seed {seed}, operation {at}";
        for (int i = 1; i < layout.Extents.Count; i++)
        {
            Assert.False(
                layout.Extents[i].Extent.Overlaps(layout.Extents[i - 1].Extent), $"{when}: extents {i - 1} and {i} overlap");
        }

        AssertSame(counters.GrantedBytes, Sum(layout, ExtentUse.Used), "used", when);
        AssertSame(counters.FreeBytes, Sum(layout, ExtentUse.Free), "free", when);
        AssertSame(
            counters.CommittedBytes,
            Sum(layout, ExtentUse.Used) + Sum(layout, ExtentUse.Free) + Sum(layout, ExtentUse.Metadata),
            "used, free and metadata",
            when);
        AssertSame(
            counters.LiveRequestedBytes, layout.Extents.Sum(extent => extent.RequestedBytes), "requested", when);
        Assert.Equal(counters, layout.Counters);
        Assert.All(
            layout.Extents, extent => Assert.True(extent.Use == ExtentUse.Used || extent.RequestedBytes == 0, when));
        Assert.True(counters.FreePageBytes <= counters.FreeBytes, $"{when}: {counters}");
        Assert.True(counters.ResidentBytes <= counters.CommittedBytes, $"{when}: {counters}");
    }

    private static long Sum(HeapLayout layout, ExtentUse use) =>
        layout.Extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);

    private static void AssertSame(long counted, long drawn, string what, string when) =>
        Assert.True(counted == drawn, $"{when}: {what} bytes are {counted} in the counters and {drawn} in the layout");
}
