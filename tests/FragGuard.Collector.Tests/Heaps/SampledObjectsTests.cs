using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class SampledObjectsTests
{
    private const ulong Start = 0x1000_0000;
    private const int ObjectBytes = 32;
    private const int Objects = 100_000;

    private static readonly GenerationExtent Region = new(2, Start, 2 * Objects * ObjectBytes, 4 * Objects * ObjectBytes);

    /// <summary>The program goes on allocating beside a background GC; so much that not all can be followed any more.</summary>
    [Fact]
    public void ObjectsLetGoWhileABackgroundGcLooks_ChangeNobodyElsesFate()
    {
        SampledObjects samples = Followed(out HeapState heap, out SurvivorExtents survivors);
        survivors.Watch(samples.Follow(2, heap), [Region]);
        survivors.Add(new SurvivorExtent(Start, Start, Objects / 2 * ObjectBytes));
        for (int i = 0; i < Objects; i++)
            samples.Born(SampleKind.Drawn, timeMs: 20, AddressOf(Objects + i), ObjectBytes, ObjectBytes, 0);
        samples.CollectedInBackground(startMs: 10, timeMs: 30, survivors);

        Assert.True(samples.In(2).Length is > 1_000 and < Objects / 2, $"{samples.In(2).Length} are followed");
        foreach (ref readonly SampledObject one in samples.In(2))
            Assert.True(one.Address < AddressOf(Objects / 2));
        Assert.Equal(samples.In(2).Length + samples.Newborn.Length, samples.Followed);
    }

    [Fact]
    public void ObjectsThatChangeGenerationWhileABackgroundGcLooks_KeepTheirOwnFate()
    {
        SampledObjects samples = new(new AllocationSources());
        samples.Born(SampleKind.Drawn, timeMs: 1, AddressOf(0), ObjectBytes, ObjectBytes, 0);
        samples.Born(SampleKind.Drawn, timeMs: 2, AddressOf(Objects), ObjectBytes, ObjectBytes, 0);
        GenerationExtent first = new(0, Start, ObjectBytes, ObjectBytes);
        GenerationExtent second = new(1, AddressOf(Objects), ObjectBytes, ObjectBytes);
        HeapState heap = new();
        heap.Listed([first, second]);
        SurvivorExtents survivors = new();
        survivors.Watch(samples.Follow(2, heap), [first, second]);
        survivors.Add(new SurvivorExtent(first.Start, first.Start, ObjectBytes));
        heap.Listed([first with { Generation = 2 }, second]);
        samples.Moved(1, heap);
        samples.CollectedInBackground(startMs: 10, timeMs: 30, survivors);

        Assert.Equal(1, samples.In(2).Length);
        Assert.Equal(first.Start, samples.In(2)[0].Address);
        Assert.Equal(ObjectBytes, samples.Build()[0].DiedBytes[1]);
    }

    [Fact]
    public void ObjectsBornOutOfOrder_AreWhereTheirOwnRunWent()
    {
        SampledObjects samples = new(new AllocationSources());
        foreach (int i in new[] { 5, 1, 9, 3 })
            samples.Born(SampleKind.Drawn, timeMs: i, AddressOf(i), ObjectBytes, ObjectBytes, 0);
        HeapState heap = new();
        heap.Listed([Region]);
        SurvivorExtents survivors = new();
        survivors.Watch(samples.Follow(2, heap), [Region]);
        survivors.Add(new SurvivorExtent(AddressOf(1), AddressOf(0), ObjectBytes));
        survivors.Add(new SurvivorExtent(AddressOf(5), AddressOf(2), ObjectBytes));
        survivors.Add(new SurvivorExtent(AddressOf(9), AddressOf(4), ObjectBytes));
        samples.Collected(2, timeMs: 10, survivors);

        Assert.Equal(
            [(5, AddressOf(2)), (1, AddressOf(0)), (9, AddressOf(4))],
            System.Array.ConvertAll(samples.In(2).ToArray(), static one => ((int)one.BornMs, one.Address)));
        Assert.Equal(ObjectBytes, samples.Build()[0].DiedBytes[2]);
    }

    private static SampledObjects Followed(out HeapState heap, out SurvivorExtents survivors)
    {
        SampledObjects samples = new(new AllocationSources());
        for (int i = 0; i < Objects; i++)
            samples.Born(SampleKind.Drawn, timeMs: 1, AddressOf(i), ObjectBytes, ObjectBytes, 0);
        heap = new HeapState();
        heap.Listed([Region]);
        survivors = new SurvivorExtents();
        return samples;
    }

    private static ulong AddressOf(int number) => Start + (ulong)(number * ObjectBytes);
}
