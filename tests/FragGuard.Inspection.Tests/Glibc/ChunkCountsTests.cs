using System.Linq;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class ChunkCountsTests
{
    private static readonly ChunkCounts TwoUsed = new(2, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    [Fact]
    public void CachedChunk_IsNoUsedOne() =>
        Assert.Equal(
            new ChunkCounts(1, 64, 0, 0, 1, 64, 0, 0, 0, 0, 0), TwoUsed.WithCached(Tally(new CachedChunk(0x1000, 64, ChunkUse.FastBin))));

    [Fact]
    public void NoCachedChunk_ChangesNothing() => Assert.Equal(TwoUsed, TwoUsed.WithCached(default));

    [Fact]
    public void CachedChunksHiddenInUsedOnes_LeaveOneForTheRest()
    {
        CachedChunk[] three = [.. Enumerable.Range(0, 3).Select(i => new CachedChunk(0x1000 + ((ulong)i * 32), 32, ChunkUse.ThreadCache))];
        CachedChunk last = new(0x1060, 32, ChunkUse.FastBin);

        Assert.Equal(new ChunkCounts(1, 32, 0, 0, 0, 0, 3, 96, 0, 0, 0), TwoUsed.WithCached(Tally(three)));
        Assert.Equal(new ChunkCounts(0, 0, 0, 0, 1, 32, 3, 96, 0, 0, 0), TwoUsed.WithCached(Tally([.. three, last])));
    }

    private static CachedTally Tally(params CachedChunk[] chunks)
    {
        CachedTally tally = default;
        foreach (CachedChunk chunk in chunks)
            tally.Add(chunk);
        return tally;
    }
}
