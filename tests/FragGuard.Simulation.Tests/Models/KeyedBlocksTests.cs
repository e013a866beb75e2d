using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Tests.Models.Nginx;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>Cache entries in front of a model that knows blocks alone.</summary>
public sealed class KeyedBlocksTests
{
    [Theory]
    [InlineData("set a 100, get a, delete a, get a", "Ok, Hit, Ok, NotFound")]
    [InlineData("add a 1, add a 2, safe_add a 3, replace a 4, replace b 1", "Ok, Exists, Exists, Ok, NotFound")]
    [InlineData("set a 8, incr a, set a 9, incr a, incr b", "Ok, Ok, Ok, NotANumber, NotFound")]
    [InlineData("set a 8 ttl=5, time 4, get a, time 5, get a, add a 8", "Ok, Ignored, Hit, Ignored, NotFound, Ok")]
    [InlineData("set a 8, set b 8, flush_all, get a, get b", "Ok, Ok, Ok, NotFound, NotFound")]
    [InlineData("set a 100000, safe_set a 8, get a", "NoMemory, Ok, Hit")]
    [InlineData("set a 8, set a 100000, get a", "Ok, NoMemory, NotFound")]
    [InlineData("incr a init, incr a, get a, incr b", "Ok, Ok, Hit, NotFound")]
    [InlineData("incr a init ttl=5, time 5, incr a", "Ok, Ignored, NotFound")]
    [InlineData("set a 9 ttl=5, touch a ttl=9, time 8, get a, time 9, touch a", "Ok, Ok, Ignored, Hit, Ignored, NotFound")]
    [InlineData("set a 9 ttl=5, touch a, time 500, get a, touch b", "Ok, Ok, Ignored, Hit, NotFound")]
    [InlineData("lpush a 1, rpush a 2, llen a, rpop a, lpop a, lpop a, llen a", "Ok, Ok, Hit, Ok, Ok, NotFound, NotFound")]
    [InlineData("set a 8, lpush a 1, rpop a, llen a", "Ok, NotAList, NotAList, NotAList")]
    [InlineData("lpush a 1, get a, incr a, add a 1, set a 8, get a", "Ok, IsAList, NotANumber, Exists, Ok, Hit")]
    [InlineData("lpush a 1, touch a ttl=1, time 1, lpop a, rpush a 1, llen a", "Ok, Ok, Ignored, NotFound, Ok, Hit")]
    [InlineData("rpush a 100000, llen a, rpush a 9, rpush a 100000, llen a", "NoMemory, NotFound, Ok, NoMemory, Hit")]
    public void Entries_AnswerLikeACacheWithoutLimit(string operations, string answers) =>
        Assert.Equal(answers, string.Join(", ", Play(operations).Answers));

    [Fact]
    public void EntryAndBlockOfOneName_AreTwoBlocks()
    {
        SimulationResult result = Play("alloc a 10, set a 20, free a").Result;

        Assert.Equal(20, result.Metrics.LiveRequestedBytes);
    }

    [Theory]
    [InlineData("lpop a", 30)]
    [InlineData("rpop a", 40)]
    [InlineData("delete a", 0)]
    [InlineData("set a 80", 80)]
    [InlineData("flush_all", 0)]
    [InlineData("touch a ttl=1, time 1, get a", 0)]
    public void EachElement_IsOneBlock(string operations, long liveBytes)
    {
        SimulationResult result = Play($"rpush a 10, rpush a 20, lpush a 30, lpush a 10, lpop a, {operations}").Result;

        Assert.Equal(liveBytes, result.Metrics.LiveRequestedBytes);
    }

    [Fact]
    public void RefusedEntries_LeaveNothingBehind()
    {
        NginxSlabModel blocks = new(new SlabPool(new SlabGeometry(64 << 10, 4_096)));
        KeyedBlocks model = new(blocks);
        for (long key = 0; key < 100_000; key++)
            Assert.Equal(
                EventAnswer.NoMemory, model.Apply(new AllocationEvent(AllocationEventKind.Set, key, 1 << 20)).Answer);

        Assert.Equal(1, blocks.KnownBlocks);
        Assert.Equal(0, model.Counters.LiveRequestedBytes);
    }

    [Fact]
    public void SteadyState_AllocatesNothing()
    {
        KeyedBlocks model = new(new NginxSlabModel(new SlabPool(new SlabGeometry(1 << 20, 4_096))));
        AllocationEvent[] events =
        [
            .. LuaDictTraces.RandomWithLists(5, 20_000, 500).Events, new AllocationEvent(AllocationEventKind.FlushAll, 0),
        ];

        Assert.Equal(0, SteadyState.AllocatedBytes(model, events));
    }

    [Fact]
    public void FlushExpired_FreesTheEntryStoredLongestAgoFirst()
    {
        SimulationResult result = Play(
            "set a 10 ttl=1, set b 20 ttl=1, set c 40, delete a, set d 80 ttl=1, set b 160 ttl=1, time 1, flush_expired 1").Result;

        Assert.Equal(
            [40L, 160L],
            result.FinalLayout.Extents.Where(extent => extent.Use == ExtentUse.Used)
                .Select(extent => extent.RequestedBytes).Order());
    }

    private static (SimulationResult Result, List<EventAnswer> Answers) Play(string operations)
    {
        List<EventAnswer> answers = [];
        SimulationResult result = Simulator.Run(
            WorkloadReader.Read(operations.Split(", ")),
            "nginx-slab",
            [new("zone", "64k")],
            (long _, in AllocationEvent _, EventOutcome outcome, in HeapCounters _) => answers.Add(outcome.Answer));
        return (result, answers);
    }
}
