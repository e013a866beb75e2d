using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class LargeObjectPlacementTests
{
    private const long RegionBytes = 32 << 20;

    [Fact]
    public void NewObjects_FollowEachOtherBehindTheirPads()
    {
        LohTrace heap = new();

        Assert.Equal(72, heap.Allocate(1, 100_000));
        Assert.Equal(72 + 100_056, heap.Allocate(2, 100_001));
        Assert.Equal(72 + 100_056 + 100_064, heap.Allocate(3, 100_000));
    }

    [Fact]
    public void ObjectAtTheThreshold_IsOnTheHeap() => Assert.Equal(72, new LohTrace().Allocate(1, 84_976));

    [Fact]
    public void ObjectBelowTheThreshold_IsIgnoredAndMayBeFreed()
    {
        LohTrace heap = new();

        EventOutcome outcome = heap.Model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 84_975));

        Assert.Equal(new EventOutcome(EventAnswer.Ignored), outcome);
        Assert.Equal(0, heap.Counters.LiveRequestedBytes);
        heap.Free(1);
    }

    [Fact]
    public void Threshold_IsASetting() =>
        Assert.Equal(72, new LohTrace("scripted", ("threshold", "50000")).Allocate(1, 60_000));

    [Fact]
    public void DroppedObject_KeepsItsPlaceUntilAFullGc()
    {
        LohTrace heap = new();
        heap.Allocate(1, 100_000);
        long end = heap.Allocate(2, 100_000) + 100_000 + LohTrace.Extra;
        heap.Free(1);

        Assert.Equal(0, heap.Counters.FreeBytes);
        Assert.Equal(end, heap.Allocate(3, 100_000));
    }

    [Fact]
    public void DroppedObject_LeavesAGapOfItselfAndBothPadsAfterAFullGc()
    {
        LohTrace heap = new();
        long place = heap.Allocate(1, 100_000);
        heap.Allocate(2, 100_000);
        heap.Free(1);
        heap.Trim();

        Assert.Equal(32 + 100_024 + 32, heap.Counters.FreeBytes);
        Assert.Equal(place, heap.Allocate(3, 100_000));
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_000 - 8, false)]
    [InlineData(100_000 - 16, false)]
    [InlineData(100_000 - 24, true)]
    [InlineData(100_000 + 8, false)]
    public void Gap_TakesAnObjectThatLeavesNothingOrASmallestObject(long bytes, bool fits)
    {
        LohTrace heap = new();
        long place = heap.Allocate(1, 100_000);
        long end = heap.Allocate(2, 100_000) + 100_000 + LohTrace.Extra;
        heap.Free(1);
        heap.Trim();

        Assert.Equal(fits ? place : end, heap.Allocate(3, bytes));
    }

    [Fact]
    public void ExactFit_LosesTheRemainder()
    {
        LohTrace heap = new();
        heap.Allocate(1, 100_000);
        heap.Allocate(2, 100_000);
        heap.Free(1);
        heap.Trim();
        heap.Allocate(3, 100_000);

        Assert.Equal(0, heap.Counters.FreeBytes);
    }

    [Fact]
    public void LargerRemainder_StaysFree()
    {
        LohTrace heap = new();
        heap.Allocate(1, 100_000);
        heap.Allocate(2, 100_000);
        heap.Free(1);
        heap.Trim();
        heap.Allocate(3, 100_000 - 24);

        Assert.Equal(32 + 24, heap.Counters.FreeBytes);
    }

    [Fact]
    public void Gaps_AreSearchedInAddressOrderAfterAFullGc()
    {
        LohTrace heap = new();
        long first = heap.Allocate(1, 110_000);
        heap.Allocate(2, 100_000);
        heap.Allocate(3, 100_000);
        heap.Allocate(4, 100_000);
        heap.Free(1, 3);
        heap.Trim();

        Assert.Equal(first, heap.Allocate(5, 100_000));
    }

    [Fact]
    public void SmallestList_IsSearchedFirst()
    {
        LohTrace heap = new();
        heap.Allocate(1, 200_000);
        heap.Allocate(2, 100_000);
        long later = heap.Allocate(3, 100_000);
        heap.Allocate(4, 100_000);
        heap.Free(1, 3);
        heap.Trim();

        Assert.Equal(later, heap.Allocate(5, 100_000));
    }

    [Fact]
    public void SplitRemainder_IsFoundBeforeGapsOfItsList()
    {
        LohTrace heap = new();
        heap.Allocate(1, 100_000);
        heap.Allocate(2, 100_000);
        long split = heap.Allocate(3, 400_000);
        heap.Allocate(4, 100_000);
        heap.Free(1, 3);
        heap.Trim();

        Assert.Equal(split, heap.Allocate(5, 280_000));
        Assert.Equal(split + 280_000 + LohTrace.Extra, heap.Allocate(6, 90_000));
    }

    [Fact]
    public void Neighbours_BecomeOneGap()
    {
        LohTrace heap = new();
        long place = heap.Allocate(1, 100_000);
        heap.Allocate(2, 100_000);
        heap.Allocate(3, 100_000);
        heap.Free(1, 2);
        heap.Trim();

        Assert.Single(heap.Model.Layout().Extents, extent => extent.Use == ExtentUse.Free);
        Assert.Equal(place, heap.Allocate(4, 200_000));
    }

    [Fact]
    public void GarbageAtTheEnd_IsTrimmedNotListed()
    {
        LohTrace heap = new();
        heap.Allocate(1, 100_000);
        long place = heap.Allocate(2, 100_000);
        heap.Free(2);
        heap.Trim();

        Assert.Equal(0, heap.Counters.FreeBytes);
        Assert.Equal(place, heap.Allocate(3, 150_000));
    }

    [Fact]
    public void FullRegion_IsFollowedByANewOne()
    {
        LohTrace heap = new();
        long[] places = [.. Enumerable.Range(0, 40).Select(id => heap.Allocate(id, 1 << 20))];

        Assert.Equal(RegionBytes + 72, places.First(place => place > RegionBytes));
        Assert.Equal(31, places.Count(place => place < RegionBytes));
    }

    [Fact]
    public void EndOfAnEarlierRegion_IsUsedBeforeTheLastOne()
    {
        LohTrace heap = new();
        for (int id = 0; id < 40; id++)
            heap.Allocate(id, 1 << 20);

        Assert.True(heap.Allocate(100, 100_000) < RegionBytes);
        Assert.True(heap.Allocate(101, 1 << 20) > RegionBytes);
    }

    [Fact]
    public void ObjectLargerThanARegion_GetsOneOfItsOwn()
    {
        LohTrace heap = new();
        heap.Allocate(1, 1 << 20);

        Assert.Equal(RegionBytes + 72, heap.Allocate(2, 40 << 20));
        Assert.True(heap.Allocate(3, 31 << 20) > 3 * RegionBytes - 1);
    }

    [Fact]
    public void EmptyRegion_IsReturnedByAFullGc()
    {
        LohTrace heap = new();
        heap.Allocate(1, 1 << 20);
        heap.Allocate(2, 40 << 20);
        long before = heap.Counters.CommittedBytes;
        heap.Free(2);
        heap.Trim();

        Assert.True(heap.Counters.CommittedBytes <= before - (40 << 20));
    }

    [Fact]
    public void FirstRegion_StaysWhenItEmpties()
    {
        LohTrace heap = new();
        heap.Allocate(1, 1 << 20);
        heap.Free(1);
        heap.Trim();

        Assert.Equal(72, heap.Allocate(2, 1 << 20));
    }

    [Fact]
    public void Compaction_SlidesObjectsToTheFront()
    {
        LohTrace heap = new("scripted", ("compact", "true"));
        heap.Allocate(1, 100_000);
        heap.Allocate(2, 100_000);
        heap.Allocate(3, 100_000);
        heap.Free(1);
        heap.Trim();

        Assert.True(heap.Collections[0].Compacted);
        Assert.Equal(2 * 32, heap.Collections[0].FragmentationBytes);
        Assert.Equal(72 + (2 * (100_000 + LohTrace.Extra)), heap.Allocate(4, 100_000));
    }

    [Fact]
    public void Reallocation_IsANewObjectWhileTheOldOneLives()
    {
        LohTrace heap = new();
        long old = heap.Allocate(1, 100_000);
        EventOutcome outcome = heap.Model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 90_000));

        Assert.Equal(old + 100_000 + LohTrace.Extra, outcome.OffsetBytes);
        Assert.Equal(90_000, heap.Counters.LiveRequestedBytes);
    }

    [Fact]
    public void SecondFree_IsRefused()
    {
        LohTrace heap = new();
        heap.Allocate(1, 100_000);
        heap.Free(1);

        Assert.Throws<TraceException>(() => heap.Free(1));
    }

    [Theory]
    [InlineData("dotnet-loh")]
    [InlineData("dotnet-poh")]
    public void FreeOfARefusedBlock_FindsNone(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        EventOutcome refused = model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 1L << 60));

        Assert.Equal(EventAnswer.NoMemory, refused.Answer);
        Assert.Equal(EventAnswer.NotFound, model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)));
    }

    [Fact]
    public void RequestForARefusedBlock_IsAnsweredAnew()
    {
        LohTrace heap = new();
        heap.Model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 1L << 60));

        Assert.Equal(72, heap.Allocate(1, 100_000));
        Assert.Equal(EventAnswer.Ok, heap.Model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
    }

    [Fact]
    public void LayoutBytes_AgreeWithCounters()
    {
        LohTrace heap = new("self");
        foreach (AllocationEvent next in LohTrace.Random(3, 2_000, 1 << 20, 50).Events)
        {
            heap.Model.Apply(next);
            HeapLayout layout = heap.Model.Layout();
            HeapCounters counters = layout.Counters;
            Assert.Equal(counters.CommittedBytes, layout.Extents.Sum(extent => extent.Extent.Bytes));
            Assert.Equal(counters.FreeBytes, Sum(layout, ExtentUse.Free));
            Assert.Equal(counters.GrantedBytes, Sum(layout, ExtentUse.Used));
            Assert.Equal(counters.LiveRequestedBytes, layout.Extents.Sum(extent => extent.RequestedBytes));
        }
    }

    private static long Sum(HeapLayout layout, ExtentUse use) =>
        layout.Extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);
}
