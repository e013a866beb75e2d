using System;
using System.Threading;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>
/// What reading a heap in as many pieces as possible allocates. A heap of 1 GB has up to 33,554,432 chunks, and may cost 64 MB besides the
/// 4 bytes that are kept of each run.
/// </summary>
public sealed class ReadingCostTests(ITestOutputHelper output)
{
    private const long KeptBytesOfARun = 4;
    private const long MostBytesBesides = 64_000_000;
    private const long MostChunks = 1L << 25;

    /// <summary>12 that are kept, and as much again where room is taken in parts of which the last may be as good as empty.</summary>
    private const long MostBytesOfACachedChunk = 24;

    /// <summary>To find the arenas and what else malloc tells of itself.</summary>
    private const int ReadsBesidesLists = 200;

    /// <summary>The reader's own room, whatever it reads.</summary>
    private const long OwnBytes = 2_000_000;

    [Fact]
    public void EveryRun_IsKeptOnce()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.ManySmall);
        child.RequireSame(arenas: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();

        GlibcSnapshot snapshot = child.Read();

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int runs = snapshot.Arenas[0].Heaps[0].Runs!.Count;
        output.WriteLine($"{(double)allocated / runs:0.00} bytes for each of {runs} runs");
        Assert.True(snapshot.Counts.ThreadCacheChunks > 0);
        Assert.InRange(runs, 900_000, 1_100_000);
        Assert.InRange(allocated, 0, OwnBytes + (KeptBytesOfARun * runs) + (MostBytesBesides * runs / MostChunks));
    }

    /// <summary>Up to 2,000,000 cached chunks are followed: with that many, what is kept of them must leave most of the 64 MB to the rest.</summary>
    [Fact]
    public void EveryCachedChunk_IsKeptOnce()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.ManyFast, "glibc.malloc.tcache_count=0");
        child.RequireSame(arenas: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();

        GlibcSnapshot snapshot = child.Read();

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int runs = snapshot.Arenas[0].Heaps[0].Runs!.Count;
        long cached = snapshot.Counts.FastBinChunks;
        long pages = snapshot.Arenas[0].Heaps[0].Pages.Count;
        long besides = allocated - OwnBytes - (KeptBytesOfARun * runs);
        output.WriteLine($"{allocated} bytes; {(double)besides / cached:0.00} for each of {cached} cached chunks besides {runs} runs, {pages} pages");
        Assert.Equal(500_000, cached);
        Assert.InRange(runs, 1_000_000, 1_000_010);
        Assert.InRange(besides, long.MinValue, MostBytesOfACachedChunk * cached);
    }

    /// <summary>A list is followed from chunk to chunk, and each link may be anywhere: in whatever order, few of them are reads of their own.</summary>
    [Theory]
    [InlineData("STRIDE=1")]
    [InlineData("STRIDE=611953")]
    [InlineData("SHUFFLED=7")]
    public void ReadsOfALongList_AreBoundedByItsHeap(string order)
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.ManyFast, "glibc.malloc.tcache_count=0", "-D" + order);
        GlibcSnapshot whole = child.RequireSame(arenas: 1);
        using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
        CountedMemory memory = new(process.Memory);

        GlibcSnapshot snapshot = new GlibcReader(memory, process.Mappings(), process.Pages.Of, ResidentPages.PageBytes).Read()!;

        int blocks = (int)((snapshot.Arenas[0].Heaps[0].Bytes / HeapIndex.BlockBytes) + 2);
        output.WriteLine($"{memory.Reads} reads, {blocks} blocks, {snapshot.Counts.FastBinChunks} chunks");
        Assert.Equal(whole.Counts, snapshot.Counts);
        Assert.Equal(500_000, snapshot.Counts.FastBinChunks);
        Assert.InRange(memory.Reads, 1, ReadsBesidesLists + blocks + ReadCosts.MostOf(blocks));
    }

    private sealed class CountedMemory(IMemorySource memory) : IMemorySource
    {
        private int _reads;

        public int Reads => _reads;

        public int Read(ulong address, Span<byte> into)
        {
            Interlocked.Increment(ref _reads);
            return memory.Read(address, into);
        }
    }
}
