using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Models.Nginx;

public sealed class LuaDictExpiryTests
{
    [Theory]
    [InlineData("0.10.23", EventAnswer.Hit)]
    [InlineData("0.10.26", EventAnswer.Hit)]
    [InlineData("0.10.27", EventAnswer.NotFound)]
    public void LookupInTheMomentOfExpiry_DependsOnTheVersion(string version, EventAnswer answer)
    {
        SharedDict dict = new("1m", version);

        Assert.Equal(answer, dict.Answer("set old 8", "set a 8 ttl=10", "time 10", "get a"));
    }

    [Theory]
    [InlineData("0.10.23", "a old")]
    [InlineData("0.10.25", "a old")]
    [InlineData("0.10.26", "old a")]
    public void LookupOfAnExpiredEntry_MovesItInOlderVersions(string version, string order)
    {
        SharedDict dict = new("1m", version);
        dict.Play("set guard 8", "set a 8 ttl=10", "set old 8", "time 11", "get a", "delete guard");

        Assert.Equal(order, dict.Order);
    }

    [Fact]
    public void Entry_LivesUntilItsTimeIsOver()
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "set a 8 ttl=10", "set b 8");

        Assert.Equal(EventAnswer.Hit, dict.Answer("time 9", "get a"));
        Assert.Equal(EventAnswer.NotFound, dict.Answer("time 11", "get a"));
        Assert.Equal(EventAnswer.Hit, dict.Answer("get b"));
    }

    [Theory]
    [InlineData("replace a 8", EventAnswer.NotFound)]
    [InlineData("add a 9", EventAnswer.Ok)]
    [InlineData("set a 9", EventAnswer.Ok)]
    [InlineData("incr a", EventAnswer.NotFound)]
    public void ExpiredEntry_IsAbsentToEveryCall(string operation, EventAnswer answer)
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "set a 8 ttl=10", "time 11");

        Assert.Equal(answer, dict.Answer(operation));
    }

    [Fact]
    public void ExpiredEntryOfTheSameLength_IsOverwrittenInPlace()
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8");
        long placed = dict.Play("set a 8 ttl=10").OffsetBytes;

        Assert.Equal(placed, dict.Play("time 11", "add a 8").OffsetBytes);
        Assert.Equal(EventAnswer.Hit, dict.Answer("time 1000", "get a"));
    }

    [Theory]
    [InlineData("get none")]
    [InlineData("incr none")]
    [InlineData("delete none")]
    [InlineData("replace none 8")]
    public void EachCall_FreesTwoExpiredEntriesFromTheTail(string call)
    {
        SharedDict dict = new("1m");
        dict.Play("set {1..5} 8 ttl=10", "time 10", call);

        Assert.Equal("5 4 3", dict.Order);
    }

    [Fact]
    public void EntryThatNeverExpires_ShieldsThoseBeforeIt()
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "set {1..5} 8 ttl=10", "time 10", "get none");

        Assert.Equal(6, dict.Model.Count);
    }

    [Fact]
    public void ForcedEviction_TakesTwoExpiredEntriesAlong()
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set guard 8", "safe_set {1..4} 8 ttl=10", "safe_set {5..254} 8", "time 10");

        EventOutcome outcome = dict.Play("set more 8");

        Assert.Equal((EventAnswer.Forcible, 1), (outcome.Answer, outcome.Evicted));
        Assert.Equal(253, dict.Model.Count);
    }

    [Theory]
    [InlineData("flush_expired", "guard")]
    [InlineData("flush_expired 0", "guard")]
    [InlineData("flush_expired 2", "4 3 guard")]
    public void FlushExpired_FreesFromTheTailUpToItsMaximum(string operation, string order)
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "set {1..4} 8 ttl=10", "time 10", operation);

        Assert.Equal(order, dict.Order);
    }
}
