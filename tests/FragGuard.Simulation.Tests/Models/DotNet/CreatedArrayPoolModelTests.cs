using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class CreatedArrayPoolModelTests
{
    [Fact]
    public void FullSize_IsServedByTheNextLargerOne()
    {
        ArrayPoolModel pool = Create("2");
        Rent(pool, 1, 2, 3);

        Assert.Equal(16 + 16 + 32, pool.Counters.GrantedBytes);
    }

    [Fact]
    public void TwoFullSizes_MakeAnArrayOfTheFirst()
    {
        ArrayPoolModel pool = Create("1");
        Rent(pool, 1, 2, 3);

        Assert.Equal(16 + 32 + 16, pool.Counters.GrantedBytes);
    }

    [Fact]
    public void ArrayMadeBeyondTheLimit_IsKeptWhileAPlaceIsEmpty()
    {
        ArrayPoolModel pool = Create("1");
        Rent(pool, 1, 2, 3);
        Return(pool, 3, 1);

        Assert.Equal((1, 16), (pool.RentedBy(2).Number, pool.Counters.FreeBytes));
        Rent(pool, 4);
        Assert.Equal(2, pool.RentedBy(4).Number);
    }

    [Fact]
    public void ArrayAboveTheLongest_IsDropped()
    {
        ArrayPoolModel pool = PoolReplay.Create("dotnet-arraypool-create", ("length", "64"));
        pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 65));
        Assert.Equal(65, pool.Counters.GrantedBytes);

        Return(pool, 1);
        Assert.Equal(0, pool.Counters.CommittedBytes);
    }

    [Fact]
    public void ArrayTheRuntimeCannotMake_IsRefused()
    {
        ArrayPoolModel pool = Create("50");
        HeapCounters before = pool.Counters;

        Assert.Equal(
            new EventOutcome(EventAnswer.NoMemory, RefusedBytes: long.MaxValue),
            pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, long.MaxValue)));
        Assert.Equal(before, pool.Counters);
        Assert.Equal(EventAnswer.NotFound, pool.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
        Assert.Throws<TraceException>(() => pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, -1)));
    }

    private static ArrayPoolModel Create(string arrays) =>
        PoolReplay.Create("dotnet-arraypool-create", ("arrays", arrays));

    private static void Rent(ArrayPoolModel pool, params long[] ids)
    {
        foreach (long id in ids)
            pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, 16));
    }

    private static void Return(ArrayPoolModel pool, params long[] ids)
    {
        foreach (long id in ids)
            pool.Apply(new AllocationEvent(AllocationEventKind.Free, id));
    }
}
