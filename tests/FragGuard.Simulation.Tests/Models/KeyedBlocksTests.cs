using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
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
    public void Entries_AnswerLikeACacheWithoutLimit(string operations, string answers) =>
        Assert.Equal(answers, string.Join(", ", Play(operations).Answers));

    [Fact]
    public void EntryAndBlockOfOneName_AreTwoBlocks()
    {
        SimulationResult result = Play("alloc a 10, set a 20, free a").Result;

        Assert.Equal(20, result.Metrics.LiveRequestedBytes);
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
