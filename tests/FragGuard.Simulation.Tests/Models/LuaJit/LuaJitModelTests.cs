using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

public sealed class LuaJitModelTests
{
    private const long FirstBlock = 896;
    private const int Segment = 128 << 10;

    [Theory]
    [InlineData(1, 32)]
    [InlineData(24, 32)]
    [InlineData(25, 40)]
    [InlineData(1_000, 1_008)]
    public void Blocks_FollowTheAllocatorsRecord(long bytes, long chunkBytes)
    {
        IAllocatorModel heap = Create("up");

        Assert.Equal(FirstBlock, Allocate(heap, 1, bytes));
        Assert.Equal(FirstBlock + chunkBytes, Allocate(heap, 2, bytes));
        Assert.Equal((2 * bytes, 2 * chunkBytes), (heap.Counters.LiveRequestedBytes, heap.Counters.GrantedBytes));
    }

    [Fact]
    public void EmptyHeap_IsOneSegment()
    {
        HeapCounters counters = Create("up").Counters;

        Assert.Equal((Segment, Segment - 880 - 64), (counters.CommittedBytes, counters.FreeBytes));
    }

    [Theory]
    [InlineData(131_056, 3 * Segment)]
    [InlineData(131_057, Segment + 135_168)]
    public void LargeChunk_IsAMappingOfItsOwn(long bytes, long committed)
    {
        IAllocatorModel heap = Create("up");
        Allocate(heap, 1, bytes);
        Assert.Equal(committed, heap.Counters.CommittedBytes);
    }

    [Fact]
    public void SmallChunk_ThatWasFreedLast_IsUsedFirst()
    {
        IAllocatorModel heap = Create("up");
        long[] at = [.. Enumerable.Range(1, 5).Select(id => Allocate(heap, id, 100))];
        Free(heap, 2, 4);

        Assert.Equal(at[3], Allocate(heap, 6, 100));
        Assert.Equal(at[1], Allocate(heap, 7, 100));
    }

    [Fact]
    public void LargeRequest_TakesTheBestFit()
    {
        IAllocatorModel heap = Create("up");
        long[] at = [.. new[] { 3_000L, 24, 1_000, 24, 2_000, 24 }.Select((bytes, id) => Allocate(heap, id, bytes))];
        Free(heap, 0, 2, 4);

        Assert.Equal(at[4], Allocate(heap, 10, 1_500));
        Assert.Equal(at[2], Allocate(heap, 11, 1_000));
    }

    [Fact]
    public void Block_GrowsIntoTopButNotIntoAGap()
    {
        IAllocatorModel heap = Create("up");
        long first = Allocate(heap, 1, 100);
        Allocate(heap, 2, 1_000);
        long last = Allocate(heap, 3, 100);
        Assert.Equal(last, Resize(heap, 3, 5_000));

        Free(heap, 2);
        Assert.NotEqual(first, Resize(heap, 1, 200));
    }

    [Theory]
    [InlineData("down", true)]
    [InlineData("up", true)]
    [InlineData("apart", false)]
    public void SegmentJoinedToTheFirst_IsNeverReturned(string placement, bool staysCommitted)
    {
        IAllocatorModel heap = Create(placement);
        for (int id = 0; id < 400; id++)
            Allocate(heap, id, 60_000);
        long peak = heap.Counters.CommittedBytes;
        for (int round = 0; round < 3; round++)
        {
            for (int id = 0; id < 400; id++)
                Free(heap, id);
            for (int id = 0; id < 400 && round < 2; id++)
                Allocate(heap, id, 60_000);
        }

        Assert.Equal(staysCommitted, heap.Counters.CommittedBytes == peak);
    }

    [Fact]
    public void BlockOfNoBytes_IsNoBlock()
    {
        IAllocatorModel heap = Create("up");
        Assert.Equal(new EventOutcome(EventAnswer.Ok), heap.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1)));
        Assert.Equal(FirstBlock, Resize(heap, 1, 10));
        Assert.Equal(-1, Resize(heap, 1, 0));
        Assert.Equal(Create("up").Layout().Extents, heap.Layout().Extents);
        Free(heap, 1);
    }

    [Fact]
    public void MoreThanMemoryHolds_IsRefusedAndChangesNothing()
    {
        IAllocatorModel heap = Create("down");
        Allocate(heap, 1, 1L << 45);
        HeapCounters before = heap.Counters;
        foreach (long bytes in (long[])[1L << 46, 1L << 47, (1L << 47) + 1, long.MaxValue])
        {
            Assert.Equal(
                new EventOutcome(EventAnswer.NoMemory, RefusedBytes: bytes),
                heap.Apply(new AllocationEvent(AllocationEventKind.Allocate, 2, bytes)));
            Assert.Equal(
                EventAnswer.NoMemory, heap.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, bytes)).Answer);
        }

        Assert.Equal(before, heap.Counters);
        Assert.Equal(EventAnswer.NotFound, heap.Apply(new AllocationEvent(AllocationEventKind.Free, 2)).Answer);
        Assert.Throws<TraceException>(() => Allocate(heap, 3, -1));
        Assert.Throws<TraceException>(() => Resize(heap, 1, long.MinValue));
    }

    [Theory]
    [InlineData("granularity", "100000")]
    [InlineData("granularity", "4k")]
    [InlineData("placement", "left")]
    [InlineData("state", "5000")]
    public void ImpossibleSetting_IsRefused(string key, string value) =>
        Assert.Throws<ModelSettingException>(() => AllocatorModels.Create("luajit", [new(key, value)]));

    private static IAllocatorModel Create(string placement) =>
        AllocatorModels.Create("luajit", [new KeyValuePair<string, string>("placement", placement)]);

    private static long Allocate(IAllocatorModel heap, long id, long bytes) =>
        heap.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes)).OffsetBytes;

    private static long Resize(IAllocatorModel heap, long id, long bytes) =>
        heap.Apply(new AllocationEvent(AllocationEventKind.Reallocate, id, bytes)).OffsetBytes;

    private static void Free(IAllocatorModel heap, params long[] ids)
    {
        foreach (long id in ids)
            heap.Apply(new AllocationEvent(AllocationEventKind.Free, id));
    }
}
