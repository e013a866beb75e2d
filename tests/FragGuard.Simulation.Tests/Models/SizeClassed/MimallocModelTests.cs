using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.SizeClassed.Mimalloc;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

public sealed class MimallocModelTests
{
    private const long SegmentBytes = 32 << 20;

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(65, 80)]
    [InlineData(1_025, 1_280)]
    [InlineData(131_072, 131_072)]
    public void Request_IsRoundedUpToItsBin(long bytes, long granted) =>
        Assert.Equal(granted, MimallocSizeClasses.BlockBytes[MimallocSizeClasses.BinOf(bytes)]);

    [Fact]
    public void OneBlock_CommitsASegment()
    {
        IAllocatorModel model = AllocatorModels.Create("mimalloc");
        model.Apply(Allocate(1, 100));
        Assert.Equal(SegmentBytes, model.Counters.CommittedBytes);
        Assert.InRange(model.Counters.ResidentBytes, 4_096, 65_536);
    }

    /// <summary>Of the block around an aligned one only what the program asked for is written to.</summary>
    [Theory]
    [InlineData(0, 300_000)]
    [InlineData(1 << 20, 300_000)]
    [InlineData(1 << 25, 300_000)]
    [InlineData(0, 1_300_000)]
    public void AlignedBlock_IsResidentWithItsOwnBytes(int alignment, long bytes)
    {
        IAllocatorModel model = AllocatorModels.Create("mimalloc");
        model.Apply(Allocate(1, bytes) with { AlignmentBytes = alignment });
        Assert.InRange(model.Counters.ResidentBytes, bytes, bytes + 65_536);
    }

    [Fact]
    public void FreeSegment_IsKeptForHalfASecond()
    {
        IAllocatorModel model = AllocatorModels.Create("mimalloc");
        model.Apply(Allocate(1, 1 << 20));
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));
        Assert.Equal(SegmentBytes, model.Counters.CommittedBytes);
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: 499));
        Assert.Equal(SegmentBytes, model.Counters.CommittedBytes);
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: 500));
        Assert.Equal(0, model.Counters.CommittedBytes);
    }

    [Fact]
    public void SecondThread_CommitsItsFirstSegmentPiecemeal()
    {
        IAllocatorModel model = AllocatorModels.Create("mimalloc");
        model.Apply(Allocate(1, 100));
        model.Apply(new AllocationEvent(AllocationEventKind.Thread, 1));
        model.Apply(Allocate(2, 100));
        Assert.Equal(SegmentBytes + (1 << 20), model.Counters.CommittedBytes);
    }

    [Fact]
    public void Collect_UnmapsEverything()
    {
        IAllocatorModel model = AllocatorModels.Create("mimalloc");
        for (int id = 0; id < 1_000; id++)
            model.Apply(Allocate(id, id * 50));
        for (int id = 0; id < 1_000; id++)
            model.Apply(new AllocationEvent(AllocationEventKind.Free, id));
        model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));
        Assert.Equal(0, model.Counters.CommittedBytes);
        Assert.Empty(model.Layout().Extents);
    }

    private static AllocationEvent Allocate(long id, long bytes) => new(AllocationEventKind.Allocate, id, bytes);
}
