using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class ZoneCompactionTests
{
    private const string Memory = "memory=16m";
    private const string Reserve = "min_free_kbytes=128";

    [Fact]
    public void Trim_MovesMovablePagesToTheEnd()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.Movable);
        Assert.True(FragmentationIndex.Unusable(model.Zone.FreeBlocks, 9) > 900);
        long live = model.Counters.GrantedBytes;

        model.Trim();
        Assert.True(FragmentationIndex.Unusable(model.Zone.FreeBlocks, 9) < 300);
        Assert.True(model.Compaction.PagesMigrated > 500);
        Assert.Equal(live, model.Counters.GrantedBytes);
        Assert.Equal(0, model.Compaction.Stalls);
    }

    [Fact]
    public void MovedBlocks_AreStillTheirOwners()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.Movable);
        model.Trim();
        int[] sites = [.. model.Layout().Extents.Where(extent => extent.RequestedBytes > 0).Select(extent => extent.Site)];
        Assert.Equal(sites.Length, sites.Distinct().Count());
        foreach (int id in sites)
            Assert.Equal(EventAnswer.Ok, model.Free(id));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4], model.Zone.FreeBlocks);
    }

    [Fact]
    public void UnmovablePages_StayWhereTheyAre()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.None);
        long[] before = [.. model.Zone.FreeBlocks];
        model.Trim();

        Assert.Equal(before, model.Zone.FreeBlocks);
        Assert.Equal(0, model.Compaction.PagesMigrated);
    }

    [Fact]
    public void PinnedPage_StaysUntilItsLastUnpin()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.Movable);
        long id = 2;
        long page = model.PageOf(id);
        model.Apply(new AllocationEvent(AllocationEventKind.Pin, id));
        model.Apply(new AllocationEvent(AllocationEventKind.Pin, id));
        model.Apply(new AllocationEvent(AllocationEventKind.Unpin, id));
        model.Trim();
        Assert.Equal(page, model.PageOf(id));
        Assert.True(model.Compaction.PinnedPages > 0);

        model.Apply(new AllocationEvent(AllocationEventKind.Unpin, id));
        model.Trim();
        Assert.NotEqual(page, model.PageOf(id));
    }

    [Fact]
    public void LargeRequest_WaitsForCompaction()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.Movable);
        Assert.Equal(EventAnswer.Ok, model.Allocate(100_000, 512, BlockTraits.Movable).Answer);

        CompactionCounts counts = model.Compaction;
        Assert.Equal((1, 1, 0), (counts.Stalls, counts.Successes, counts.Failures));
        Assert.True(counts.PagesMigrated >= 256);
    }

    [Fact]
    public void WithoutCompaction_LargeRequestIsRefused()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.Movable, "compaction=false");

        Assert.Equal(
            new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 512 * BuddyModels.Page),
            model.Allocate(100_000, 512, BlockTraits.Movable));
        Assert.Equal(0, model.Compaction.Stalls);
    }

    [Fact]
    public void FailedCompaction_DefersTheNext()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.None);
        for (int id = 100_000; id < 100_020; id++)
            Assert.Equal(EventAnswer.NoMemory, model.Allocate(id, 512).Answer);

        CompactionCounts counts = model.Compaction;
        Assert.Equal((0, counts.Stalls), (counts.Successes, counts.Failures));
        Assert.Equal((4, 16), (counts.Stalls, counts.Deferred));
    }

    [Fact]
    public void LackOfMemory_IsNotCompactedAway()
    {
        LinuxBuddyModel model = BuddyModels.Create(Memory, Reserve);
        model.Fill(BlockTraits.Movable);
        Assert.Equal(EventAnswer.NoMemory, model.Allocate(100_000, 16, BlockTraits.Movable).Answer);

        Assert.Equal((0, 1), (model.Compaction.Stalls, model.Compaction.Skipped));
    }

    [Fact]
    public void ThresholdAboveTheIndex_KeepsLargeRequestsFromCompacting()
    {
        LinuxBuddyModel model = EverySecondPage(BlockTraits.Movable, "extfrag_threshold=1000");

        Assert.Equal(EventAnswer.NoMemory, model.Allocate(100_000, 512, BlockTraits.Movable).Answer);
        Assert.Equal((0, 1), (model.Compaction.Stalls, model.Compaction.Skipped));
    }

    /// <summary>A zone full of single pages of which every second in address order was freed.</summary>
    private static LinuxBuddyModel EverySecondPage(BlockTraits traits, params string[] settings)
    {
        LinuxBuddyModel model = BuddyModels.Create([Memory, Reserve, .. settings]);
        int pages = model.Fill(traits);
        for (int id = 1; id <= pages; id += 2)
            model.Free(id);
        return model;
    }
}
