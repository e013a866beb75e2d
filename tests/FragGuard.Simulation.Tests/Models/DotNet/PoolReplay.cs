using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>Rents that a real pool and its model both play.</summary>
internal static class PoolReplay
{
    /// <summary>Bursts of rents and of returns, so that a pool fills and empties.</summary>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="outstanding">Most arrays that are out at a time.</param>
    /// <param name="maxBytes">Longest array asked for.</param>
    /// <param name="operations">Number of rents and returns.</param>
    public static AllocationTrace Rents(ulong seed, int outstanding, long maxBytes, int operations = 20_000)
    {
        SeededRandom random = new(seed);
        List<AllocationEvent> events = [];
        List<long> live = [];
        bool renting = true;
        for (int i = 0; i < operations; i++)
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

    /// <summary>Rents of the trace, and how many of them got another array, or one of another length, than in the runtime.</summary>
    /// <param name="lines">What the runtime did, one line per rent or return: a word, the array's number, its length.</param>
    public static (long Compared, long Differences) Compare(
        ArrayPoolModel model, IEnumerable<AllocationEvent> events, IReadOnlyList<string[]> lines)
    {
        long compared = 0;
        long differences = 0;
        int line = 0;
        foreach (AllocationEvent next in events)
        {
            model.Apply(next);
            if (next.Kind is not (AllocationEventKind.Allocate or AllocationEventKind.Free))
                continue;
            string[] real = lines[line++];
            if (next.Kind != AllocationEventKind.Allocate)
                continue;
            compared++;
            if (model.RentedBy(next.Id) != (RuntimeReplay.Number(real[1]), RuntimeReplay.Number(real[2])))
                differences++;
        }

        Assert.Equal(lines.Count, line);
        return (compared, differences);
    }

    public static ArrayPoolModel Create(string name, params (string Key, string Value)[] settings) =>
        (ArrayPoolModel)AllocatorModels.Create(
            name, settings.Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value)));
}
