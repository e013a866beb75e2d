using System;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>Traces that no sane program makes leave a model whose layout still adds up.</summary>
public sealed class HostileTraceTests
{
    /// <summary>A name under which both records of a zone share a class, so that one page is enough to begin with.</summary>
    private const string LongName = "a-name-so-long-that-both-records-share-a-class";

    private static readonly long[] Sizes =
        [0, 1, 7, 8, 9, 2_047, 2_048, 2_049, 4_096, 4_097, int.MaxValue, uint.MaxValue, 1L << 40, long.MaxValue - 1, long.MaxValue, -1, long.MinValue];

    private static readonly long[] Ids = [0, 1, -1, 4_096, 8_192, 1L << 32, 1L << 48, long.MaxValue, long.MinValue, long.MinValue + 1];

    private static readonly int[] KeyLengths = [0, 1, 250, 65_535, 65_536, int.MaxValue, -1, int.MinValue];

    private static readonly int[] Alignments = [0, 1, 16, 4_096, 8_192, 1 << 30, -1, int.MinValue];

    public static TheoryData<string, string, ulong> Zones()
    {
        TheoryData<string, string, ulong> data = [];
        foreach (string zone in new[] { "8k", "12k", "40k", "1m" })
        {
            for (ulong seed = 1; seed <= 3; seed++)
            {
                data.Add("nginx-slab", zone, seed);
                data.Add("lua-shared-dict", zone, seed);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Zones))]
    public void RandomNonsense_NeverBreaksTheLayout(string name, string zone, ulong seed) =>
        Hostile(Model(name, zone), seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RandomNonsenseThroughACache_NeverBreaksTheLayout(ulong seed) =>
        Hostile(new KeyedBlocks(Model("nginx-slab", "40k")), seed);

    [Fact]
    public void MillionDistinctKeys_TakeMemoryForTheLiveOnesOnly()
    {
        IAllocatorModel model = Model("lua-shared-dict", "100k");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long key = 0; key < 1_000_000; key++)
            model.Apply(new AllocationEvent(AllocationEventKind.Set, key * 4_096, key % 100, KeyBytes: 8));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void MillionDistinctBlocks_TakeMemoryForTheLiveOnesOnly()
    {
        IAllocatorModel model = Model("nginx-slab", "100k");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long id = 0; id < 1_000_000; id++)
        {
            model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id << 20, id % 3_000));
            if (id >= 10)
                model.Apply(new AllocationEvent(AllocationEventKind.Free, (id - 10) << 20));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void ListOfAMillionPushes_EndsWithTheZone()
    {
        IAllocatorModel model = Model("lua-shared-dict", "1m");
        EventOutcome last = default;
        for (int i = 0; i < 1_000_000; i++)
            last = model.Apply(new AllocationEvent(AllocationEventKind.PushLeft, 1, 0, KeyBytes: 1));

        Assert.Equal(EventAnswer.NoMemory, last.Answer);
        Assert.Equal(EventAnswer.Ok, model.Apply(new AllocationEvent(AllocationEventKind.Delete, 1)).Answer);
        Assert.Equal(0, model.Counters.GrantedBytes);
    }

    [Fact]
    public void ClockBeforeTheTrace_IsRefused()
    {
        IAllocatorModel model = Model("lua-shared-dict", "40k");

        Assert.Throws<TraceException>(
            () => model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: -1)));
    }

    [Fact]
    public void TimeToLiveBeyondAllTime_NeverEnds()
    {
        IAllocatorModel model = Model("lua-shared-dict", "40k");
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: long.MaxValue - 5));
        model.Apply(new AllocationEvent(AllocationEventKind.Set, 1, 8, 1, Milliseconds: long.MaxValue));

        Assert.Equal(EventAnswer.Hit, model.Apply(new AllocationEvent(AllocationEventKind.Get, 1, KeyBytes: 1)).Answer);
    }

    private static void Hostile(IAllocatorModel model, ulong seed)
    {
        SeededRandom random = new(seed);
        int refused = 0;
        for (int i = 0; i < 6_000; i++)
        {
            AllocationEvent next = new(
                (AllocationEventKind)random.Next(0, (long)AllocationEventKind.FlushExpired),
                Any(random, Ids),
                random.Next(0, 2) == 0 ? Any(random, Sizes) : random.Next(0, 300),
                random.Next(0, 3) == 0 ? Any(random, KeyLengths) : 8,
                random.Next(0, 5) == 0 ? Any(random, Alignments) : 0,
                (BlockTraits)random.Next(0, 15),
                random.Next(0, 3) == 0 ? Any(random, Sizes) : random.Next(0, 100),
                (int)random.Next(-1, 3));
            try
            {
                model.Apply(next);
            }
            catch (TraceException)
            {
                refused++;
            }

            if (i % 97 == 0)
                AssertAddsUp(model, $"seed {seed}, operation {i}: {next}");
        }

        Assert.True(refused > 0, "nothing was hostile");
        AssertAddsUp(model, $"seed {seed}, at the end");
    }

    private static void AssertAddsUp(IAllocatorModel model, string when)
    {
        HeapLayout layout = model.Layout();
        HeapCounters counters = model.Counters;
        long used = layout.Extents.Where(extent => extent.Use == ExtentUse.Used).Sum(extent => extent.Extent.Bytes);
        long free = layout.Extents.Where(extent => extent.Use == ExtentUse.Free).Sum(extent => extent.Extent.Bytes);
        Assert.True(
            (used, free, layout.Extents.Sum(extent => extent.Extent.Bytes), layout.Extents.Sum(extent => extent.RequestedBytes))
            == (counters.GrantedBytes, counters.FreeBytes, counters.CommittedBytes, counters.LiveRequestedBytes),
            $"{when}: {counters}");
    }

    private static T Any<T>(SeededRandom random, T[] values) => values[random.Next(0, values.Length - 1)];

    private static IAllocatorModel Model(string name, string zone) => AllocatorModels.Create(
        name,
        name.Equals("lua-shared-dict", StringComparison.Ordinal)
            ? [new("zone", zone), new("name", LongName)]
            : [new("zone", zone)]);
}
