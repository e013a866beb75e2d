using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.LuaJit;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

public sealed class KernelPlacementTests
{
    private const long Page = 4_096;
    private const long End = 1L << 46;

    [Fact]
    public void Down_GoesBelowTheLastMappingAndIntoTheHighestGap()
    {
        KernelPlacement places = new(KernelPlacement.Direction.Down);
        long[] at = [.. Enumerable.Range(0, 4).Select(_ => places.Map(4 * Page))];
        Assert.Equal([End - (4 * Page), End - (8 * Page), End - (12 * Page), End - (16 * Page)], at);

        places.Unmap(at[1], 4 * Page);
        Assert.Equal(at[3] - (5 * Page), places.Map(5 * Page));
        Assert.Equal(at[1] + Page, places.Map(3 * Page));
    }

    [Fact]
    public void Down_TriesTheEndOfTheLastMappingFirst()
    {
        KernelPlacement places = new(KernelPlacement.Direction.Down);
        long[] at = [.. Enumerable.Range(0, 3).Select(_ => places.Map(4 * Page))];
        places.Unmap(at[0], 4 * Page);
        places.Unmap(at[1], 4 * Page);

        Assert.Equal(at[1], places.Map(2 * Page));
        Assert.Equal(at[1] + (2 * Page), places.Map(2 * Page));
    }

    [Fact]
    public void Up_FillsTheLowestGap()
    {
        KernelPlacement places = new(KernelPlacement.Direction.Up);
        long[] at = [.. Enumerable.Range(0, 3).Select(_ => places.Map(4 * Page))];
        places.Unmap(at[1], 4 * Page);

        Assert.Equal([0, 4 * Page, 8 * Page], at);
        Assert.Equal(12 * Page, places.Map(5 * Page));
        Assert.Equal(at[1], places.Map(4 * Page));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void Mappings_NeverOverlap(int direction, ulong seed)
    {
        SeededRandom random = new(seed);
        KernelPlacement places = new((KernelPlacement.Direction)direction);
        List<(long Start, long Bytes)> live = [];
        for (int i = 0; i < 3_000; i++)
        {
            long bytes = random.Next(1, 40) * Page;
            int chosen = (int)random.Next(0, live.Count);
            if (chosen == live.Count)
            {
                live.Add((places.Map(bytes), bytes));
            }
            else if (random.Next(0, 1) == 0)
            {
                places.Unmap(live[chosen].Start, live[chosen].Bytes);
                live.RemoveAt(chosen);
            }
            else
            {
                long moved = places.Remap(live[chosen].Start, live[chosen].Bytes, bytes, mayMove: random.Next(0, 1) == 0);
                if (moved >= 0)
                    live[chosen] = (moved, bytes);
            }

            long end = 0;
            foreach ((long start, long length) in live.OrderBy(mapping => mapping.Start))
            {
                Assert.True(start >= end && start + length <= End, $"seed {seed}, step {i}: a mapping at {start}");
                end = start + length;
            }
        }
    }
}
