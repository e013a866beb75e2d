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
    internal static readonly Dictionary<string, string> KeepsMemory = new(StringComparer.Ordinal)
    {
        ["dotnet-arraypool-create"] = "the pool never gives up an array it keeps",
        ["dotnet-arraypool-shared"] = "returned arrays stay in the pool until enough collections have passed",
        ["dotnet-gc"] = "regions stay committed after a collection",
        ["dotnet-gen2"] = "regions stay committed after a collection",
        ["dotnet-loh"] = "free regions stay committed after a collection",
        ["dotnet-objectpool"] = "the pool never gives up an object it keeps",
        ["dotnet-poh"] = "free regions stay committed after a collection",
        ["glibc"] = "threads keep their caches, and arenas what lies below a cached block",
        ["jemalloc"] = "other threads keep their caches, and address space is retained",
        ["luajit"] = "a segment joined to the first one is never returned",
        ["memcached"] = "pages stay with their size class",
        ["mimalloc"] = "the heaps of other threads keep their pages",
        ["recyclable-streams"] = "returned arrays stay with the manager up to its limits",
        ["ruby-heap"] = "Ruby gives pages back only beyond its initial slots, three at a time",
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

    public static TheoryData<string> Models() => new(AllocatorModels.All.Select(info => info.Name));

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

    /// <summary>The same life again and again: what it needs at its height is there after the first two.</summary>
    [Theory, MemberData(nameof(Models))]
    public void SteadyState_AllocatesNothing(string name)
    {
        (IAllocatorModel model, bool takesCacheEvents) = Create(name);
        AllocationEvent[] life = ContractTraces.SteadyLife(takesCacheEvents);
        long freeBytes = 0;
        void Live()
        {
            foreach (ref readonly AllocationEvent next in life.AsSpan())
            {
                model.Apply(next);
                freeBytes += model.Counters.FreeBytes;
            }
        }

        Live();
        Live();

        Assert.Equal(0, LeastBytesOf(Live));
    }

    private static (IAllocatorModel Model, bool TakesCacheEvents) Create(string name) =>
        (AllocatorModels.Create(name), AllocatorModels.ByName(name).TakesCacheEvents);

    private static void AssertLayout(IAllocatorModel model, ulong seed, int at) =>
        LayoutAssert.Agrees(model, $"seed {seed}, operation {at}");
}
