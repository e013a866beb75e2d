using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Nginx;

public sealed class LuaSharedDictModelTests
{
    [Theory]
    [InlineData("cats", 32)]
    [InlineData("horse", 64)]
    [InlineData("a-name-of-exactly-36-letters-and-so-f", 128)]
    public void NameOfTheZone_SettlesTheClassOfItsLogText(string name, long slotBytes)
    {
        SharedDict dict = new("40k", name: name);
        SizeClass[] cut = dict.Model.Layout().SizeClasses.Where(sizeClass => sizeClass.Pages > 0).ToArray();

        Assert.Equal(slotBytes, cut[0].SlotBytes);
        Assert.Equal(slotBytes == 128 ? 1 : 2, cut.Length);
    }

    [Fact]
    public void ZoneWithoutRoomForItsOwnRecords_IsRefused()
    {
        Assert.Throws<ModelSettingException>(() => new SharedDict("8192"));
        Assert.Equal(0, new SharedDict("8192", name: new string('a', 40)).FreeSpaceBytes);
    }

    [Theory]
    [InlineData("set key1 56", 128)]
    [InlineData("set key1 57", 256)]
    [InlineData("set key1 1976", 2_048)]
    [InlineData("set key1 1977", 4_096)]
    [InlineData("set key1 4024", 4_096)]
    [InlineData("set key1 4025", 8_192)]
    public void Entry_IsNodeKeyAndValueInOneBlock(string store, long grantedBytes)
    {
        SharedDict dict = new("1m");
        dict.Play(store);

        Assert.Equal(grantedBytes, dict.Model.Counters.GrantedBytes);
    }

    [Theory]
    [InlineData("0.10.6", 128 - 76 - 4)]
    [InlineData("0.10.7", 128 - 68 - 4)]
    public void NodesOfOlderVersions_AreEightBytesLonger(string version, long largest)
    {
        SharedDict dict = new("1m", version);
        dict.Play($"set key1 {largest}");
        Assert.Equal((128, 128), (dict.Model.Counters.LiveRequestedBytes, dict.Model.Counters.GrantedBytes));

        dict.Play($"set key1 {largest + 1}");
        Assert.Equal((129, 256), (dict.Model.Counters.LiveRequestedBytes, dict.Model.Counters.GrantedBytes));
    }

    [Theory]
    [InlineData("0.9.20")]
    [InlineData("new")]
    [InlineData("")]
    public void UnknownVersion_IsRefused(string version) =>
        Assert.Throws<ModelSettingException>(() => new SharedDict("1m", version));

    [Theory]
    [InlineData("add a 8", EventAnswer.Exists)]
    [InlineData("safe_add a 8", EventAnswer.Exists)]
    [InlineData("add b 8", EventAnswer.Ok)]
    [InlineData("replace a 9", EventAnswer.Ok)]
    [InlineData("replace b 9", EventAnswer.NotFound)]
    [InlineData("get a", EventAnswer.Hit)]
    [InlineData("get b", EventAnswer.NotFound)]
    [InlineData("incr a", EventAnswer.Ok)]
    [InlineData("incr text", EventAnswer.NotANumber)]
    [InlineData("incr b", EventAnswer.NotFound)]
    [InlineData("delete a", EventAnswer.Ok)]
    [InlineData("delete b", EventAnswer.Ok)]
    [InlineData("flush_all", EventAnswer.Ok)]
    [InlineData("flush_expired", EventAnswer.Ok)]
    [InlineData("alloc a 8", EventAnswer.Ignored)]
    public void Answer_IsThatOfTheRealCall(string operation, EventAnswer answer)
    {
        SharedDict dict = new("1m");
        dict.Play("set a 8", "set text 9");

        Assert.Equal(answer, dict.Answer(operation));
    }

    [Fact]
    public void ValueOfTheSameLength_IsOverwrittenInPlace()
    {
        SharedDict dict = new("1m");
        dict.Play("set lower 100");
        long placed = dict.Play("set a 100").OffsetBytes;

        Assert.Equal(placed, dict.Play("delete lower", "set a 100").OffsetBytes);
        Assert.Equal(placed - 256, dict.Play("set a 101").OffsetBytes);
    }

