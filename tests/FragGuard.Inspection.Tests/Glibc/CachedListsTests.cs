using System;
using System.Buffers.Binary;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class CachedListsTests(ITestOutputHelper output)
{
    private const ulong Least = 32;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ListOfAsManyAsAreFollowed_IsWhole(bool isMangled)
    {
        OneList memory = new(CachedLists.Most / (isMangled ? 1 : 2), Least, isMangled);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        CachedLists lists = new(memory, new CachedChunks());

        int? count = Follow(lists, OneList.First);

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"{allocated} bytes for {count} chunks");
        Assert.Equal(memory.Count, count);
        Assert.Equal(memory.Count, lists.Chunks.Count);
        Assert.Equal(isMangled, lists.IsMangled);
        Assert.Equal(0, lists.BrokenLists);
        Assert.InRange(allocated, 0, 24L * memory.Count);
    }

    [Fact]
    public void ListOfOneMore_IsBrokenAndLeavesNothing()
    {
        OneList memory = new(CachedLists.Most + 1, Least, isMangled: true);
        CachedLists lists = new(memory, new CachedChunks());

        Assert.Null(Follow(lists, OneList.First));

        Assert.Equal(0, lists.Chunks.Count);
        Assert.Equal(1, lists.BrokenLists);
    }

    [Fact]
    public void BrokenList_LeavesWhatOthersHold()
    {
        OneList memory = new(5000, Least, isMangled: true);
        CachedLists lists = new(memory, new CachedChunks());
        Assert.Equal(5000, Follow(lists, OneList.First));

        Assert.Null(lists.Follow(OneList.First, isOfBlocks: false, most: 4999, (_, _) => true, ChunkUse.FastBin));

        Assert.Equal(5000, lists.Chunks.Count);
    }

    [Theory]
    [InlineData(CachedChunk.MostBytes, true)]
    [InlineData(CachedChunk.MostBytes + 16, false)]
    public void LargerChunkThanAnyThatIsKept_IsInNoList(ulong bytes, bool isKept)
    {
        OneList memory = new(1, bytes, isMangled: true);
        CachedLists lists = new(memory, new CachedChunks());

        Assert.Equal(isKept ? 1 : null, Follow(lists, OneList.First));
        Assert.Equal(isKept ? 0 : 1, lists.BrokenLists);
    }

    private static int? Follow(CachedLists lists, ulong first) =>
        lists.Follow(first, isOfBlocks: false, CachedLists.Most, (_, _) => true, ChunkUse.FastBin);

    /// <summary>Chunks of one size that are linked in an order far from that of their addresses.</summary>
    private sealed class OneList(int count, ulong bytes, bool isMangled) : IMemorySource
    {
        public const ulong First = 0x5500_0000_0000;

        private const ulong Stride = 611_953;

        public int Count => count;

        public int Read(ulong address, Span<byte> into)
        {
            // Asked for are a chunk's size and link, 8 bytes behind its address.
            ulong chunk = address - 8;
            BinaryPrimitives.WriteUInt64LittleEndian(into, bytes | 1);
            ulong place = (chunk - First) / Least;
            ulong next = (place + Stride) % (ulong)count;
            ulong link = next == 0 ? 0 : First + (Least * next);
            BinaryPrimitives.WriteUInt64LittleEndian(into[8..], isMangled ? link ^ ((chunk + 16) >> 12) : link);
            return into.Length;
        }
    }
}
