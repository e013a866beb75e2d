using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models;

public sealed class LiveBlocksTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4_096)]
    [InlineData(3, 1L << 40)]
    [InlineData(4, -7)]
    public void RandomChanges_MatchADictionary(ulong seed, long step)
    {
        SeededRandom random = new(seed);
        LiveBlocks<int> blocks = new();
        Dictionary<long, int> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            long id = unchecked(random.Next(0, 700) * step);
            if (random.Next(0, 1) == 0)
                Assert.Equal(expected.TryAdd(id, i), blocks.TryAdd(id, i));
            else
                Assert.Equal(
                    (expected.Remove(id, out int before), before), (blocks.Remove(id, out int removed), removed));
            Assert.Equal(expected.Count, blocks.Count);
            Assert.Equal(expected.ContainsKey(id), blocks.Contains(id));
        }

        Assert.Equal(
            expected.OrderBy(pair => pair.Key), blocks.All.OrderBy(pair => pair.Key));
        Assert.All(expected, pair => Assert.Equal(pair.Value, blocks[pair.Key]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x5A17_C3E9_4D0B_86F2)]
    [InlineData(long.MinValue)]
    public void EveryNumber_IsAnId(long id)
    {
        LiveBlocks<int> blocks = new();
        for (int i = 1; i < 100; i++)
            blocks.Set(i, i);
        Assert.False(blocks.Contains(id));
        Assert.False(blocks.Remove(id, out _));
        Assert.True(blocks.TryAdd(id, 7));
        Assert.False(blocks.TryAdd(id, 8));
        for (int i = 100; i < 200; i++)
            blocks.Set(i, i);
        Assert.Equal((7, 200), (blocks[id], blocks.Count));
        Assert.Contains(new KeyValuePair<long, int>(id, 7), blocks.All);
        Assert.True(blocks.Remove(id, out int value));
        Assert.Equal((7, false, 199), (value, blocks.Contains(id), blocks.Count));
    }

    [Fact]
    public void LiveBlock_IsChangedInPlace()
    {
        LiveBlocks<int> blocks = new();
        blocks.Set(5, 1);
        blocks[5]++;
        Assert.False(blocks.TryAdd(5, 9));
        Assert.True(blocks.TryGet(5, out int value));
        Assert.Equal(2, value);
        blocks.Set(5, 9);
        Assert.Equal(9, blocks[5]);
        Assert.Throws<KeyNotFoundException>(() => { blocks[6] = 0; });
    }
}
