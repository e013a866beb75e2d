using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class BuddyFallbackTests
{
    private const string Small = "memory=2m";
    private const string NoReserve = "min_free_kbytes=3";

    /// <summary>
    /// An unmovable page block with one single page and one block of 128 pages free is not worth claiming. The single
    /// page suffices, but up to 6.14 the block that was looked at first is broken up.
    /// </summary>
    [Theory]
    [InlineData("6.14", 384)]
    [InlineData("6.15", 383)]
    [InlineData("6.19", 383)]
    public void MovablePage_OutOfAnUnmovablePageBlock(string kernel, long page)
    {
        LinuxBuddyModel model = BuddyModels.Create(Small, NoReserve, "kernel=" + kernel);
        FillBut129Pages(model);
        model.Allocate(100, 1, BlockTraits.Movable);

        Assert.Equal(page, model.PageOf(100));
        Assert.Equal(1, model.StolenBlocks);
        Assert.Equal(MigrateType.Unmovable, model.Zone.BlockTypeOf(0));
    }

    [Fact]
    public void HalfFreePageBlock_IsClaimed()
    {
        LinuxBuddyModel model = BuddyModels.Create(Small, NoReserve);
        model.Allocate(1, 256);
        model.Allocate(2, 1, BlockTraits.Movable);

        Assert.Equal(MigrateType.Movable, model.Zone.BlockTypeOf(0));
        Assert.Equal(0, model.StolenBlocks);
    }

    [Fact]
    public void UnmovableRequest_CountsUnmovablePagesOfAMovableBlockAsAlike()
    {
        LinuxBuddyModel model = BuddyModels.Create(Small, NoReserve, "kernel=6.19");
        model.Allocate(1, 256, BlockTraits.Movable);
        model.Allocate(2, 128, BlockTraits.Movable);
        model.Allocate(3, 1);
        Assert.Equal(MigrateType.Movable, model.Zone.BlockTypeOf(0));
        Assert.Equal(1, model.StolenBlocks);

        model.Free(2);
        model.Allocate(4, 1, BlockTraits.Reclaimable);
        Assert.Equal(MigrateType.Reclaimable, model.Zone.BlockTypeOf(0));
    }

    /// <summary>Once for each of the blocks of 128, 64, 32 and 16 pages whose page block is looked at, and not claimed.</summary>
    [Fact]
    public void MixingInSmallBlocks_BoostsTheWatermarks()
    {
        LinuxBuddyModel model = BuddyModels.Create("memory=8m", "min_free_kbytes=400");
        for (int id = 1; id <= 7; id++)
            model.Allocate(id, 256);
        model.Allocate(8, 1);
        model.Allocate(9, 1, BlockTraits.Movable);

        Assert.Equal(4, model.WatermarkBoosts);
    }

    [Fact]
    public void SmallZone_IsNeverBoosted()
    {
        LinuxBuddyModel model = BuddyModels.Create(Small, NoReserve);
        FillBut129Pages(model);
        model.Allocate(100, 1, BlockTraits.Movable);

        Assert.Equal(0, model.WatermarkBoosts);
    }

    [Fact]
    public void DefragMode_CompactsBeforeItMixes()
    {
        LinuxBuddyModel model = BuddyModels.Create(Small, NoReserve, "defrag_mode=true");
        model.Allocate(1, 256);
        model.Allocate(2, 2, BlockTraits.Movable);

        Assert.Equal(1, model.Compaction.Stalls);
        Assert.Equal(2 * BuddyModels.Page, model.Counters.GrantedBytes - (256 * BuddyModels.Page));
    }

    private static void FillBut129Pages(LinuxBuddyModel model)
    {
        int id = 1;
        foreach (int pages in new[] { 256, 64, 32, 16, 8, 4, 2, 1 })
            model.Allocate(id++, pages);
    }
}
