using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the pool of the runtime that runs this test, on one thread of a child process.</summary>
public sealed class SharedArrayPoolLiveTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 20, 100_000)]
    [InlineData(2, 400, 5_000)]
    [InlineData(3, 400, 300)]
    public void RandomRents_GetTheSameArrays(ulong seed, int outstanding, long maxBytes)
    {
        AllocationTrace trace = Rents(seed, outstanding, maxBytes);
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("arraypool", trace, RuntimeReplay.Defaults);
        IAllocatorModel pool = AllocatorModels.Create("dotnet-arraypool-shared",
            [new("cores", System.Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        Dictionary<long, long> numbers = [];
        int compared = 0;
        foreach ((AllocationEvent played, string[] line) in trace.Events.Zip(lines))
        {
            EventOutcome outcome = pool.Apply(played);
            if (played.Kind != AllocationEventKind.Allocate)
                continue;
            numbers.TryAdd(outcome.OffsetBytes, numbers.Count);
            Assert.Equal(RuntimeReplay.Number(line[1]), numbers[outcome.OffsetBytes]);
            compared++;
        }

        FidelityResults.Exact(
            output, "dotnet-arraypool-shared", $"random rents up to {maxBytes} bytes, one thread, seed {seed}",
            RuntimeInformation.FrameworkDescription, compared, "rents: which array", 0);
    }

    /// <summary>Bursts of rents and of returns, so that stacks fill and empty.</summary>
    private static AllocationTrace Rents(ulong seed, int outstanding, long maxBytes)
    {
        SeededRandom random = new(seed);
        List<AllocationEvent> events = [];
        List<long> live = [];
        bool renting = true;
        for (int i = 0; i < 20_000; i++)
        {
            if (random.Next(0, outstanding) == 0)
                renting = !renting;
            if (live.Count == 0 || (renting && live.Count < outstanding))
            {
                live.Add(i);
                events.Add(new AllocationEvent(AllocationEventKind.Allocate, i, random.Next(1, maxBytes)));
            }
            else
            {
                int victim = (int)random.Next(0, live.Count - 1);
                events.Add(new AllocationEvent(AllocationEventKind.Free, live[victim]));
                live.RemoveAt(victim);
            }
        }

        return new AllocationTrace(events);
    }
}
