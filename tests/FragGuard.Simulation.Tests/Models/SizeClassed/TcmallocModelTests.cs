using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.SizeClassed.Tcmalloc;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

public sealed class TcmallocModelTests
{
    [Fact]
    public void SizeClasses_WasteAtMostAnEighth()
    {
        for (int i = 1; i < TcmallocSizeClasses.Count; i++)
        {
            long bytes = TcmallocSizeClasses.Bytes[i];
            long span = TcmallocSizeClasses.SpanPages[i] * (long)TcmallocSizeClasses.PageBytes;
            Assert.True(span - (TcmallocSizeClasses.SpanBlocks[i] * bytes) <= span / 8, $"spans of {bytes}");
            Assert.Equal(i, TcmallocSizeClasses.Of(bytes));
            Assert.Equal(i, TcmallocSizeClasses.Of(TcmallocSizeClasses.Bytes[i - 1] + 1));
        }

        Assert.Equal(TcmallocSizeClasses.Largest, TcmallocSizeClasses.Bytes[^1]);
    }

    [Fact]
    public void SmallGrowth_MakesTheBlockAQuarterLarger()
    {
        IAllocatorModel model = AllocatorModels.Create("tcmalloc");
        model.Apply(Allocate(1, 1_024));
        model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 1_025));
        Assert.Equal(1_280, model.Counters.GrantedBytes);
        model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 640));
        Assert.Equal(1_280, model.Counters.GrantedBytes);
        model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 639));
        Assert.Equal(640, model.Counters.GrantedBytes);
    }

    [Fact]
    public void FirstFetches_GrowByOne()
    {
        IAllocatorModel model = AllocatorModels.Create("tcmalloc");
        TcmallocHeap heap = ((TcmallocModel)model).Heap;
        long[] cached = Enumerable.Range(0, 6).Select(id =>
        {
            model.Apply(Allocate(id, 64));
            return heap.ThreadBytes / 64;
        }).ToArray();
        Assert.Equal([0, 1, 0, 2, 1, 0], cached);
    }

    [Fact]
    public void Trim_GivesFreeSpansBack()
    {
        IAllocatorModel model = AllocatorModels.Create("tcmalloc");
        model.Apply(Allocate(1, 10 << 20));
        model.Apply(Allocate(2, 10 << 20));
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));
        Assert.Equal(20 << 20, model.Counters.CommittedBytes);
        model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));
        Assert.Equal(10 << 20, model.Counters.CommittedBytes);
        Assert.Equal(
            [ExtentUse.Released, ExtentUse.Used], model.Layout().Extents.Select(extent => extent.Use));
    }

    [Theory]
    [InlineData(AllocationEventKind.Trim, false, 0)]
    [InlineData(AllocationEventKind.Trim, true, 1)]
    [InlineData(AllocationEventKind.Thread, false, 0)]
    [InlineData(AllocationEventKind.Thread, true, 1)]
    public void FreedBlocks_AreCachedOnceTheThreadHasAllocated(AllocationEventKind before, bool allocates, int cached)
    {
        TcmallocModel model = (TcmallocModel)AllocatorModels.Create("tcmalloc");
        for (int id = 0; id < 3; id++)
            model.Apply(Allocate(id, 16));
        model.Apply(new AllocationEvent(before, 1));
        if (allocates)
            model.Apply(Allocate(9, 1 << 20));
        long otherCaches = model.Heap.ThreadBytes;

        for (int id = 0; id < 3; id++)
            model.Apply(new AllocationEvent(AllocationEventKind.Free, id));

        Assert.Equal(cached * 16, model.Heap.ThreadBytes - otherCaches);
    }

    [Fact]
    public void FreeNeighbours_Merge()
    {
        IAllocatorModel model = AllocatorModels.Create("tcmalloc");
        for (int id = 0; id < 4; id++)
            model.Apply(Allocate(id, 512 << 10));
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 2));
        Assert.Equal(512 << 10, model.Apply(Allocate(9, 1 << 20)).OffsetBytes);
    }

    private static AllocationEvent Allocate(long id, long bytes) => new(AllocationEventKind.Allocate, id, bytes);
}
