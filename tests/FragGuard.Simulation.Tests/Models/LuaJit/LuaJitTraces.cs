using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

/// <summary>Random operations on numbered blocks, in phases that fill the heap and phases that empty it.</summary>
internal static class LuaJitTraces
{
    private const int Blocks = 4_000;
    private const int PhaseOperations = 15_000;

    /// <returns>Block and bytes; none frees a live block, others allocate a dead one or resize a live one.</returns>
    public static IReadOnlyList<(int Block, long Bytes)> Random(ulong seed, int count)
    {
        SeededRandom random = new(seed);
        List<(int Block, long Bytes)> operations = new(count);
        bool[] isLive = new bool[Blocks];
        for (int i = 0; i < count; i++)
        {
            bool isFilling = i / PhaseOperations % 2 == 0;
            int block = (int)random.Next(0, Blocks - 1);
            for (int tries = 0; isLive[block] == isFilling && tries < 3; tries++)
                block = (int)random.Next(0, Blocks - 1);
            bool frees = isLive[block] && random.Next(1, 10) > (isFilling ? 6 : 2);
            operations.Add((block, frees ? 0 : Bytes(random)));
            isLive[block] = !frees;
        }

        return operations;
    }

    public static IEnumerable<AllocationEvent> Events(IEnumerable<(int Block, long Bytes)> operations)
    {
        HashSet<int> live = [];
        foreach ((int block, long bytes) in operations)
        {
            AllocationEventKind kind = bytes == 0 ? AllocationEventKind.Free
                : live.Contains(block) ? AllocationEventKind.Reallocate : AllocationEventKind.Allocate;
            if (kind == AllocationEventKind.Free)
                live.Remove(block);
            else
                live.Add(block);
            yield return new AllocationEvent(kind, block, bytes);
        }
    }

    private static long Bytes(SeededRandom random) => random.Next(1, 100) switch
    {
        <= 60 => random.Next(1, 260),
        <= 85 => random.Next(200, 5_000),
        <= 96 => random.Next(4_000, 60_000),
        <= 99 => random.Next(60_000, 132_000),
        _ => random.Next(130_000, 900_000),
    };
}
