using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.SizeClassed.Jemalloc;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

public sealed class JemallocModelTests
{
    [Fact]
    public void SizeClasses_AreThoseOfTheManual()
    {
        Assert.Equal(36, JemallocSizeClasses.SmallCount);
        Assert.Equal(41, JemallocSizeClasses.CachedCount);
        Assert.Equal((256, 12_288), SlabOf(48));
        Assert.Equal((256, 20_480), SlabOf(80));
        Assert.Equal((256, 28_672), SlabOf(112));
        Assert.Equal((1, 4_096), SlabOf(4_096));
        Assert.Equal((2, 28_672), SlabOf(14_336));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(129, 160)]
    [InlineData(4_096, 4_096)]
    [InlineData(4_097, 5_120)]
    [InlineData(14_337, 16_384)]
    [InlineData((7L << 20) + 1, 8L << 20)]
    public void Request_IsRoundedUpToItsClass(long bytes, long granted) =>
        Assert.Equal(granted, JemallocSizeClasses.BytesOf(JemallocSizeClasses.Of(bytes)));

    [Fact]
    public void FreePages_GoAsTimePasses()
    {
        IAllocatorModel model = AllocatorModels.Create("jemalloc");
        model.Apply(Allocate(1, 1 << 20));
        model.Apply(Free(1));
        long dirty = model.Counters.FreePageBytes;
        Assert.True(dirty >= 1 << 20, $"{dirty} bytes are free");

        model.Apply(Time(100));
        Assert.Equal(dirty, model.Counters.FreePageBytes);
        model.Apply(Time(5_100));
        Assert.InRange(model.Counters.FreePageBytes, 0, dirty - 1);
        model.Apply(Time(11_000));
        Assert.Equal(0, model.Counters.FreePageBytes);
    }

    [Fact]
    public void OversizedBlock_LeavesNothingCommitted()
    {
        IAllocatorModel model = AllocatorModels.Create("jemalloc");
        model.Apply(Allocate(1, 8 << 20));
        Assert.Equal((8 << 20) + 4_096, model.Counters.CommittedBytes);
        model.Apply(Free(1));
        Assert.Equal(0, model.Counters.CommittedBytes);
        Assert.All(model.Layout().Extents, extent => Assert.Equal(ExtentUse.Released, extent.Use));
    }

    [Fact]
    public void Threads_TakeArenasInTurn()
    {
        IAllocatorModel model = AllocatorModels.Create("jemalloc", [new KeyValuePair<string, string>("narenas", "2")]);
        long[] mappings = Enumerable.Range(0, 4).Select(thread =>
        {
            model.Apply(new AllocationEvent(AllocationEventKind.Thread, thread));
            return model.Apply(Allocate(thread, 100)).OffsetBytes >> 21;
        }).ToArray();
        Assert.Equal([0, 1, 0, 1], mappings);
    }

    [Fact]
    public void WithoutThreadCache_LowestSlotIsUsedFirst()
    {
        IAllocatorModel model = AllocatorModels.Create("jemalloc", [new KeyValuePair<string, string>("tcache", "false")]);
        for (int id = 0; id < 10; id++)
            Assert.Equal(id * 16, model.Apply(Allocate(id, 16)).OffsetBytes);
        model.Apply(Free(7));
        model.Apply(Free(3));
        Assert.Equal(3 * 16, model.Apply(Allocate(20, 16)).OffsetBytes);
    }

    private static (int Slots, int Bytes) SlabOf(long bytes)
    {
        int sizeClass = JemallocSizeClasses.Of(bytes);
        return (JemallocSizeClasses.SlabSlots[sizeClass], JemallocSizeClasses.SlabBytes[sizeClass]);
    }

    private static AllocationEvent Allocate(long id, long bytes) => new(AllocationEventKind.Allocate, id, bytes);

    private static AllocationEvent Free(long id) => new(AllocationEventKind.Free, id);

    private static AllocationEvent Time(long milliseconds) =>
        new(AllocationEventKind.Time, 0, Milliseconds: milliseconds);
}
