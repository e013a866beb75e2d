using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class LargeObjectLogTests
{
    private const int MaxLocated = 1 << 19;
    private const int Bytes = 100_000;

    [Fact]
    public void ObjectThatWentByWithoutATick_HasASizeAndNoSite()
    {
        AllocationSources sources = new();
        LargeObjectLog log = new(sources);

        // 90,024 bytes of one place, then 200,024 of another, whose tick tells of both; as they are reported at the end of a region.
        log.Ticked(1, 0x1000_0000, 200_032, 200_024, "System.Byte[]", stack: 0);
        log.Ticked(2, 0x2000_0000, 200_032, 290_048, "System.Byte[]", stack: 0);

        AllocationEvent[] births = Births(log, sources);
        Assert.Equal([200_000, 90_000, 200_000], births.Select(one => one.Bytes));
        Assert.Equal([0, AllocationSources.Unknown, 0], births.Select(one => one.Site));
        Assert.Equal(1, log.Build().InferredBirths);
        Assert.Equal(90_024, log.Build().InferredBirthBytes);
    }

    [Fact]
    public void ObjectAloneInItsTick_HasItsSite()
    {
        AllocationSources sources = new();
        LargeObjectLog log = new(sources);
        log.Ticked(1, 0x1000_0000, 110_032, 110_024, "System.Byte[]", stack: 0);

        AllocationEvent birth = Assert.Single(Births(log, sources));
        Assert.Equal((110_000, 0), (birth.Bytes, birth.Site));
        Assert.Equal(0, log.Build().InferredBirths);
    }

    [Fact]
    public void ObjectsThatNoGcJudges_AreFollowedUpToABound_AndTheOldestForgotten()
    {
        LargeObjectLog log = Allocate(MaxLocated + 1);

        Assert.Equal((MaxLocated / 2) + 1, log.Located.Count);
        Assert.False(log.Located.ContainsKey(AddressOf(0)));
        Assert.True(log.Located.ContainsKey(AddressOf(MaxLocated)));
        Assert.Equal((MaxLocated + 1L, 0L, 1.0), (log.Build().Births, log.Build().Deaths, log.Build().UnknownLifetimeRatio));
    }

    [Fact]
    public void AsManyObjectsAsAreFollowed_AreAllKnown()
    {
        LargeObjectLog log = Allocate(MaxLocated);

        Assert.Equal(MaxLocated, log.Located.Count);
        Assert.Equal((MaxLocated, 1.0), (log.Build().Births, log.Build().UnknownLifetimeRatio));
    }

    private static LargeObjectLog Allocate(int objects)
    {
        LargeObjectLog log = new(new AllocationSources());
        for (int i = 0; i < objects; i++)
            log.Ticked(timeMs: 1, AddressOf(i), Bytes, Bytes, "System.Byte[]", stack: 0);
        return log;
    }

    private static ulong AddressOf(int number) => 0x1000_0000 + ((ulong)number * Bytes);

    private static AllocationEvent[] Births(LargeObjectLog log, AllocationSources sources)
    {
        using SiteResolver resolver = new(new StackTable(), new MethodMap(), new SymbolFolders([]));
        sources.Resolve(resolver);
        return [.. log.Build().Trace.Events.Where(one => one.Kind == AllocationEventKind.Allocate)];
    }
}
