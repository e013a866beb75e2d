using System;
using System.Collections.Generic;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Tests.Feeds;

public sealed class RuntimeTypesTests(ITestOutputHelper output)
{
    [Fact]
    public void ManyNumbers_KeepTheirOwnTypes()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        RuntimeTypes<string> types = new();
        Dictionary<ulong, string> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            ulong number = 8 * (ulong)random.Next(2_000);
            Assert.Equal(expected.GetValueOrDefault(number), types.Find(number));
            if (random.Next(4) > 0)
                continue;

            expected[number] = $"{i}";
            Assert.True(types.TrySet(number, expected[number]));
        }
    }

    [Fact]
    public void TypesBeyondTheBound_AreRefused()
    {
        RuntimeTypes<string> types = new();
        for (ulong number = 1; number <= 1 << 16; number++)
            Assert.True(types.TrySet(number, "known"));

        Assert.False(types.TrySet(0, "new"));
        Assert.Null(types.Find(0));
        Assert.Equal("known", types.Find(1));
    }
}
