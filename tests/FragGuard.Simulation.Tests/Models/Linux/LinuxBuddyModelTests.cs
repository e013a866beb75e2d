using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class LinuxBuddyModelTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4_096, 1)]
    [InlineData(4_097, 2)]
    [InlineData(12_288, 4)]
    [InlineData((2 << 20) + 1, 1_024)]
    [InlineData(4 << 20, 1_024)]
    public void Request_IsRoundedUpToAPowerOfTwoOfPages(long bytes, long pages)
    {
        LinuxBuddyModel model = BuddyModels.Create();
        Assert.Equal(EventAnswer.Ok, model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, bytes)).Answer);

        Assert.Equal((bytes, pages * BuddyModels.Page), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
    }

    [Theory]
    [InlineData((4 << 20) + 1)]
    [InlineData(long.MaxValue)]
    public void RequestBeyondTheLargestBlock_IsRefused(long bytes)
    {
        LinuxBuddyModel model = BuddyModels.Create();
        EventOutcome outcome = model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, bytes));

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: bytes), outcome);
        Assert.Equal(EventAnswer.NotFound, model.Free(1));
    }

    [Fact]
    public void BrokenPromises_Throw()
    {
        LinuxBuddyModel model = BuddyModels.Create();
        model.Allocate(1, 1);

        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 2, -1)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, long.MinValue)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 3, 1)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Unpin, 1)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Pin, 3)));
        Assert.Equal(BuddyModels.Page, model.Counters.GrantedBytes);
    }

    [Fact]
    public void Block_TakesTheLowPartAndLeavesTheHighHalves()
    {
        LinuxBuddyModel model = BuddyModels.Create("memory=4m", "min_free_kbytes=4");

        Assert.Equal(0, model.Allocate(1, 1).OffsetBytes);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0], model.Zone.FreeBlocks);
        Assert.Equal(4 * BuddyModels.Page, model.Allocate(2, 4).OffsetBytes);

        model.Free(1);
        model.Free(2);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], model.Zone.FreeBlocks);
    }

    [Fact]
    public void Request_IsRefusedAtTheMinWatermark()
    {
        LinuxBuddyModel model = BuddyModels.Create("memory=16m", "min_free_kbytes=400");

        Assert.Equal(100, model.Watermarks.Min);
        Assert.Equal(4_096 - 100, model.Fill());
        Assert.Equal(100, model.Zone.FreePages);
        Assert.Equal(EventAnswer.NoMemory, model.Allocate(9_000, 1).Answer);
        Assert.True(model.RequestsBelowLow > 0);
    }

    [Fact]
    public void MigrateTypes_LiveInPageBlocksOfTheirOwn()
    {
        LinuxBuddyModel model = BuddyModels.Create();
        model.Allocate(1, 1);
        model.Allocate(2, 1, BlockTraits.Movable);
        model.Allocate(3, 1, BlockTraits.Reclaimable);

        long[] blocks = [.. new long[] { 1, 2, 3 }.Select(id => model.PageOf(id) / 512)];
        Assert.Equal(3, blocks.Distinct().Count());
        Assert.Equal(
            [MigrateType.Unmovable, MigrateType.Movable, MigrateType.Reclaimable],
            blocks.Select(block => model.Zone.BlockTypeOf(block * 512)));
        Assert.Equal(4, model.ClaimedPageBlocks);
    }

    [Fact]
    public void Resize_StaysWhileTheOrderIsTheSame()
    {
        LinuxBuddyModel model = BuddyModels.Create();
        long offset = model.Allocate(1, 4).OffsetBytes;

        Assert.Equal(
            offset, model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 3 * BuddyModels.Page)).OffsetBytes);
        Assert.NotEqual(
            offset, model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 8 * BuddyModels.Page)).OffsetBytes);
        Assert.Equal(8 * BuddyModels.Page, model.Counters.GrantedBytes);
    }

    [Fact]
    public void RefusedResize_LeavesTheOldBlock()
    {
        LinuxBuddyModel model = BuddyModels.Create();
        model.Allocate(1, 4);
        EventOutcome resized = model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 1L << 40));

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 1L << 40), resized);
        Assert.Equal(4 * BuddyModels.Page, model.Counters.LiveRequestedBytes);
        Assert.Equal(EventAnswer.Ok, model.Free(1));
    }

    [Theory]
    [InlineData(8_192)]
    [InlineData(1 << 20)]
    public void Alignment_IsMet(int alignment)
    {
        LinuxBuddyModel model = BuddyModels.Create();
        model.Allocate(1, 1);
        EventOutcome outcome = model.Apply(
            new AllocationEvent(AllocationEventKind.Allocate, 2, 10, AlignmentBytes: alignment));

        Assert.Equal(0, outcome.OffsetBytes % alignment);
    }

    [Fact]
    public void PerCpuList_TakesAndGivesBackBatches()
    {
        LinuxBuddyModel model = BuddyModels.Create("memory=16m", "pcp_high=100", "pcp_batch=10");
        model.Allocate(1, 1);
        Assert.Equal(4_096 - 10, model.Zone.FreePages);
        Assert.Equal(4_095 * BuddyModels.Page, model.Counters.FreeBytes);

        for (int id = 2; id <= 200; id++)
            model.Allocate(id, 1);
        for (int id = 1; id <= 200; id++)
            model.Free(id);
        Assert.InRange(4_096 - model.Zone.FreePages, 91, 100);

        model.Trim();
        Assert.Equal(4_096, model.Zone.FreePages);
    }

    [Theory]
    [InlineData("memory=2000")]
    [InlineData("memory=1025k", "page=64k")]
    [InlineData("page=12k")]
    [InlineData("kernel=new")]
    [InlineData("pageblock_order=11")]
    [InlineData("compaction=maybe")]
    [InlineData("min_free_kbytes=-1")]
    public void ImpossibleSettings_AreRefused(params string[] settings) =>
        Assert.Throws<ModelSettingException>(() => BuddyModels.Create(settings));

    [Fact]
    public void Layout_ShowsFreeBlocksAsTheBuddyKeepsThem()
    {
        LinuxBuddyModel model = BuddyModels.Create("memory=8m", "min_free_kbytes=4");
        model.Allocate(1, 512);

        Assert.Equal(
            [(ExtentUse.Used, 512), (ExtentUse.Free, 512), (ExtentUse.Free, 1_024)],
            model.Layout().Extents.Select(extent => (extent.Use, (int)(extent.Extent.Bytes / BuddyModels.Page))));
        Assert.Equal(1_536, model.Layout().Zone!.Value.LargestFreeRunPages);
    }
}
