using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Tests.Pools;

public sealed class MemoryPoolLogTests
{
    private const int MaxOwners = 64;

    private readonly MemoryPoolLog _log = new();

    [Fact]
    public void FiguresOfOwnersBeyondTheBound_AreCounted_AndOfTheOthersRead()
    {
        for (int round = 1; round <= 3; round++)
        {
            for (int owner = 0; owner < MaxOwners + 2; owner++)
                _log.Read(round, $"owner {owner}", MemoryPoolFigure.Pooled, 4096 * round);
        }

        Assert.Equal(3 * 2, _log.Unlisted);
        Assert.Equal(MaxOwners, _log.Build(isSinceStart: true).Count);
        Assert.All(_log.Build(isSinceStart: true), pool => Assert.Equal(4096 * 3, pool.PooledBytes));
    }

    [Fact]
    public void AsManyOwnersAsAreKept_AreAllRead()
    {
        foreach (int owner in Enumerable.Range(0, MaxOwners))
            _log.Read(1, $"owner {owner}", MemoryPoolFigure.Pooled, 4096);

        Assert.Equal((0, MaxOwners), (_log.Unlisted, _log.Build(isSinceStart: true).Count));
    }
}
