using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

/// <summary>Traces parted among zones.</summary>
public sealed class SplitTests
{
    [Fact]
    public void ListThatAPushFoundNoMemoryFor_IsStillFound()
    {
        ZonedModel zoned = new([Zone(), Zone()], _ => 1);
        zoned.Apply(new AllocationEvent(AllocationEventKind.PushLeft, -1, 10, KeyBytes: 4));

        Assert.Equal(EventAnswer.NoMemory, zoned.Apply(new(AllocationEventKind.PushLeft, -1, 1_000_000, KeyBytes: 4)).Answer);
        Assert.Equal(EventAnswer.Ok, zoned.Apply(new(AllocationEventKind.PopLeft, -1, KeyBytes: 4)).Answer);
    }

    [Theory]
    [InlineData("glibc")]
    [InlineData("dotnet-gc")]
    public void HeapsThatSpanTheAddressSpace_AreLaidOutOneBehindTheOther(string model)
    {
        int birth = 0;
        ZonedModel zoned = new([AllocatorModels.Create(model), AllocatorModels.Create(model)], _ => birth++ % 2);
        for (int id = 0; id < 20; id++)
            zoned.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, id < 10 ? 100 : 1_000_000));

        HeapLayout layout = zoned.Layout();
        Assert.Equal(zoned.Zones.Sum(zone => zone.Layout().Extents.Count), layout.Extents.Count);
        Assert.Equal(
            layout.Counters.GrantedBytes, layout.Extents.Where(one => one.Use == ExtentUse.Used).Sum(one => one.Extent.Bytes));
    }

    [Fact]
    public void Flush_EndsTheLivesOfEntriesAndOfNoBlock()
    {
        TraceProfile profile = new(WorkloadReader.Read(
            ["alloc a 8", "set x 8", "set y 8", "flush_all", "set x 8", "delete x", "free a"]).Events);

        Assert.Equal([6, 2, 1, 1], Enumerable.Range(0, 4).Select(profile.LifetimeOf));
    }

    [Fact]
    public void PartOfAGroup_IsWhatItsZoneWouldSee()
    {
        // The large element belongs to the other group by its size, and stays with its list.
        AllocationEvent[] events = [.. WorkloadReader.Read(
            ["lpush l 10", "lpush l 5000", "set k 10", "set k 5000", "lpop l", "delete k", "time 5"]).Events];
        TraceSplit split = new(new TraceProfile(events), [64], lifetimeEdge: null);

        Assert.Equal(
            [
                AllocationEventKind.PushLeft, AllocationEventKind.PushLeft, AllocationEventKind.Set, AllocationEventKind.Delete,
                AllocationEventKind.PopLeft, AllocationEventKind.Time,
            ],
            split.Only(0, events).Select(next => next.Kind));
        Assert.Equal(
            [AllocationEventKind.Set, AllocationEventKind.Delete, AllocationEventKind.Time],
            split.Only(1, events).Select(next => next.Kind));
    }

    [Fact]
    public void TraceThatMeansNothingToTheAllocator_HasNoRemedies() => Assert.Empty(
        TraceAdvisor.Advise(WorkloadReader.Read(["alloc {1..100} 90", "free {1..100..2}", "alloc b 900"]), "lua-shared-dict").Remedies);

    private static IAllocatorModel Zone() => AllocatorModels.Create("lua-shared-dict", [new("zone", "40k")]);
}
