using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Ruby;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Ruby;

public sealed class RubyPagesTests
{
    private const ulong Seed = 3;

    /// <summary>A mapping takes the highest place that is free together with the next lower one.</summary>
    [Fact]
    public void Map_TakesTheHighestOfTwoAdjoiningFreePlaces()
    {
        SeededRandom random = new(Seed);
        RubyPages pages = new();
        SortedSet<long> mapped = [];
        for (int i = 0; i < 20_000; i++)
        {
            bool grows = random.Next(1, 20_000) > i / 2;
            if (mapped.Count == 0 || (mapped.Count < 300 && grows))
            {
                long expected = 0;
                while (mapped.Contains(expected) || mapped.Contains(expected + 1))
                    expected++;
                long place = pages.Map();
                Assert.True(expected == place, $"seed {Seed}, change {i}: place {place} instead of {expected}");
                mapped.Add(place);
            }
            else
            {
                long gone = mapped.ElementAt((int)random.Next(0, mapped.Count - 1));
                mapped.Remove(gone);
                pages.Unmap(gone);
            }
        }
    }

    [Fact]
    public void Number_OfARemovedPageIsUsedAgain()
    {
        RubyPages pages = new();
        int[] numbers = [pages.Add(), pages.Add(), pages.Add()];
        pages.Remove(numbers[0]);
        pages.Remove(numbers[2]);

        Assert.Equal([numbers[2], numbers[0], 3], [pages.Add(), pages.Add(), pages.Add()]);
        Assert.Equal(4, pages.Count);
    }
}
