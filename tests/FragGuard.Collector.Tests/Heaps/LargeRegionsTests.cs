using System;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class LargeRegionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Address_IsHeldByARegion_OrLiesInTheStretchBetweenTwo()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            GenerationExtent[] regions =
            [
                .. Enumerable.Range(1, 50).Where(_ => random.Next(2) == 0)
                    .Select(i => new GenerationExtent(random.Next(2, 4), (ulong)i * 100, 10, (ulong)random.Next(10, 101))),
            ];
            random.Shuffle(regions);
            GenerationExtent[] large = [.. regions.Where(one => one.Generation == GenerationExtent.LargeObjects)];
            LargeRegions looked = new(regions);
            for (ulong address = 0; address < 6_000; address += 7)
            {
                bool isHeld = looked.Hold(address, out ulong start, out ulong end);

                Assert.Equal(large.Any(one => one.Holds(address)), isHeld);
                if (isHeld)
                    continue;
                Assert.Equal(large.Select(one => one.Start + one.ReservedBytes).Where(one => one <= address).DefaultIfEmpty(0UL).Max(), start);
                Assert.Equal(large.Select(one => one.Start).Where(one => one > address).DefaultIfEmpty(ulong.MaxValue).Min(), end);
            }
        }
    }

    [Fact]
    public void RegionsThatCannotBe_HoldNothing()
    {
        LargeRegions looked = new([new GenerationExtent(3, 1_000, 10, ulong.MaxValue), new GenerationExtent(3, 500, 10, 100)]);

        Assert.False(looked.Hold(2_000, out ulong start, out ulong end));
        Assert.Equal((600UL, ulong.MaxValue), (start, end));
    }
}
