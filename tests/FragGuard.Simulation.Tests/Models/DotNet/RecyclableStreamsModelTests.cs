using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>Rules of the library's source (RecyclableMemoryStreamManager and RecyclableMemoryStream, v3.0.1), each by itself.</summary>
public sealed class RecyclableStreamsModelTests
{
    private const int Block = 1_024;
    private const int Multiple = 4_096;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Block, 1)]
    [InlineData(Block + 1, 2)]
    public void Stream_HoldsOneBlockAtLeast(long bytes, long blocks)
    {
        IAllocatorModel manager = Create();
        Make(manager, 1, bytes);

        Assert.Equal((bytes, blocks * Block), (manager.Counters.LiveRequestedBytes, manager.Counters.GrantedBytes));
    }

    [Fact]
    public void ShorterStream_KeepsItsBlocks()
    {
        IAllocatorModel manager = Create();
        Make(manager, 1, 5 * Block);
        Write(manager, 1, 10);

        Assert.Equal((10, 5 * Block), (manager.Counters.LiveRequestedBytes, manager.Counters.GrantedBytes));
    }

    [Fact]
    public void Blocks_ReturnInOrder_SoTheLastOneLeavesFirst()
    {
        IAllocatorModel manager = Create();
        long first = Make(manager, 1, 2 * Block);
        Dispose(manager, 1);

        Assert.Equal(first + Block, Make(manager, 2, 1));
        Assert.Equal(first, Make(manager, 3, 1));
    }

    [Theory]
    [InlineData(2 * Block, 2)]
    [InlineData((2 * Block) + 1, 3)]
    public void IdleBlocks_AreLimitedBeforeTheyReturn(long limit, long kept)
    {
        IAllocatorModel manager = Create(("small-free", Text(limit)));
        Make(manager, 1, 5 * Block);
        Dispose(manager, 1);

        Assert.Equal(kept * Block, manager.Counters.CommittedBytes);
    }

    [Theory]
    [InlineData("false", (3 * Multiple) - 5, 3 * Multiple)]
    [InlineData("true", (3 * Multiple) - 5, 4 * Multiple)]
    [InlineData("false", 20 * Multiple, 20 * Multiple)]
    [InlineData("false", Block, Block)]
    public void ContiguousStream_HoldsOneArray(string exponential, long bytes, long granted)
    {
        IAllocatorModel manager = Create(("buffer", "contiguous"), ("exponential", exponential));
        Make(manager, 1, bytes);

        Assert.Equal(granted, manager.Counters.GrantedBytes);
        Assert.Single(manager.Layout().Extents);
    }

    [Theory]
    [InlineData(16 * Multiple, 16 * Multiple)]
    [InlineData(17 * Multiple, 0)]
    public void ArrayAboveTheLargest_IsDropped(long bytes, long kept)
    {
        IAllocatorModel manager = Create(("buffer", "contiguous"));
        Make(manager, 1, bytes);
        Dispose(manager, 1);

        Assert.Equal(kept, manager.Counters.CommittedBytes);
    }

    [Fact]
    public void IdleLargeArrays_AreLimitedForEachSize()
    {
        IAllocatorModel manager = Create(("buffer", "contiguous"), ("large-free", Text((2 * Multiple) - 1)));
        foreach (long id in (long[])[1, 2])
            Make(manager, id, Multiple);
        Make(manager, 3, 2 * Multiple);
        foreach (long id in (long[])[1, 2, 3])
            Dispose(manager, id);

        Assert.Equal(Multiple, manager.Counters.FreeBytes);
    }

    [Theory]
    [InlineData("false", 3 * Multiple)]
    [InlineData("true", 2 * Multiple)]
    public void OutgrownArray_StaysUntilTheEnd_UnlessReturnedAtOnce(string aggressive, long granted)
    {
        IAllocatorModel manager = Create(("buffer", "contiguous"), ("aggressive", aggressive));
        Make(manager, 1, Multiple);
        Write(manager, 1, 2 * Multiple);

        Assert.Equal((granted, 3 * Multiple), (manager.Counters.GrantedBytes, manager.Counters.CommittedBytes));
    }

    [Theory]
    [InlineData(Block, "false", Block)]
    [InlineData(2 * Block, "false", Multiple + (2 * Block))]
    [InlineData(2 * Block, "true", Multiple)]
    public void GetBuffer_AddsAnArrayAsLongAsTheBlocks(long bytes, string aggressive, long granted)
    {
        IAllocatorModel manager = Create(("buffer", "getbuffer"), ("aggressive", aggressive));
        Make(manager, 1, bytes);

        Assert.Equal(granted, manager.Counters.GrantedBytes);
    }

    [Fact]
    public void StreamAboveTheCapacity_IsRefused()
    {
        IAllocatorModel manager = Create(("capacity", Text(2 * Block)));
        Make(manager, 1, 2 * Block);

        Assert.Equal(
            EventAnswer.NoMemory,
            manager.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, (2 * Block) + 1)).Answer);
        Assert.Equal(
            EventAnswer.NoMemory, manager.Apply(new AllocationEvent(AllocationEventKind.Allocate, 2, long.MaxValue)).Answer);
        Assert.Equal(2 * Block, manager.Counters.CommittedBytes);
    }

    [Theory]
    [InlineData("largest", "5000")]
    [InlineData("largest", "512")]
    [InlineData("buffer", "array")]
    public void OptionTheManagerRefuses_IsRefused(string key, string value) =>
        Assert.Throws<ModelSettingException>(() => Create((key, value)));

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IAllocatorModel Create(params (string Key, string Value)[] settings)
    {
        Dictionary<string, string> all = new(System.StringComparer.Ordinal)
        {
            ["block"] = Text(Block), ["multiple"] = Text(Multiple), ["largest"] = Text(16 * Multiple),
        };
        foreach ((string key, string value) in settings)
            all[key] = value;
        return AllocatorModels.Create("recyclable-streams", all.ToArray());
    }

    private static long Make(IAllocatorModel manager, long id, long bytes) =>
        manager.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes)).OffsetBytes;

    private static void Write(IAllocatorModel manager, long id, long bytes) =>
        manager.Apply(new AllocationEvent(AllocationEventKind.Reallocate, id, bytes));

    private static void Dispose(IAllocatorModel manager, long id) =>
        manager.Apply(new AllocationEvent(AllocationEventKind.Free, id));
}
