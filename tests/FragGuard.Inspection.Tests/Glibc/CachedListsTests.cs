using System;
using System.Buffers.Binary;
using System.Linq;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class CachedListsTests(ITestOutputHelper output)
{
    private const ulong Least = 32;

    private static readonly CachedListForm OfAnySize = new(ChunkUse.FastBin, IsOfBlocks: false, Least, ulong.MaxValue, CachedLists.Most);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ListOfAsManyAsAreFollowed_IsWhole(bool isMangled)
    {
        OneList memory = new(CachedLists.Most / (isMangled ? 1 : 2), Least, isMangled);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        CachedLists lists = new(memory, memory.Index, new CachedChunks());

        int? count = lists.Follow(OneList.First, OfAnySize);

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"{allocated} bytes and {memory.Reads} reads for {count} chunks in {memory.Index.Blocks} blocks");
        Assert.Equal(memory.Count, count);
        Assert.Equal(memory.Count, lists.Chunks.Count);
        Assert.Equal(isMangled, lists.IsMangled);
        Assert.Equal(0, lists.BrokenLists);
        Assert.InRange(allocated, 0, 24L * memory.Count);
        Assert.InRange(memory.Reads, 1, ReadCosts.MostOf(memory.Index.Blocks));
    }

    [Fact]
    public void ListOfOneMore_IsBrokenAndLeavesNothing()
    {
        OneList memory = new(CachedLists.Most + 1, Least, isMangled: true);
        CachedLists lists = new(memory, memory.Index, new CachedChunks());

        Assert.Null(lists.Follow(OneList.First, OfAnySize));

        Assert.Equal(0, lists.Chunks.Count);
        Assert.Equal(1, lists.BrokenLists);
    }

    /// <summary>A heap may be all links. What is kept of those that the list does not reach is bounded.</summary>
    [Fact]
    public void MoreLinksThanAreKept_TakeNoMoreRoom()
    {
        OneList memory = new(2 * CachedLists.Most, Least, isMangled: true);
        CachedLists lists = new(memory, memory.Index, new CachedChunks());
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(lists.Follow(OneList.First, OfAnySize));

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"{allocated} bytes and {memory.Reads} reads");
        Assert.InRange(allocated, 1, (13L * CachedLists.Most) + (8L * ChunkLinks.MostKept) + 1_000_000);
        Assert.InRange(memory.Reads, CachedLists.Most / 4, CachedLists.Most);
    }

    [Fact]
    public void BrokenList_LeavesWhatOthersHold()
    {
        OneList memory = new(5000, Least, isMangled: true);
        CachedLists lists = new(memory, memory.Index, new CachedChunks());
        Assert.Equal(5000, lists.Follow(OneList.First, OfAnySize));

        Assert.Null(lists.Follow(OneList.First, OfAnySize with { MostChunks = 4999 }));

        Assert.Equal(5000, lists.Chunks.Count);
    }

    [Theory]
    [InlineData(CachedChunk.MostBytes, true)]
    [InlineData(CachedChunk.MostBytes + 16, false)]
    public void LargerChunkThanAnyThatIsKept_IsInNoList(ulong bytes, bool isKept)
    {
        OneList memory = new(1, bytes, isMangled: true);
        CachedLists lists = new(memory, memory.Index, new CachedChunks());

        Assert.Equal(isKept ? 1 : null, lists.Follow(OneList.First, OfAnySize));
        Assert.Equal(isKept ? 0 : 1, lists.BrokenLists);
    }

    [Theory]
    [InlineData(0, 32, true)]
    [InlineData(0, 48, false)]
    [InlineData(9, 176, true)]
    [InlineData(9, 160, false)]
    public void Fastbin_HasChunksOfOneSize(int bin, ulong bytes, bool isOne) =>
        Assert.Equal(isOne, CachedListForm.OfFastBin(bin).Takes(bytes));

    [Theory]
    [InlineData(0, 32, true)]
    [InlineData(63, 1040, true)]
    [InlineData(63, 1056, false)]
    [InlineData(63, 1024, false)]
    [InlineData(64, 1040, false)]
    [InlineData(64, 1056, true)]
    [InlineData(75, 4 << 20, true)]
    public void BinOfACache_HasChunksOfOneSizeOrAllThatAreLarger(int bin, ulong bytes, bool isOne) =>
        Assert.Equal(isOne, CachedListForm.OfThreadCache(bin, 7).Takes(bytes));

    /// <summary>Chunks of one size that are linked in an order far from that of their addresses.</summary>
    private sealed class OneList : IMemorySource
    {
        public const ulong First = 0x5500_0000_0000;

        private const ulong PageBytes = 4096;
        private const ulong Stride = 611_953;

        private readonly ulong _bytes;
        private readonly bool _isMangled;

        public OneList(int count, ulong bytes, bool isMangled)
        {
            Count = count;
            _bytes = bytes;
            _isMangled = isMangled;
            ulong end = First + Math.Max((ulong)count * Least, bytes);
            PageResidence[] pages = [.. Enumerable.Repeat(PageResidence.Resident, (int)(((ulong)count * Least / PageBytes) + 1))];
            Index = new HeapIndex([new HeapInMemory(
                new HeapRegion(First, First, end, IsMain: true),
                new HeapMemory(this, new byte[HeapMemory.WindowBytes], First, pages, PageBytes))]);
        }

        public int Count { get; }

        public HeapIndex Index { get; }

        public int Reads { get; private set; }

        public int Read(ulong address, Span<byte> into)
        {
            Reads++;
            for (int at = 0; at < into.Length; at += 8)
                BinaryPrimitives.WriteUInt64LittleEndian(into[at..], Word(address + (ulong)at));
            return into.Length;
        }

        private ulong Word(ulong address)
        {
            ulong place = (address - First) / Least;
            if (place >= (ulong)Count)
                return 0;
            ulong chunk = First + (place * Least);
            if (address == chunk + 8)
                return _bytes | 1;
            if (address != chunk + 16)
                return 0;
            ulong next = (place + Stride) % (ulong)Count;
            ulong link = next == 0 ? 0 : First + (Least * next);
            return _isMangled ? link ^ ((chunk + 16) >> 12) : link;
        }
    }
}
