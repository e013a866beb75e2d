using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>Random operations in every variant of the model, small zones among them, so that requests fail and compact.</summary>
public sealed class BuddyFuzzTests(ITestOutputHelper output)
{
    private static readonly BlockTraits[] Traits = [BlockTraits.None, BlockTraits.Movable, BlockTraits.Reclaimable];

    [Theory]
    [InlineData(1, "memory=8m")]
    [InlineData(2, "memory=8m", "kernel=6.14")]
    [InlineData(3, "memory=8m", "pcp_high=200")]
    [InlineData(4, "memory=8m", "defrag_mode=true")]
    [InlineData(5, "memory=4m", "pageblock_order=3")]
    [InlineData(6, "memory=64m", "page=64k")]
    [InlineData(7, "memory=7924k", "min_free_kbytes=1")]
    [InlineData(8, "memory=1m", "pcp_high=30", "pcp_batch=7", "kernel=6.1")]
    [InlineData(9, "memory=8m", "compaction=false", "pageblock_order=10")]
    public void RandomOperations_KeepTheBooks(ulong seed, params string[] settings)
    {
        output.WriteLine($"seed {seed}");
        LinuxBuddyModel model = BuddyModels.Create(settings);
        SeededRandom random = new(seed);
        List<long> live = [];
        for (long i = 0; i < 30_000; i++)
        {
            Step(model, random, live, i);
            if (i % 1_999 == 0)
                AssertBooks(model, live.Count);
        }

        AssertBooks(model, live.Count);
        foreach (long id in live)
            model.Free(id);
        model.Trim();
        Assert.Equal(model.Counters.CommittedBytes, model.Layout().Zone!.Value.FreePageBytes);
        Assert.Equal(Whole(model.Zone), model.Zone.FreeBlocks);
    }

    private static void Step(LinuxBuddyModel model, SeededRandom random, List<long> live, long id)
    {
        long draw = random.Next(0, 999);
        int index = live.Count == 0 ? -1 : (int)random.Next(0, live.Count - 1);
        if (draw < 480 && index >= 0)
        {
            Assert.Equal(EventAnswer.Ok, model.Free(live[index]));
            live[index] = live[^1];
            live.RemoveAt(live.Count - 1);
        }
        else if (draw < 520 && index >= 0)
        {
            model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, live[index], random.Next(0, 200_000)));
        }
        else if (draw < 530 && index >= 0)
        {
            model.Apply(new AllocationEvent(AllocationEventKind.Pin, live[index]));
        }
        else if (draw < 531)
        {
            model.Trim();
        }
        else
        {
            long bytes = random.Next(0, 9) < 8 ? random.Next(0, 20_000) : random.Next(0, 600_000);
            EventOutcome outcome = model.Apply(new AllocationEvent(
                AllocationEventKind.Allocate, id, bytes, Traits: Traits[random.Next(0, 2)]));
            if (outcome.Answer == EventAnswer.Ok)
                live.Add(id);
        }
    }

    private static void AssertBooks(LinuxBuddyModel model, int live)
    {
        HeapLayout layout = model.Layout();
        LayoutExtent[] used = [.. layout.Extents.Where(extent => extent.Use == ExtentUse.Used)];
        Assert.Equal(live, used.Length);
        Assert.Equal(model.Counters.GrantedBytes, used.Sum(extent => extent.Extent.Bytes));
        Assert.Equal(model.Counters.LiveRequestedBytes, used.Sum(extent => extent.RequestedBytes));
        Assert.Equal(model.Counters.CommittedBytes, layout.Extents.Sum(extent => extent.Extent.Bytes));
        Assert.Equal(model.Zone.FreePages, model.Zone.FreeBlocks.Select((blocks, order) => blocks << order).Sum());
        Assert.All(used, extent => Assert.Equal(0, extent.Extent.Start % extent.Extent.Bytes));
    }

    /// <summary>Blocks of a zone that is wholly free.</summary>
    private static long[] Whole(BuddyZone zone)
    {
        long[] blocks = new long[BuddyZone.Orders];
        int pages = (int)(zone.EndPage - zone.FirstPage);
        for (int page = 0; page < pages;)
        {
            int order = BuddyZone.LargestOrderAt(page, pages);
            blocks[order]++;
            page += 1 << order;
        }

        return blocks;
    }
}
