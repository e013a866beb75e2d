using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class ObjectPoolModelTests
{
    [Fact]
    public void FirstReturned_IsFirstOut_ThenTheQueueInOrder()
    {
        ArrayPoolModel pool = PoolReplay.Create("dotnet-objectpool");
        foreach (long id in (long[])[1, 2, 3])
            Get(pool, id, 10);
        foreach (long id in (long[])[2, 3, 1])
            Return(pool, id);
        foreach (long id in (long[])[4, 5, 6])
            Get(pool, id, 10);

        Assert.Equal((1L, 2L, 0L), (pool.RentedBy(4).Number, pool.RentedBy(5).Number, pool.RentedBy(6).Number));
    }

    [Fact]
    public void Object_KeepsTheSizeItGrewTo()
    {
        ArrayPoolModel pool = PoolReplay.Create("dotnet-objectpool");
        Get(pool, 1, 10);
        pool.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 5_000));
        Return(pool, 1);
        Assert.Equal(5_000, pool.Counters.FreeBytes);

        Get(pool, 2, 10);
        Assert.Equal((10, 5_000), (pool.Counters.LiveRequestedBytes, pool.Counters.GrantedBytes));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 0)]
    public void ObjectAboveTheLimit_IsDropped(long bytes, long kept)
    {
        ArrayPoolModel pool = PoolReplay.Create("dotnet-objectpool", ("limit", "100"));
        Get(pool, 1, bytes);
        Return(pool, 1);

        Assert.Equal(kept, pool.Counters.CommittedBytes);
    }

    private static void Get(ArrayPoolModel pool, long id, long bytes) =>
        pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes));

    private static void Return(ArrayPoolModel pool, long id) =>
        pool.Apply(new AllocationEvent(AllocationEventKind.Free, id));
}
