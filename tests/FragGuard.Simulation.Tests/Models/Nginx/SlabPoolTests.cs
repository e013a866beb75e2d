using System;
using System.Linq;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Simulation.Tests.Models.Nginx;

public sealed class SlabPoolTests
{
    [Theory]
    [InlineData(12 << 10, 2)]
    [InlineData(16 << 10, 3)]
    [InlineData(64 << 10, 15)]
    [InlineData(100 << 10, 24)]
    [InlineData(1 << 20, 254)]
    [InlineData(10 << 20, 2_544)]
    [InlineData(100 << 20, 25_450)]
    public void Zone_LosesPagesToItsOwnRecords(long zoneBytes, int pages) =>
        Assert.Equal(pages, new SlabGeometry(zoneBytes, 4_096).Pages);

    [Theory]
    [InlineData(4_823, false)]
    [InlineData(8_192, true)]
    public void ZoneWithoutRoomForAPage_IsRefused(long zoneBytes, bool exists)
    {
        if (exists)
            Assert.Equal(1, new SlabGeometry(zoneBytes, 4_096).Pages);
        else
            Assert.Throws<ArgumentOutOfRangeException>(() => new SlabGeometry(zoneBytes, 4_096));
    }

    [Theory]
    [InlineData(2_048)]
    [InlineData(4_097)]
    [InlineData(131_072)]
    public void ImpossiblePage_IsRefused(int pageBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlabGeometry(1 << 20, pageBytes));

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(64, 64)]
    [InlineData(65, 128)]
    [InlineData(1_025, 2_048)]
    [InlineData(2_048, 2_048)]
    [InlineData(2_049, 4_096)]
    [InlineData(4_096, 4_096)]
    [InlineData(4_097, 8_192)]
    public void Request_IsGrantedTheNextClassOrWholePages(long bytes, long granted)
    {
        SlabPool pool = Pool();
        pool.Allocate(bytes);

        Assert.Equal(granted, pool.GrantedBytes);
    }

    [Theory]
    [InlineData(4_096, 8, 504, 64)]
    [InlineData(4_096, 16, 254, 32)]
    [InlineData(4_096, 32, 127, 32)]
    [InlineData(4_096, 64, 64, 0)]
    [InlineData(4_096, 128, 32, 0)]
    [InlineData(4_096, 2_048, 2, 0)]
    [InlineData(16_384, 64, 255, 64)]
    [InlineData(16_384, 256, 64, 0)]
    [InlineData(65_536, 8, 8_064, 1_024)]
    [InlineData(65_536, 1_024, 64, 0)]
    public void FirstPageOfAClass_HasSoManySlotsBehindItsBitmap(int pageBytes, int slotBytes, int slots, int firstSlot)
    {
        SlabPool pool = Pool(pageBytes: pageBytes);
        long start = pool.Geometry.FirstPageBytes;

        long[] offsets = Enumerable.Range(0, slots).Select(_ => pool.Allocate(slotBytes)).ToArray();

        Assert.Equal(Enumerable.Range(0, slots).Select(i => start + firstSlot + ((long)i * slotBytes)), offsets);
        Assert.Equal(start + pageBytes + firstSlot, pool.Allocate(slotBytes));
        Assert.Equal(2 * slots, pool.StatisticsOf(int.Log2(slotBytes) - 3).Total);
    }

    [Fact]
    public void LowestFreeSlot_IsTakenFirst()
    {
        SlabPool pool = Pool();
        long[] offsets = Enumerable.Range(0, 40).Select(_ => pool.Allocate(32)).ToArray();
        pool.Free(offsets[30]);
        pool.Free(offsets[7]);

        Assert.Equal([offsets[7], offsets[30]], [pool.Allocate(32), pool.Allocate(32)]);
    }

    [Fact]
    public void FullPageThatGainsASlot_ServesBeforeTheOthers()
    {
        SlabPool pool = Pool();
        long[] offsets = Enumerable.Range(0, 6).Select(_ => pool.Allocate(2_048)).ToArray();
        pool.Free(offsets[0]);
        pool.Free(offsets[2]);

        Assert.Equal([1, 0], pool.PartialPages(8));
        Assert.Equal([offsets[2], offsets[0]], [pool.Allocate(2_048), pool.Allocate(2_048)]);
    }

    [Fact]
    public void FreedRun_GoesToTheFrontOfTheList()
    {
        SlabPool pool = Pool();
        long[] offsets = Enumerable.Range(0, 6).Select(_ => pool.Allocate(4_096)).ToArray();
        pool.Free(offsets[1]);
        pool.Free(offsets[3]);

        Assert.Equal([3, 1, 6], pool.FreeRuns().Select(run => run.Page));
        Assert.Equal(offsets[3], pool.Allocate(4_096));
    }

    [Fact]
    public void SplitRun_KeepsItsPlaceInTheList()
    {
        SlabPool pool = Pool();
        long[] offsets = Enumerable.Range(0, 8).Select(_ => pool.Allocate(4_096)).ToArray();
        foreach (int page in new[] { 1, 2, 3, 5 })
            pool.Free(offsets[page]);

        Assert.Equal([new SlabRun(5, 1), new SlabRun(1, 3), new SlabRun(8, 246)], pool.FreeRuns());
        Assert.Equal(offsets[1], pool.Allocate(8_192));
        Assert.Equal([new SlabRun(5, 1), new SlabRun(3, 1), new SlabRun(8, 246)], pool.FreeRuns());
    }

    [Fact]
    public void FreedRun_MergesWithBothNeighbours()
    {
        SlabPool pool = Pool();
        long[] offsets = Enumerable.Range(0, 4).Select(_ => pool.Allocate(8_192)).ToArray();
        pool.Free(offsets[0]);
        pool.Free(offsets[2]);
        pool.Free(offsets[1]);

        Assert.Equal([new SlabRun(0, 6), new SlabRun(8, 246)], pool.FreeRuns());
    }

    [Fact]
    public void ResidentBytes_GrowWithTouchedPagesOnly()
    {
        SlabPool pool = Pool();
        long empty = pool.ResidentBytes;
        pool.Free(pool.Allocate(8_192));
        pool.Allocate(100);

        Assert.Equal(pool.Geometry.FirstPageBytes, empty);
        Assert.Equal(empty + 8_192, pool.ResidentBytes);
    }

    [Fact]
    public void RefusedRequest_IsCountedForItsClassOnly()
    {
        SlabPool pool = new(new SlabGeometry(8_192, 4_096));
        Assert.Equal(-1, pool.Allocate(4_097));
        Assert.Equal(-1, pool.Allocate(long.MaxValue));
        pool.Allocate(4_096);

        Assert.Equal(-1, pool.Allocate(100));
        Assert.Equal(new SlabClassStatistics(0, 0, 1, 1), pool.StatisticsOf(4));
    }

    private static SlabPool Pool(int pageBytes = 4_096) => new(new SlabGeometry(256L * pageBytes, pageBytes));
}
