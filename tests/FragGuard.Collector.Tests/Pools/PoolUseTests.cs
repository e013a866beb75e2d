using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Tests.Pools;

public sealed class PoolUseTests
{
    [Fact]
    public async Task Counts_AreThoseOfTheProgram()
    {
        WatchedRun watched = await WatchedRun.OfAsync("pools");
        long[] shared = watched.Truth.One("shared");
        PoolUse sharedUse = watched.Run.Pools.Single(use => use is { IsShared: true, Length: 4096, Rented: >= 60 });
        PoolUse createdUse = watched.Run.Pools.Single(use => use is { IsShared: false, Length: 4096 });
        PoolUse largerUse = watched.Run.Pools.Single(use => use is { IsShared: false, Length: 8192 });
        PoolUse hugeUse = watched.Run.Pools.Single(use => use.Length == 20_000);

        Assert.Equal((shared[0], shared[1], shared[2]), (sharedUse.Rented, sharedUse.Returned, sharedUse.Outstanding));
        Assert.Equal(10, sharedUse.AllocatedPoolExhausted);
        Assert.Equal((6, 6, 0), (createdUse.Rented, createdUse.Returned, createdUse.Outstanding));
        Assert.Equal((4, 4, 4), (largerUse.Rented, largerUse.Returned, largerUse.AllocatedPooled));
        Assert.Equal((4, 2, 2), (createdUse.AllocatedPooled, createdUse.AllocatedPoolExhausted, createdUse.DroppedFull));
        Assert.Equal((1, 1, 1), (hugeUse.AllocatedOverMaximumSize, hugeUse.DroppedOverMaximumSize, hugeUse.Rented));
    }

    [Fact]
    public async Task LeakedArrays_BelongToTheLineThatRentedThem()
    {
        WatchedRun watched = await WatchedRun.OfAsync("pools");
        RentSite leak = watched.Run.RentSites[0];

        Assert.EndsWith("Pools.Leak", leak.Site.Name, StringComparison.Ordinal);
        Assert.EndsWith("Pools.cs", leak.Site.File, StringComparison.Ordinal);
        Assert.Equal(watched.Truth.One("shared")[3], leak.Site.Line);
        Assert.Equal((10, 0, 10, 40_960), (leak.Rents, leak.Returned, leak.Outstanding, leak.OutstandingElements));
    }
}
