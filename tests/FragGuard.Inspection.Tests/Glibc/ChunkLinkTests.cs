using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class ChunkLinkTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryUnit_IsFoundWhereItIsAndNowhereElse()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            int most = HeapIndex.UnitsOfABlock >> random.Next(15);
            int first = random.Next(HeapIndex.UnitsOfABlock - most + 1);
            double share = random.NextDouble();
            List<ChunkLink> links = [];
            for (int unit = first; unit < first + most; unit++)
            {
                if (random.NextDouble() < share)
                    links.Add(new ChunkLink((ushort)unit, 2, (uint)unit));
            }

            Dictionary<int, int> places = links.Index().ToDictionary(each => (int)each.Item.Unit, each => each.Index);
            ChunkLink[] all = [.. links];
            for (int unit = 0; unit < HeapIndex.UnitsOfABlock; unit++)
                Assert.Equal(places.GetValueOrDefault(unit, -1), ChunkLink.Find(all, unit));
        }
    }
}
