using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class CachedChunksTests(ITestOutputHelper output)
{
    private const ulong Start = 0x5500_0000_0000;

    [Fact]
    public void SortedChunks_AreReadInTheOrderOfTheirAddresses()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 50; round++)
        {
            CachedChunks chunks = new();
            List<CachedChunk> expected = [];
            for (int list = random.Next(0, 6); list > 0; list--)
            {
                int before = expected.Count;
                for (int i = random.Next(0, 10_000); i > 0; i--)
                {
                    CachedChunk chunk = Draw(random);
                    expected.Add(chunk);
                    chunks.Add(chunk);
                }

                if (random.Next(3) > 0)
                    continue;
                chunks.Shorten(before);
                expected.RemoveRange(before, expected.Count - before);
            }

            Assert.Equal(expected.Count, chunks.Count);
            chunks.Sort();
            CachedChunk[] sorted = [.. expected.OrderBy(chunk => chunk.Start).ThenBy(chunk => chunk.Use)];
            Assert.Equal(sorted.Select(chunk => (chunk.Start, chunk.Use)), Read(chunks, 0, ulong.MaxValue).Select(chunk => (chunk.Start, chunk.Use)));
            Assert.Equal(expected.Order(Whole), Read(chunks, 0, ulong.MaxValue).Order(Whole));
            ulong from = Start + (ulong)random.Next(1 << 20);
            ulong end = Start + (ulong)random.Next(1 << 20);
            Assert.Equal(
                sorted.Where(chunk => chunk.Start >= from).TakeWhile(chunk => chunk.Start < end).Select(chunk => (chunk.Start, chunk.Use)),
                Read(chunks, from, end).Select(chunk => (chunk.Start, chunk.Use)));
        }
    }

    /// <summary>As the lists are followed: those of fastbins before those of caches.</summary>
    [Fact]
    public void ChunkThatTwoListsClaim_IsFirstInTheFastbin()
    {
        CachedChunks chunks = new();
        chunks.Add(new CachedChunk(Start, 32, ChunkUse.ThreadCache));
        chunks.Add(new CachedChunk(Start, 32, ChunkUse.FastBin));
        chunks.Sort();

        Assert.Equal([ChunkUse.FastBin, ChunkUse.ThreadCache], Read(chunks, 0, ulong.MaxValue).Select(chunk => chunk.Use));
    }

    [Theory]
    [InlineData(32, ChunkUse.FastBin)]
    [InlineData(CachedChunk.MostBytes, ChunkUse.ThreadCache)]
    public void Chunk_IsWhatItWasMadeOf(ulong bytes, ChunkUse use)
    {
        CachedChunk chunk = new((1UL << 56) - 16, bytes, use);

        Assert.Equal(((1UL << 56) - 16, bytes, use), (chunk.Start, chunk.Bytes, chunk.Use));
    }

    /// <summary>Twelve bytes each, and nothing to sort and read them.</summary>
    [Fact]
    public void AsManyAsAreFollowed_TakeLessThanHalfOf64Megabytes()
    {
        Random random = new(1);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        CachedChunks chunks = new();
        for (int i = 0; i < CachedLists.Most; i++)
            chunks.Add(new CachedChunk(Start + (16 * (ulong)random.NextInt64(1 << 26)), 32, ChunkUse.FastBin));
        chunks.Sort();
        int count = 0;
        for (CachedChunkCursor cursor = chunks.From(0); cursor.IsBefore(ulong.MaxValue); cursor.MoveNext())
            count++;

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"{allocated} bytes");
        Assert.Equal(CachedLists.Most, count);
        Assert.InRange(allocated, 12L * CachedLists.Most, 13L * CachedLists.Most);
    }

    private static Comparer<CachedChunk> Whole { get; } = Comparer<CachedChunk>.Create(
        (left, right) => (left.Start, left.Use, left.Bytes).CompareTo((right.Start, right.Use, right.Bytes)));

    /// <summary>Few enough places that some are drawn twice.</summary>
    private static CachedChunk Draw(Random random) => new(
        Start + (16 * (ulong)random.Next(1 << 16)), 16 * (ulong)random.Next(2, 100),
        random.Next(2) == 0 ? ChunkUse.FastBin : ChunkUse.ThreadCache);

    private static List<CachedChunk> Read(CachedChunks chunks, ulong from, ulong end)
    {
        List<CachedChunk> read = [];
        for (CachedChunkCursor cursor = chunks.From(from); cursor.IsBefore(end); cursor.MoveNext())
            read.Add(cursor.Current);
        return read;
    }
}
