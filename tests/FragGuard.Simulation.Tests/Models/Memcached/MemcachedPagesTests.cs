using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>The size classes of the memcached model, and pages that change their class.</summary>
public sealed class MemcachedPagesTests
{
    private const int PageBytes = 1 << 20;

    private static readonly int[] DefaultChunkBytes =
    [
        96, 120, 152, 192, 240, 304, 384, 480, 600, 752, 944, 1184, 1480, 1856, 2320, 2904, 3632, 4544, 5680, 7104, 8880,
        11104, 13880, 17352, 21696, 27120, 33904, 42384, 52984, 66232, 82792, 103496, 129376, 161720, 202152, 252696, 315872,
        394840, 524288,
    ];

    [Fact]
    public void DefaultChunks_AreMemcacheds() => Assert.Equal(DefaultChunkBytes, Table().ChunkBytes.Skip(1));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(96, 1)]
    [InlineData(97, 2)]
    [InlineData(524_288, 39)]
    [InlineData(524_289, 39)]
    public void Request_GetsTheSmallestChunkThatHoldsIt(long bytes, int slabClass) =>
        Assert.Equal(slabClass, Table().Of(bytes));

    [Theory]
    [InlineData(10, 0)]
    [InlineData(9, 1)]
    [InlineData(0, 10)]
    public void MovedPage_LosesItemsThatFindNoFreeChunk(int deleted, int lost)
    {
        MemcachedModel model = TwoPages(extra: 10);
        for (long key = 1; key <= deleted; key++)
            Delete(model, key);
        int before = model.Count;

        Assert.True(model.MovePage(fromClass: 2, toClass: 0));

        Assert.Equal(lost, before - model.Count);
        Assert.Equal(PageBytes, model.Counters.FreePageBytes);
        Assert.Equal(PageBytes / 120, model.Classes().Single(slab => slab.Class == 2).UsedChunks);
        Assert.False(model.MovePage(fromClass: 2, toClass: 0));
    }

    [Fact]
    public void PageBeyondTheLimit_GoesBackToTheSystem()
    {
        MemcachedModel model = TwoPages(extra: 1);
        for (int i = 0; i < 6; i++)
            Set(model, key: -1 - i, bytes: 10_000 << i);
        long before = model.PagesBytes;

        Assert.True(model.MovePage(fromClass: 2, toClass: 0));

        Assert.Equal(before - PageBytes, model.PagesBytes);
        Assert.Equal(new Extent(0, PageBytes), model.Layout().Extents.Single(extent => extent.Use == ExtentUse.Released).Extent);
    }

    [Fact]
    public void PageInThePool_IsTheNextOneUsed()
    {
        MemcachedModel model = TwoPages(extra: 1);
        model.MovePage(fromClass: 2, toClass: 0);

        Assert.InRange(Set(model, key: -1, bytes: 5_000), 0, PageBytes - 1);
    }

    [Fact]
    public void QuietClassWithPagesToSpare_FillsThePool()
    {
        MemcachedModel model = MemcachedComparison.Model(("memory", "8m"));
        int items = PageBytes / 120 * 5;
        for (long key = 1; key <= items; key++)
            Set(model, key);
        for (long key = 1; key < items; key++)
            Delete(model, key);
        SetClock(model, seconds: 29);
        int early = model.MovedPages;
        SetClock(model, seconds: 40);

        // It keeps two and a half pages of free chunks.
        Assert.Equal((0, 3), (early, model.MovedPages));
        Assert.Equal(3 * PageBytes, model.Counters.FreePageBytes);
    }

    [Fact]
    public void EvictingClass_TakesPagesAtOnceWhenAskedTo()
    {
        MemcachedModel model = MemcachedComparison.Model(("memory", "4m"), ("automove", "2"));
        for (long key = 1; key <= PageBytes / 120 * 4; key++)
            Set(model, key);
        for (long key = 1; key <= 600; key++)
            Set(model, -key, bytes: 5_000);

        Assert.Equal(1, model.Classes().Single(slab => slab.ChunkBytes == 120).Pages);
        Assert.Equal(4, model.Classes().Single(slab => slab.ChunkBytes == 5_680).Pages);
    }

    [Theory]
    [InlineData("modern=false")]
    [InlineData("automove=2")]
    [InlineData("slab_chunk_max=16k")]
    [InlineData("flags=true cas=false factor=1.07")]
    [InlineData("evict=false")]
    public void Layout_AgreesWithCountersWhateverTheSettings(string settings)
    {
        MemcachedModel model = MemcachedComparison.Model(
            [("memory", "6m"), .. settings.Split(' ').Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))]);
        int i = 0;
        foreach (var _ in new ContractTraces(seed: 5).Play(model, takesCacheEvents: true))
        {
            if (i++ % 250 != 0)
                continue;
            IReadOnlyList<LayoutExtent> extents = model.Layout().Extents;
            HeapCounters counters = model.Counters;
            Assert.Equal(counters.GrantedBytes, Sum(extents, ExtentUse.Used));
            Assert.Equal(counters.FreeBytes, Sum(extents, ExtentUse.Free));
            Assert.Equal(
                counters.CommittedBytes, counters.GrantedBytes + counters.FreeBytes + Sum(extents, ExtentUse.Metadata));
            Assert.Equal(counters.LiveRequestedBytes, extents.Sum(extent => extent.RequestedBytes));
            Assert.Equal(model.Count, model.Classes().Sum(slab => slab.Items));
        }
    }

    [Fact]
    public void MoveOfAPage_NeedsTwoClasses()
    {
        MemcachedModel model = MemcachedComparison.Model();

        Assert.Throws<ArgumentOutOfRangeException>(() => model.MovePage(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.MovePage(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.MovePage(1, 40));
    }

    private static SlabClassTable Table() =>
        new(MemcachedRules.Of(new ModelSettings(MemcachedModel.Info.Settings)));

    /// <summary>A class with a full page and a few items in a second one.</summary>
    private static MemcachedModel TwoPages(int extra)
    {
        MemcachedModel model = MemcachedComparison.Model(("memory", "4m"));
        for (long key = 1; key <= PageBytes / 120 + extra; key++)
            Set(model, key);
        return model;
    }

    private static long Sum(IReadOnlyList<LayoutExtent> extents, ExtentUse use) =>
        extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);

    private static long Set(MemcachedModel model, long key, long bytes = 40) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Set, key, bytes, KeyBytes: 5)).OffsetBytes;

    private static void Delete(MemcachedModel model, long key) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Delete, key));

    private static void SetClock(MemcachedModel model, long seconds) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: seconds * 1_000));
}
