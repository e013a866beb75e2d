using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>What passing time does to the memcached model.</summary>
public sealed class MemcachedClockTests
{
    [Theory]
    [InlineData(2_000, 1_999, EventAnswer.Hit)]
    [InlineData(2_000, 2_000, EventAnswer.NotFound)]
    [InlineData(1_001, 1_999, EventAnswer.Hit)]
    [InlineData(1, 999, EventAnswer.Hit)]
    [InlineData(1, 1_000, EventAnswer.NotFound)]
    [InlineData(0, 4_000_000_000_000, EventAnswer.Hit)]
    [InlineData(-1, 0, EventAnswer.NotFound)]
    [InlineData(long.MaxValue, 1_000_000, EventAnswer.Hit)]
    [InlineData(1_000, long.MaxValue, EventAnswer.NotFound)]
    public void TimeToLive_IsInWholeSecondsRoundedUp(long timeToLive, long now, EventAnswer answer)
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1, timeToLive);
        SetClock(model, now);

        Assert.Equal(answer, Play(model, AllocationEventKind.Get, key: 1));
    }

    [Theory]
    [InlineData("flat", 2_000, 1)]
    [InlineData("flat", 3_000, 1)]
    [InlineData("segmented", 2_000, 1)]
    [InlineData("segmented", 3_000, 0)]
    public void ExpiredItem_IsFreedBehindTheScenesASecondLater(string lru, long now, int left)
    {
        MemcachedModel model = MemcachedComparison.Model(("lru", lru));
        Set(model, key: 1, timeToLive: 2_000);
        SetClock(model, now);

        Assert.Equal(left, model.Count);
    }

    [Fact]
    public void ExpiredItem_BehindALiveOne_WaitsForACrawl()
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1, timeToLive: 0);
        Set(model, key: 2, timeToLive: 2_000);
        SetClock(model, 2_000);
        SetClock(model, 100_000);
        Set(model, key: 3, timeToLive: 0);
        int kept = model.Count;
        Play(model, AllocationEventKind.FlushExpired, key: 0);

        Assert.Equal(2, model.Count);
        Assert.InRange(kept, 2, 3);
    }

    [Fact]
    public void Touch_GivesAnotherTimeToLive()
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1, timeToLive: 2_000);

        Assert.Equal(EventAnswer.Ok, Play(model, AllocationEventKind.Touch, key: 1, milliseconds: 9_000));
        Assert.Equal(EventAnswer.NotFound, Play(model, AllocationEventKind.Touch, key: 2, milliseconds: 9_000));
        SetClock(model, 8_000);
        Assert.Equal(EventAnswer.Hit, Play(model, AllocationEventKind.Get, key: 1));
    }

    [Theory]
    [InlineData("true", EventAnswer.Hit)]
    [InlineData("false", EventAnswer.NotFound)]
    public void FlushWithoutCas_TakesWhatIsStoredInTheSameSecondToo(string cas, EventAnswer answer)
    {
        MemcachedModel model = MemcachedComparison.Model(("cas", cas));
        Set(model, key: 1, timeToLive: 0);
        Play(model, AllocationEventKind.FlushAll, key: 0);
        Set(model, key: 2, timeToLive: 0);

        Assert.Equal(EventAnswer.NotFound, Play(model, AllocationEventKind.Get, key: 1));
        Assert.Equal(answer, Play(model, AllocationEventKind.Get, key: 2));
    }

    [Fact]
    public void Clock_NeverGoesBack()
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1, timeToLive: 5_000);
        SetClock(model, 6_000);
        SetClock(model, long.MinValue);

        Assert.Equal(EventAnswer.NotFound, Play(model, AllocationEventKind.Get, key: 1));
    }

    private static void Set(MemcachedModel model, long key, long timeToLive) =>
        Assert.Equal(EventAnswer.Ok, model.Apply(new AllocationEvent(
            AllocationEventKind.Set, key, Bytes: 40, KeyBytes: 5, Milliseconds: timeToLive)).Answer);

    private static EventAnswer Play(MemcachedModel model, AllocationEventKind kind, long key, long milliseconds = 0) =>
        model.Apply(new AllocationEvent(kind, key, KeyBytes: 5, Milliseconds: milliseconds)).Answer;

    private static void SetClock(MemcachedModel model, long milliseconds) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: milliseconds));
}
