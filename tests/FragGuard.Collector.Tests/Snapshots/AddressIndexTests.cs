using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Snapshots;

namespace FragGuard.Collector.Tests.Snapshots;

public sealed class AddressIndexTests
{
    [Fact]
    public void EveryObject_IsFoundAndNothingElse()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 100; round++)
        {
            // Regions come in any order; objects in a region at rising addresses, some far apart.
            ulong[] regions = [.. Enumerable.Range(1, 1 + random.Next(8)).Select(i => (ulong)i << 22)];
            random.Shuffle(regions);
            ChunkedList<HeapObject> objects = new();
            foreach (ulong region in regions)
            {
                ulong address = region + (ulong)random.Next(100);
                for (int i = random.Next(200); i > 0 && address < region + (1 << 22); i--)
                {
                    objects.Add(new HeapObject(address, 24, 0, 0));
                    address += (ulong)(random.Next(20) == 0 ? random.Next(1 << 20) : 24 + random.Next(64));
                }
            }

            AddressIndex index = new(objects);
            HashSet<ulong> known = [];
            for (int number = 0; number < objects.Count; number++)
            {
                known.Add(objects[number].Address);
                Assert.True(number == index.Find(objects[number].Address), $"seed {seed}, round {round}");
            }

            for (int i = 0; i < 1_000; i++)
            {
                ulong elsewhere = (ulong)random.NextInt64(10L << 22);
                if (!known.Contains(elsewhere))
                    Assert.True(index.Find(elsewhere) == -1, $"seed {seed}, round {round}");
            }
        }
    }

    [Fact]
    public void NoObjects_AreNoRuns() => Assert.Equal(-1, new AddressIndex(new ChunkedList<HeapObject>()).Find(0));

    [Fact]
    public void AddressesAtBothEndsOfTheSpace_AreNoTrouble()
    {
        ChunkedList<HeapObject> objects = new();
        foreach (ulong address in (ulong[])[ulong.MaxValue, 0, 1, ulong.MaxValue - 1])
            objects.Add(new HeapObject(address, long.MaxValue, 0, int.MaxValue));

        AddressIndex index = new(objects);

        Assert.Equal(0, index.Find(ulong.MaxValue));
        Assert.Equal(1, index.Find(0));
    }
}
