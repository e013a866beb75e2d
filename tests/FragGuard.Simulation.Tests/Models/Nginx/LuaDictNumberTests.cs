using System.Linq;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>Increments that create, and new times to live.</summary>
public sealed class LuaDictNumberTests
{
    [Fact]
    public void IncrementWithInit_CreatesAMissingNumber()
    {
        SharedDict dict = new("1m");
        EventOutcome outcome = dict.Play("incr key1 init");

        Assert.Equal(EventAnswer.Ok, outcome.Answer);
        Assert.Equal(outcome.OffsetBytes, dict.Model.ByUse().Single().OffsetBytes);
        Assert.Equal(68 + 4 + 8, dict.Model.Counters.LiveRequestedBytes);
        Assert.Equal(new EventOutcome(EventAnswer.Ok), dict.Play("incr key1 init"));
    }

    [Theory]
    [InlineData("set a 8 ttl=5")]
    [InlineData("set a 9 ttl=5")]
    [InlineData("rpush a 9, touch a ttl=5")]
    public void IncrementWithInit_TakesAnExpiredEntryForMissing(string stored)
    {
        SharedDict dict = new("1m");
        dict.Play(["set guard 8", .. stored.Split(", ")]);
        long placed = dict.Model.ByUse().First().OffsetBytes;

        EventOutcome outcome = dict.Play("time 6", "incr a init ttl=7");

        Assert.Equal((EventAnswer.Ok, placed), (outcome.Answer, outcome.OffsetBytes));
        Assert.Equal(7, dict.Model.ByUse().First().TimeToLive);
    }

    [Fact]
    public void IncrementWithInit_Evicts()
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..255} 8");

        EventOutcome outcome = dict.Play("incr more init");

        Assert.Equal((EventAnswer.Forcible, 1), (outcome.Answer, outcome.Evicted));
    }

    [Theory]
    [InlineData("0.10.5", EventAnswer.NotFound, null)]
    [InlineData("0.10.6", EventAnswer.Ok, null)]
    [InlineData("0.10.11", EventAnswer.Ok, null)]
    [InlineData("0.10.12", EventAnswer.Ok, 7L)]
    public void InitAndItsTimeToLive_CameWithVersions(string version, EventAnswer answer, long? timeToLive)
    {
        SharedDict dict = new("1m", version);

        Assert.Equal(answer, dict.Answer("incr a init ttl=7"));
        Assert.Equal(timeToLive, dict.Model.ByUse().FirstOrDefault().TimeToLive);
    }

    [Theory]
    [InlineData("0.10.10", EventAnswer.Ignored)]
    [InlineData("0.10.11", EventAnswer.Ok)]
    public void Touch_CameWith01011(string version, EventAnswer answer)
    {
        SharedDict dict = new("1m", version);
        dict.Play("set a 8");

        Assert.Equal(answer, dict.Answer("touch a ttl=7"));
    }

    [Fact]
    public void Touch_ChangesNothingButTheTimeToLive()
    {
        SharedDict dict = new("1m");
        dict.Play("set old 8 ttl=1", "set a 8 ttl=1", "set b 8", "time 2", "touch a ttl=10");

        Assert.Equal("b a old", dict.Order);
        Assert.Equal([null, 10L, -1L], dict.Model.ByUse().Select(item => item.TimeToLive));
        Assert.Equal(EventAnswer.NotFound, dict.Answer("touch none"));
        dict.Play("touch old");
        Assert.Null(dict.Model.ByUse().Last().TimeToLive);
    }
}
