using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class GapListTests
{
    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 200)]
    [InlineData(3, 2_000)]
    public void RandomChanges_MatchASearchInOrder(int seed, int gaps)
    {
        Random random = new(seed);
        GapList list = new();
        List<(int Owner, long Bytes)> expected = [];
        for (int i = 0; i < 40_000; i++)
        {
            string when = $"seed {seed}, change {i}";
            long bytes = random.Next(1, 100) * 8;
            switch (random.Next(100))
            {
                case 0 when random.Next(20) == 0:
                    list.Clear();
                    expected.Clear();
                    break;
                case < 25 when expected.Count < gaps:
                    list.AddFirst(i, bytes);
                    expected.Insert(0, (i, bytes));
                    break;
                case < 50 when expected.Count < gaps:
                    list.AddLast(i, bytes);
                    expected.Add((i, bytes));
                    break;
                case < 75 when expected.Count > 0:
                    Assert.True(Taken(expected, bytes) == list.TakeEarly(bytes), when);
                    break;
                default:
                    long most = expected.Select(gap => gap.Bytes).DefaultIfEmpty().Max();
                    Assert.True(most == list.Most, when);
                    Assert.True(Taken(expected, bytes) == list.Take(bytes, out _), when);
                    break;
            }

            Assert.True(expected.Count == list.Count, when);
        }
    }

    private static int Taken(List<(int Owner, long Bytes)> gaps, long bytes)
    {
        int at = gaps.FindIndex(gap => UohRules.Fits(gap.Bytes, bytes));
        int owner = at < 0 ? -1 : gaps[at].Owner;
        if (at >= 0)
            gaps.RemoveAt(at);
        return owner;
    }
}
