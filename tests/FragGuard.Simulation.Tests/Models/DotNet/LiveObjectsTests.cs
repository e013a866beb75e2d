using System.Collections.Generic;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class LiveObjectsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1_000)]
    [InlineData(4, 1L << 40)]
    [InlineData(5, -7)]
    public void RandomChanges_MatchADictionary(ulong seed, long step)
    {
        SeededRandom random = new(seed);
        LiveObjects objects = new();
        Dictionary<long, int> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            long id = unchecked(random.Next(0, 20 + (i / 10)) * step);
            switch (random.Next(0, 2))
            {
                case 0:
                    objects.Set(id, i);
                    expected[id] = i;
                    break;
                case 1:
                    Assert.Equal(expected.Remove(id, out int number) ? number : LiveObjects.None, objects.Remove(id));
                    break;
                default:
                    Assert.Equal(expected.GetValueOrDefault(id, LiveObjects.None), objects.NumberOf(id));
                    break;
            }
        }

        Assert.All(expected, pair => Assert.Equal(pair.Value, objects.NumberOf(pair.Key)));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(1L << 32)]
    public void EveryNumber_IsAnId(long id)
    {
        LiveObjects objects = new();
        for (int i = 0; i < 1_000; i++)
            objects.Set(i, i);
        Assert.Equal(LiveObjects.None, objects.NumberOf(id));
        Assert.Equal(LiveObjects.None, objects.Remove(id));

        objects.Set(id, 7);

        Assert.Equal(7, objects.NumberOf(id));
        Assert.Equal(0, objects.NumberOf(0));
        Assert.Equal(7, objects.Remove(id));
        Assert.Equal(LiveObjects.None, objects.NumberOf(id));
    }
}
