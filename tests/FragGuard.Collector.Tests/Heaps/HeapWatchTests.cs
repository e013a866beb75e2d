using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class HeapWatchTests
{
    private const long Announcer = 1;
    private const long Collector = 2;
    private const ulong Address = 0x7f00_0000_0000;
    private const long Bytes = 100_000;
    private const long RegionEndPad = 8;

    private static readonly GenerationExtent NewRegion = new(GenerationExtent.LargeObjects, Address, 4 << 20, 32 << 20);

    private readonly LargeObjectLog _objects = new(new AllocationSources());

    /// <summary>The background GC is the first that lists the region.</summary>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void LargeObjectInANewRegion_LivesIfTheBackgroundGcListsIt(bool isListed, long deaths)
    {
        HeapState heap = new();
        HeapWatch watch = new(heap, _objects, new SampledObjects(new AllocationSources()), new PinLog(), moments: null, new GcLog());
        _objects.Ticked(1, Address, Bytes + RegionEndPad, Bytes, "System.Byte[]", stack: 0);

        watch.Started(Announcer, number: 1, generation: 2, GcKind.Background, timeMs: 2);
        watch.Listed(Announcer, NewRegion);
        watch.Surviving(Collector)!.Add(isListed ? Survivor(Address) : Survivor(Address + Bytes));
        watch.Listed(Collector, NewRegion);
        watch.Stopped(Collector, number: 1, timeMs: 3);

        Assert.Equal(deaths, _objects.Build().Deaths);
    }

    /// <summary>Only a GC of generation 2 looks at large objects.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    public void LargeObjectThatNoFullGcSaw_IsNotCalledAlive(int generation, double liveShare)
    {
        SampledObjects samples = new(new AllocationSources());
        HeapWatch watch = new(new HeapState(), _objects, samples, new PinLog(), moments: null, new GcLog());
        samples.Born(SampleKind.Drawn, 1, Address, Bytes, weight: 1, source: 0);

        watch.Started(Announcer, number: 1, generation, GcKind.Blocking, timeMs: 2);
        watch.Listed(Announcer, NewRegion);
        watch.Surviving(Collector)!.Add(Survivor(Address));
        watch.Listed(Collector, NewRegion);
        watch.Stopped(Collector, number: 1, timeMs: 3);

        SourceLifetimes lifetimes = samples.Build()[0];
        Assert.Equal((liveShare, 1 - liveShare), (lifetimes.LiveBytes, lifetimes.UnjudgedBytes));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public void PinsOfGcsThatListNoRegions_AreCountedAsOmitted(bool areListed, long omitted)
    {
        PinLog pins = new();
        HeapWatch watch = new(
            new HeapState(), _objects, new SampledObjects(new AllocationSources()), pins, moments: null, new GcLog());
        for (int gc = 1; gc <= 2; gc++)
        {
            watch.Started(Announcer, gc, generation: 0, GcKind.Blocking, timeMs: 2 * gc);
            pins.Pinned(Address, Bytes, "System.Byte[]");
            if (areListed)
                watch.Listed(Collector, NewRegion);
            watch.Stopped(Collector, gc, timeMs: (2 * gc) + 1);
        }

        Assert.True(pins.IsReported);
        Assert.Equal(omitted, pins.Omitted);
    }

    [Theory]
    [InlineData(1L << 41, Bytes)]
    [InlineData(Bytes, long.MaxValue - 1)]
    public void ObjectsLargerThanMemory_AreNone(long reportedBytes, long tickBytes)
    {
        for (ulong i = 0; i < 10; i++)
            _objects.Ticked(1, Address + (i * 1_000_000), reportedBytes, tickBytes, "System.Byte[]", stack: 0);

        Assert.Equal(0, _objects.Build().Births);
    }

    private static SurvivorExtent Survivor(ulong address) => new(address, address, Bytes);
}
