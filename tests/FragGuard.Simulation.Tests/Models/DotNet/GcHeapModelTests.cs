using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class GcHeapModelTests
{
    private const long FirstSmall = 40;

    private readonly GcHeapModel _model = (GcHeapModel)AllocatorModels.Create(
        "dotnet-gc", [new("gc", "scripted"), new("compact", "true")]);
    private readonly List<GcHeapSample> _collections = [];

    public GcHeapModelTests() => _model.Collected = _collections.Add;

    [Fact]
    public void NewObjects_FollowEachOtherWithoutPads()
    {
        Assert.Equal(FirstSmall, Allocate(1, 100));
        Assert.Equal(FirstSmall + 128, Allocate(2, 100));
    }

    [Fact]
    public void Sizes_AndTraitsDecideTheHeap()
    {
        Allocate(1, 1_000);
        Allocate(2, 100_000);
        Allocate(3, 1_000, BlockTraits.Pinned);
        Collect(2);

        GcHeapSample sample = _collections[^1];
        Assert.Equal((1_024, 100_056, 1_024), (sample.Middle.SizeBytes, sample.Large.SizeBytes, sample.Pinned.SizeBytes));
    }

    [Fact]
    public void Survivors_GrowOlderWithEachGc()
    {
        Allocate(1, 1_000);
        Collect(0);
        Collect(1);

        Assert.Equal(1_024, _collections[0].Middle.SizeBytes);
        Assert.Equal(1_024, _collections[1].Oldest.SizeBytes);
    }

    [Fact]
    public void OldGarbage_OutlivesYoungGcs()
    {
        Allocate(1, 1_000);
        Collect(2);
        Collect(2);
        Free(1);
        Collect(1);

        Assert.Equal(1_024, _collections[^1].Oldest.SizeBytes);
        Collect(2);
        Assert.Equal(0, _collections[^1].Oldest.SizeBytes);
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(3, true)]
    public void FullGc_CompactsFromAQuarterOfGaps(int everyNthDies, bool compacts)
    {
        for (int id = 0; id < 4_000; id++)
            Allocate(id, 1_000);
        for (int id = 0; id < 4_000; id += everyNthDies)
            Free(id);
        Collect(2);

        Assert.Equal(compacts, _collections[^1].Compacted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PinnedObject_StaysWhenTheHeapCompacts(bool pinned)
    {
        for (int id = 0; id < 100; id++)
            Allocate(id, 1_000);
        long place = Allocate(100, 1_000);
        if (pinned)
            _model.Apply(new AllocationEvent(AllocationEventKind.Pin, 100));
        for (int id = 0; id < 100; id++)
            Free(id);
        _model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));

        LayoutExtent used = Assert.Single(_model.Layout().Extents, extent => extent.Use == ExtentUse.Used);
        Assert.Equal(pinned, used.Extent.Start == place);
    }

    [Fact]
    public void SurvivorsOfSeveralSizes_StayInsideTheirRegions()
    {
        IAllocatorModel model = AllocatorModels.Create("dotnet-gc");
        for (int i = 1; i <= 330_000; i++)
            model.Apply(new AllocationEvent(AllocationEventKind.Allocate, i, i < 100_000 ? 16 : 8));

        LayoutAssert.Agrees(model, "survivors of two sizes");
    }

    [Fact]
    public void UnpinOfAnUnpinnedObject_IsRefused()
    {
        Allocate(1, 1_000);

        Assert.Throws<TraceException>(() => _model.Apply(new AllocationEvent(AllocationEventKind.Unpin, 1)));
        Assert.Throws<TraceException>(() => _model.Apply(new AllocationEvent(AllocationEventKind.Pin, 2)));
    }

    [Theory]
    [InlineData("dotnet-gc")]
    [InlineData("dotnet-loh")]
    [InlineData("dotnet-poh")]
    public void ImpossibleSizes_ChangeNothing(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        HeapCounters before = model.Counters;

        EventOutcome outcome = model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, long.MaxValue));
        Assert.Equal((EventAnswer.NoMemory, long.MaxValue), (outcome.Answer, outcome.RefusedBytes));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, -1)));
        Assert.Equal(before, model.Counters);
    }

    [Fact]
    public void RefusedBlock_IsNotFoundWhenFreed()
    {
        _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, long.MaxValue));

        Assert.Equal(EventAnswer.NotFound, _model.Apply(new AllocationEvent(AllocationEventKind.Pin, 1)).Answer);
        Assert.Equal(EventAnswer.NotFound, _model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
        Assert.Throws<TraceException>(() => Free(1));
    }

    [Fact]
    public void RefusedBlock_CanBeAskedForAgain()
    {
        _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, long.MaxValue));
        Assert.Equal(FirstSmall, Allocate(1, 100));
        _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 2, long.MaxValue));
        _model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 2, 200));

        Assert.Equal(300, _model.Counters.LiveRequestedBytes);
    }

    [Fact]
    public void Contexts_AreASmallestObjectApart()
    {
        Allocate(1, 8_000);
        Assert.Equal(FirstSmall + 8_024 + 24, Allocate(2, 1_000));
        Assert.Equal(FirstSmall + 8_024 + 24 + 1_024, Allocate(3, 1_000));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Layout_AgreesWithCountersInScripts(ulong seed)
    {
        GcScripts script = new(seed) { Rounds = 10, RoundBytes = 2 << 20, PinShare = 0.02, LargeShare = 0.01 };
        foreach (AllocationEvent next in script.Make(0, 1, 2).Events)
        {
            _model.Apply(next);
            if (next.Kind != AllocationEventKind.Collect)
                continue;
            HeapLayout layout = _model.Layout();
            Assert.True(layout.Counters.CommittedBytes == layout.Extents.Sum(extent => extent.Extent.Bytes), $"seed {seed}");
            Assert.True(layout.Counters.FreeBytes == Sum(layout, ExtentUse.Free), $"seed {seed}");
            Assert.True(layout.Counters.GrantedBytes == Sum(layout, ExtentUse.Used), $"seed {seed}");
        }
    }

    private static long Sum(HeapLayout layout, ExtentUse use) =>
        layout.Extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);

    private long Allocate(long id, long bytes, BlockTraits traits = BlockTraits.None) =>
        _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes, Traits: traits)).OffsetBytes;

    private void Free(long id) => _model.Apply(new AllocationEvent(AllocationEventKind.Free, id));

    private void Collect(int generation) => _model.Apply(new AllocationEvent(AllocationEventKind.Collect, generation));
}
