using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Nginx;

public sealed class NginxSlabModelTests
{
    private readonly NginxSlabModel _model = new(new SlabPool(new SlabGeometry(64 << 10, 4_096)));

    [Fact]
    public void Resize_TakesTheNewBlockBeforeItFreesTheOld()
    {
        long old = Allocate(1, 100).OffsetBytes;
        EventOutcome resized = _model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 120));

        Assert.Equal(old + 128, resized.OffsetBytes);
        Assert.Equal(120, _model.Counters.LiveRequestedBytes);
    }

    [Fact]
    public void RefusedResize_LeavesTheOldBlock()
    {
        Allocate(1, 100);
        EventOutcome resized = _model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 1 << 20));

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 1 << 20), resized);
        Assert.Equal(100, _model.Counters.LiveRequestedBytes);
        Assert.Equal(EventAnswer.Ok, Free(1));
    }

    [Fact]
    public void RefusedBlock_MayBeFreedOnce()
    {
        Assert.Equal(EventAnswer.NoMemory, Allocate(1, 1 << 20).Answer);
        Assert.Equal(EventAnswer.NotFound, Free(1));
        Assert.Throws<TraceException>(() => Free(1));
    }

    [Theory]
    [InlineData(512, 0)]
    [InlineData(4_096, 0)]
    public void Alignment_IsMet(int alignment, long remainder)
    {
        Allocate(1, 10);
        EventOutcome outcome = _model.Apply(
            new AllocationEvent(AllocationEventKind.Allocate, 2, 10, AlignmentBytes: alignment));

        Assert.Equal(remainder, outcome.OffsetBytes % alignment);
    }

    [Fact]
    public void AlignmentBeyondAPage_IsRefused() =>
        Assert.Equal(
            EventAnswer.NoMemory,
            _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 10, AlignmentBytes: 8_192)).Answer);

    [Fact]
    public void NegativeSize_IsNoRequest() => Assert.Throws<TraceException>(() => Allocate(1, -1));

    [Fact]
    public void Layout_NamesTheSiteOfEachBlock()
    {
        _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 5_000, Site: 7));

        Assert.Contains(
            new LayoutExtent(new Extent(4_096, 8_192), ExtentUse.Used, 5_000, Site: 7), _model.Layout().Extents);
    }

    [Theory]
    [InlineData("zone", "8191")]
    [InlineData("zone", "2000g")]
    [InlineData("page", "2k")]
    [InlineData("page", "5000")]
    [InlineData("colour", "red")]
    public void ImpossibleSetting_IsRefused(string key, string value) =>
        Assert.Throws<ModelSettingException>(
            () => AllocatorModels.Create("nginx-slab", [new KeyValuePair<string, string>(key, value)]));

    [Theory]
    [InlineData(8)]
    [InlineData(2_000)]
    [InlineData(40_000)]
    public void SteadyState_AllocatesNothing(int maxBytes)
    {
        AllocationEvent[] events = SlabTraces.Closed(seed: 1, operations: 20_000, maxBytes).ToArray();

        Assert.Equal(0, SteadyState.AllocatedBytes(_model, events));
    }

    [Fact]
    public void CacheEvents_MeanNothingToIt() =>
        Assert.Equal(EventAnswer.Ignored, _model.Apply(new AllocationEvent(AllocationEventKind.Set, 1, 8, 1)).Answer);

    private EventOutcome Allocate(long id, long bytes) =>
        _model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes));

    private EventAnswer Free(long id) => _model.Apply(new AllocationEvent(AllocationEventKind.Free, id)).Answer;
}
