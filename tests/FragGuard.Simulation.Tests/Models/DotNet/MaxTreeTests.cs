using System;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class MaxTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(300)]
    public void Tree_FindsWhatASearchOfTheRowFinds(int numbers)
    {
        const int Seed = 7;
        Random random = new(Seed);
        MaxTree tree = new(numbers);
        long[] row = new long[tree.Capacity];
        for (int i = 0; i < 2_000; i++)
        {
            int position = random.Next(row.Length);
            long number = random.Next(4) == 0 ? 0 : random.Next(1, 50);
            if (number >= row[position])
                tree.Raise(position, number);
            else
                tree.Lower(position, number);
            row[position] = number;

            int from = random.Next(row.Length + 1);
            long least = random.Next(1, 55);
            string when = $"seed {Seed}, change {i}, from {from}, at least {least}";
            int expected = from == row.Length ? -1 : Array.FindIndex(row, from, next => next >= least);
            Assert.True(expected == tree.First(from, least), when);
            int first = Array.FindIndex(row, next => next >= least);
            Assert.True(first >= 0 == tree.Most >= least, when);
            if (first >= 0)
                Assert.True(first == tree.First(least), when);
        }
    }

    [Fact]
    public void ClearedTree_HoldsNothing()
    {
        MaxTree tree = new(100);
        for (int i = 10; i < 90; i++)
            tree.Put(i, i);
        tree.Build(10, 90);
        Assert.Equal((89, 50), (tree.Most, tree.First(50)));

        tree.Clear(10, 90);

        Assert.Equal((0, -1), (tree.Most, tree.First(0, 1)));
    }
}