    [Fact]
    public void ValueOfAnotherLength_FreesTheOldEntryFirst()
    {
        SharedDict dict = new("1m");
        long placed = dict.Play("set a 100").OffsetBytes;

        Assert.Equal(placed, dict.Play("set a 101").OffsetBytes);
    }

    [Theory]
    [InlineData("safe_set")]
    [InlineData("safe_add")]
    public void SafeStore_NeverEvicts(string operation)
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..255} 8");

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, RefusedBytes: 68 + 4 + 8), dict.Play($"{operation} more 8"));
        Assert.Equal(255, dict.Model.Count);
    }

    [Fact]
    public void RefusedSafeSet_HasLostTheOldValue()
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..255} 8");

        Assert.Equal(EventAnswer.NoMemory, dict.Answer("safe_set 7 200"));
        Assert.Equal(EventAnswer.NotFound, dict.Answer("get 7"));
    }

    [Theory]
    [InlineData("set more 8")]
    [InlineData("add more 8")]
    public void StoreIntoAFullZone_EvictsTheLeastRecentlyUsed(string store)
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..255} 8", "get 1");

        EventOutcome outcome = dict.Play(store);

        Assert.Equal((EventAnswer.Forcible, 1), (outcome.Answer, outcome.Evicted));
        Assert.Equal(EventAnswer.NotFound, dict.Answer("get 2"));
        Assert.Equal(EventAnswer.Hit, dict.Answer("get 1"));
    }

    [Fact]
    public void Eviction_GoesByAgeAndGivesUpAfterThirtyEntries()
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..255} 8");

        EventOutcome outcome = dict.Play("set large 200");

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, Evicted: 30, RefusedBytes: 68 + 5 + 200), outcome);
        Assert.Equal(225, dict.Model.Count);
        // The zone's own record shares the page of the 31 oldest, so the page of the next 32 is the first to come free.
        Assert.Equal(EventAnswer.NoMemory, dict.Answer("set large 200"));
        EventOutcome third = dict.Play("set large 200");
        Assert.Equal((EventAnswer.Forcible, 3), (third.Answer, third.Evicted));
    }

    [Fact]
    public void ValueLargerThanTheZone_EvictsEverythingInVain()
    {
        SharedDict dict = new("40k");
        dict.Play("safe_set {1..20} 8");

        Assert.Equal(new EventOutcome(EventAnswer.NoMemory, Evicted: 20, RefusedBytes: 68 + 5 + 100_000), dict.Play("set large 100000"));
        Assert.Equal(0, dict.Model.Count);
    }

    [Fact]
    public void FlushAll_FreesThreeEntriesAtOnceAndTheRestLazily()
    {
        SharedDict dict = new("1m");
        dict.Play("set {1..10} 8", "flush_all");
        Assert.Equal(7, dict.Model.Count);

        Assert.Equal(EventAnswer.NotFound, dict.Answer("get 10"));
        Assert.Equal(5, dict.Model.Count);
    }

    [Fact]
    public void LongestKey_IsStored()
    {
        SharedDict dict = new("1m");
        AllocationEvent store = new(AllocationEventKind.Set, 1, 8, KeyBytes: 65_535);

        Assert.Equal(EventAnswer.Ok, dict.Model.Apply(store).Answer);
        Assert.Throws<TraceException>(() => dict.Model.Apply(store with { KeyBytes = 65_536 }));
        Assert.Throws<TraceException>(() => dict.Model.Apply(store with { Bytes = -1 }));
        Assert.Equal(EventAnswer.NoMemory, dict.Model.Apply(store with { Bytes = uint.MaxValue }).Answer);
        Assert.Throws<TraceException>(() => dict.Model.Apply(store with { Bytes = uint.MaxValue + 1L }));
    }

    [Fact]
    public void SteadyState_AllocatesNothing()
    {
        AllocationEvent[] events = LuaDictTraces.RandomWithLists(3, 20_000, 300).Events.ToArray();

        Assert.Equal(0, SteadyState.AllocatedBytes(new SharedDict("100k").Model, events));
    }

    [Fact]
    public void RecordsOfTheZone_AreMetadata()
    {
        SharedDict dict = new("40k");
        IReadOnlyList<LayoutExtent> extents = dict.Model.Layout().Extents;

        Assert.DoesNotContain(extents, extent => extent.Use == ExtentUse.Used);
        Assert.Equal(0, dict.Model.Counters.GrantedBytes);
    }
}
