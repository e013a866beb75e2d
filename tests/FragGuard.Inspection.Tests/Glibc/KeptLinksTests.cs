using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class KeptLinksTests
{
    private const int Blocks = 100;

    [Fact]
    public void BlocksOfSeveralThreads_AreEachWhatWasKept()
    {
        ChunkLink[][] links = [.. Enumerable.Range(0, Blocks).Select(Links)];
        KeptLinks kept = new(Blocks, int.MaxValue);

        Parallel.For(0, Blocks, block =>
        {
            if (block % 7 != 0)
                kept.Keep(block, links[block]);
        });

        for (int block = 0; block < Blocks; block++)
        {
            Assert.Equal(block % 7 != 0, kept.Has(block));
            Assert.Equal(block % 7 == 0 ? [] : links[block], kept.Of(block).ToArray());
        }

        Assert.Equal(Enumerable.Range(0, Blocks).Count(block => block % 7 != 0), kept.Blocks);
        Assert.True(kept.HasRoom);
    }

    [Fact]
    public void LinksBeyondTheRoom_AreNotKept()
    {
        ChunkLink[] links = [.. Links(3).Take(1000)];
        KeptLinks kept = new(Blocks, 1500);

        kept.Keep(3, links);
        Assert.True(kept.HasRoom);
        kept.Keep(4, links);
        Assert.False(kept.HasRoom);
        kept.Keep(5, links);

        Assert.Equal(links, kept.Of(3).ToArray());
        Assert.Equal(links[..500], kept.Of(4).ToArray());
        Assert.True(kept.Has(5));
        Assert.True(kept.Of(5).IsEmpty);
    }

    private static ChunkLink[] Links(int block) =>
    [
        .. Enumerable.Range(0, new Random(block).Next(HeapIndex.UnitsOfABlock))
            .Select(unit => new ChunkLink((ushort)unit, 2, (uint)((block * 100_000) + unit))),
    ];
}
