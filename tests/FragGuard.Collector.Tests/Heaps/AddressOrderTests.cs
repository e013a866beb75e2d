using System;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class AddressOrderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Addresses_ComeInOrder_EqualOnesAsTheyWere(int longestStretch)
    {
        Random random = Seeded();
        AddressOrder order = new();
        for (int round = 0; round < 100; round++)
        {
            ulong[] addresses = Stretches(random, random.Next(300), longestStretch);
            order.Clear(addresses.Length);
            foreach (ulong address in addresses)
                order.Add(address);
            order.Sort();

            int[] expected = [.. Enumerable.Range(0, addresses.Length).OrderBy(i => addresses[i])];
            Assert.Equal(expected, order.Places.ToArray());
            Assert.Equal(expected.Select(i => addresses[i]), order.Addresses.ToArray());
        }
    }

    [Fact]
    public void RegionsThatOverlap_GiveWayToTheFirst_EmptyOnesToWhatBeginsThere()
    {
        GenerationExtent[] listed =
        [
            new(2, 0x5000, 10, 0x1000), new(0, 0x1000, 0, 0), new(1, 0x1000, 10, 0x2000), new(1, 0x2000, 10, 0x2000),
            new(9, 0x4000, 10, 0x1000), new(3, 0x1000, 10, 0x1000), new(4, 0x3000, 10, 0x1000),
        ];

        Assert.Equal([listed[5], listed[3], listed[0]], new RegionOrder().Of(listed).ToArray());
    }

    private static ulong[] Stretches(Random random, int count, int longest)
    {
        ulong[] addresses = new ulong[count];
        ulong at = 0;
        int left = 0;
        for (int i = 0; i < count; i++)
        {
            if (left-- == 0)
            {
                at = (ulong)random.Next(2_000);
                left = random.Next(longest);
            }

            addresses[i] = at += (ulong)random.Next(3);
        }

        return addresses;
    }

    private Random Seeded()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
