using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Simulation.Tests.Models.Nginx;

public sealed class LuaDictListTests
{
    [Theory]
    [InlineData("lpush a 8", EventAnswer.Ok)]
    [InlineData("rpush none 8", EventAnswer.Ok)]
    [InlineData("lpop a", EventAnswer.Ok)]
    [InlineData("rpop none", EventAnswer.NotFound)]
    [InlineData("llen a", EventAnswer.Hit)]
    [InlineData("llen none", EventAnswer.NotFound)]
    [InlineData("lpush text 8", EventAnswer.NotAList)]
    [InlineData("rpop text", EventAnswer.NotAList)]
    [InlineData("llen text", EventAnswer.NotAList)]
    [InlineData("get a", EventAnswer.IsAList)]
    [InlineData("incr a", EventAnswer.NotANumber)]
    [InlineData("incr a init", EventAnswer.NotANumber)]
    [InlineData("add a 8", EventAnswer.Exists)]
    [InlineData("replace a 8", EventAnswer.Ok)]
    [InlineData("touch a", EventAnswer.Ok)]
    public void Answer_IsThatOfTheRealCall(string operation, EventAnswer answer)
    {
        SharedDict dict = new("1m");
        dict.Play("rpush a 1", "set text 9");

        Assert.Equal(answer, dict.Answer(operation));
    }

    [Theory]
    [InlineData("0.10.6", 76 + 4 + 16)]
    [InlineData("0.10.7", 88)]
    public void List_IsAHeaderInWholeWordsAndABlockForEachElement(string version, long headerBytes)
    {
        SharedDict dict = new("1m", version);
        dict.Play("rpush key1 11");

        Assert.Equal(headerBytes + 21 + 11, dict.Model.Counters.LiveRequestedBytes);
        Assert.Equal(128 + 32, dict.Model.Counters.GrantedBytes);
    }

    [Fact]
    public void Elements_KeepTheirOrder()
    {
        SharedDict dict = new("1m");
        dict.Play("rpush a 1", "rpush a 2", "lpush a 3", "lpush a 4", "rpush a 5", "lpop a", "rpop a");

        Assert.Equal([3u, 1u, 2u], dict.Model.ByUse().Single().Elements!.Select(element => element.ValueBytes));
        Assert.Equal(3, dict.Model.LengthOf(dict.Model.ByUse().Single().Key));
    }

    [Fact]
    public void LastPop_RemovesTheList()
    {
        SharedDict dict = new("1m");
        dict.Play("rpush a 1", "lpop a");

        Assert.Equal((0, 0), (dict.Model.Count, dict.Model.Counters.GrantedBytes));
        Assert.Equal(EventAnswer.NotFound, dict.Answer("lpop a"));
    }

    [Theory]
    [InlineData("lpush a 1")]
    [InlineData("rpop a")]
    [InlineData("llen a")]
    [InlineData("get a")]
    [InlineData("incr a")]
    public void EveryCallThatFindsAList_MakesItTheNewest(string operation)
    {
        SharedDict dict = new("1m");
        dict.Play("rpush a 1", "rpush a 1", "set b 8", operation);

        Assert.Equal("a b", dict.Order);
    }

    [Fact]
    public void Push_NeverEvicts()
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..255} 8");

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 88), dict.Play("rpush more 8"));
        Assert.Equal(255, dict.Model.Count);
    }

    [Fact]
    public void RefusedFirstElement_TakesTheHeaderAlong()
    {
        SharedDict dict = new("40k");

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 100_021), dict.Play("rpush a 100000"));
        Assert.Equal((0, 0), (dict.Model.Count, dict.Model.Counters.LiveRequestedBytes));
        dict.Play("rpush a 8");
        Assert.Equal(EventAnswer.NoMemory, dict.Answer("rpush a 100000"));
        Assert.Equal(EventAnswer.Hit, dict.Answer("llen a"));
    }

    [Fact]
    public void ExpiredList_IsEmptiedAndUsedAgain()
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "rpush a 1", "rpush a 2", "touch a ttl=5");
        long header = dict.Model.ByUse().First().OffsetBytes;

        dict.Play("time 6", "rpush a 3");

        LuaDictItem list = dict.Model.ByUse().First();
        Assert.Equal((header, null, 3u), (list.OffsetBytes, list.TimeToLive, list.Elements!.Single().ValueBytes));
    }

    [Fact]
    public void RefusedPushToAnExpiredList_RemovesIt()
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "rpush a 1", "touch a ttl=5", "time 6");

        Assert.Equal(EventAnswer.NoMemory, dict.Answer("rpush a 10000000"));
        Assert.Equal("guard", dict.Order);
    }

    [Fact]
    public void ExpiredValue_IsReplacedByAList()
    {
        SharedDict dict = new("1m");
        dict.Play("set guard 8", "set a 8 ttl=5", "time 6");

        Assert.Equal(EventAnswer.Ok, dict.Answer("rpush a 1"));
        Assert.Equal(EventAnswer.Hit, dict.Answer("llen a"));
    }

    [Theory]
    [InlineData("set a 0")]
    [InlineData("replace a 8")]
    [InlineData("delete a")]
    public void StoreOverAList_FreesItsElements(string operation)
    {
        SharedDict dict = new("1m");
        dict.Play("rpush a 1", "rpush a 100", operation);

        Assert.True(dict.Model.Counters.LiveRequestedBytes <= 68 + 1 + 8);
    }

    [Fact]
    public void Eviction_FreesAListWithItsElements()
    {
        SharedDict dict = new("40k");
        dict.Play("rpush a 2000", "rpush a 2000", "safe_set {1..191} 8");

        EventOutcome outcome = dict.Play("set more 1900");

        Assert.Equal((EventAnswer.Forcible, 1), (outcome.Answer, outcome.Evicted));
        Assert.Equal(EventAnswer.NotFound, dict.Answer("llen a"));
    }

    [Theory]
    [InlineData("lpush a 1")]
    [InlineData("rpush a 1")]
    [InlineData("lpop a")]
    [InlineData("rpop a")]
    [InlineData("llen a")]
    public void VersionsBefore0106_HaveNoLists(string operation)
    {
        Assert.Equal(EventAnswer.Ignored, new SharedDict("1m", "0.10.5").Answer(operation));
        Assert.NotEqual(EventAnswer.Ignored, new SharedDict("1m", "0.10.6").Answer(operation));
    }
}
