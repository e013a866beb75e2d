using System;
using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

/// <summary>Random operations on numbered blocks, in phases that fill the heap and phases that empty it.</summary>
internal static class LuaJitTraces
{
    private const int Blocks = 4_000;
    private const int PhaseOperations = 15_000;

    /// <summary>What a trace is made of.</summary>
    internal enum Mix
    {
        /// <summary>Blocks of any size, in any order.</summary>
        Mixed,

        /// <summary>Blocks of up to 120 bytes, so that segments are filled to their last bytes.</summary>
        Small,

        /// <summary>Larger blocks that die in the reverse order of their birth, so that top grows and is trimmed.</summary>
        Stacked,
    }

    public static IReadOnlyList<(int Block, long Bytes)> Draw(Mix mix, ulong seed, int count) => mix switch
    {
        Mix.Mixed => Random(seed, count, Blocks, Bytes),
        Mix.Small => Random(seed, count, Blocks * 4, random => random.Next(1, 120)),
        _ => Stacked(seed, count),
    };

    /// <returns>Block and bytes; none frees a live block, others allocate a dead one or resize a live one.</returns>
    private static IReadOnlyList<(int Block, long Bytes)> Random(
        ulong seed, int count, int blocks, Func<SeededRandom, long> bytesOf)
    {
        SeededRandom random = new(seed);
        List<(int Block, long Bytes)> operations = new(count);
        bool[] isLive = new bool[blocks];
        for (int i = 0; i < count; i++)
        {
            bool isFilling = i / PhaseOperations % 2 == 0;
            int block = (int)random.Next(0, blocks - 1);
            for (int tries = 0; isLive[block] == isFilling && tries < 3; tries++)
                block = (int)random.Next(0, blocks - 1);
            bool frees = isLive[block] && random.Next(1, 10) > (isFilling ? 6 : 2);
            operations.Add((block, frees ? 0 : bytesOf(random)));
            isLive[block] = !frees;
        }

        return operations;
    }

    private static List<(int Block, long Bytes)> Stacked(ulong seed, int count)
    {
        SeededRandom random = new(seed);
        List<(int Block, long Bytes)> operations = new(count);
        int live = 0;
        bool isFilling = true;
        while (operations.Count < count)
        {
            if (random.Next(0, 200) == 0 || live is 0 or Blocks - 1)
                isFilling = !isFilling || live == 0;
            bool grows = random.Next(1, 10) <= (isFilling ? 9 : 1);
            if (live == 0 || (grows && live < Blocks - 1))
                operations.Add((live++, random.Next(20, 1 << (int)random.Next(6, 17))));
            else if (random.Next(1, 5) == 1)
                operations.Add((live - 1, random.Next(20, 60_000)));
            else
                operations.Add((--live, 0));
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
