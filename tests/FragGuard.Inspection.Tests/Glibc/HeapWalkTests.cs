using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>Heaps made chunk by chunk, some of which reach over several windows; and the same with one word changed.</summary>
public sealed class HeapWalkTests(ITestOutputHelper output)
{
    private const int HeapBytes = 3 << 20;
    private const int PageBytes = 4096;
    private const ulong Interesting = 656;

    [Theory]
    [InlineData(16)]
    [InlineData(1 << 10)]
    [InlineData(40 << 10)]
    public void WholeHeap_IsReadChunkForChunk(int mostUnits) => ForEachRound(mostUnits, heap =>
    {
        Walked walked = heap.Walk();

        Assert.Equal(heap.Chunks, walked.Chunks);
        Assert.Equal(Joined(heap.Chunks), walked.Runs);
        Assert.Equal(heap.Sum(ChunkUse.Used), (walked.Walk.UsedChunkCount, walked.Walk.UsedBytes));
        Assert.Equal(heap.Sum(ChunkUse.Free), (walked.Walk.FreeChunkCount, walked.Walk.FreeBytes));
        Assert.Equal(heap.Sum(ChunkUse.Top).Bytes, walked.Walk.TopBytes);
        Assert.Equal(0, walked.Walk.UnparsedBytes);
        Assert.True(walked.Walk.Lists.Holds);
        Assert.Equal(heap.Chunks.Where(chunk => chunk is { Use: ChunkUse.Used, Bytes: (long)Interesting }).Select(chunk => chunk.Start), walked.Met);
        Assert.Equal(heap.FreeBytesByPage(), Enumerable.Range(0, walked.Pages.Count).Select(walked.Pages.FreeBytesOf));
    });

    /// <summary>A size, a flag, a link or the program's bytes: every byte of the heap is counted once all the same.</summary>
    [Fact]
    public void OneChangedWord_LeavesTheSumsWhole() => ForEachRound(1 << 10, heap =>
    {
        ChunkRun chunk = heap.Chunks[heap.Random.Next(heap.Chunks.Count)];
        ulong[] words = [0, 8, 16, 24, (ulong)chunk.Bytes];
        heap.Memory[Math.Min(chunk.Start + words[heap.Random.Next(words.Length)], chunk.End - 8)] = heap.Random.Next(4) switch
        {
            0 => (ulong)heap.Random.NextInt64(),
            1 => 16 * (ulong)heap.Random.Next(1 << 12),
            2 => (16 * (ulong)heap.Random.Next(1 << 12)) | 1,
            _ => ulong.MaxValue - (ulong)heap.Random.Next(64),
        };

        Walked walked = heap.Walk();

        Assert.Equal(HeapBytes, walked.Walk.ArenaBytes);
        Assert.Equal(HeapBytes, walked.Runs.Sum(run => run.Bytes));
        Assert.Equal(heap.Memory.EndOf(0), walked.Runs[^1].End);
        Assert.Equal(walked.Walk.FreeBytes, Enumerable.Range(0, walked.Pages.Count).Sum(page => (long)walked.Pages.FreeBytesOf(page)));
        Assert.Equal(walked.Walk.UsedBytes, walked.Runs.Where(run => run.Use == ChunkUse.Used).Sum(run => run.Bytes));
    });

    private void ForEachRound(int mostUnits, Action<MadeHeap> check)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
            check(new MadeHeap(random, mostUnits));
    }

    private static IEnumerable<ChunkRun> Joined(IReadOnlyList<ChunkRun> chunks)
    {
        ChunkRun last = chunks[0];
        foreach (ChunkRun chunk in chunks.Skip(1))
        {
            if (chunk.Use == ChunkUse.Used && last.Use == ChunkUse.Used)
            {
                last = last with { Bytes = last.Bytes + chunk.Bytes };
                continue;
            }

            yield return last;
            last = chunk;
        }

        yield return last;
    }

    private sealed record Walked(
        HeapWalk Walk, IReadOnlyList<ChunkRun> Runs, IReadOnlyList<ChunkRun> Chunks, PageUses Pages, IReadOnlyList<ulong> Met);

    /// <summary>Chunks of random sizes, no two free ones beside each other, and the top.</summary>
    private sealed class MadeHeap
    {
        private readonly List<ChunkRun> _chunks = [];

        public MadeHeap(Random random, int mostUnits)
        {
            Random = random;
            ulong at = Memory.StartOf(0);
            ulong end = Memory.EndOf(0);
            bool isFree = false;
            for (ulong room = end - at; room >= 256; room = end - at)
            {
                ulong size = random.Next(8) == 0 ? Interesting : 32 + (16 * (ulong)random.NextInt64(mostUnits));
                if (size > room - 32)
                    break;
                isFree = !isFree && random.Next(2) == 0;
                _chunks.Add(new ChunkRun(at, (long)size, isFree ? ChunkUse.Free : ChunkUse.Used));
                at += size;
            }

            _chunks.Add(new ChunkRun(at, (long)(end - at), ChunkUse.Top));
            Write();
        }

        public Random Random { get; }

        public MemoryOfHeaps Memory { get; } = new(HeapBytes);

        public IReadOnlyList<ChunkRun> Chunks => _chunks;

        public (long Count, long Bytes) Sum(ChunkUse use)
        {
            ChunkRun[] all = [.. _chunks.Where(chunk => chunk.Use == use)];
            return (all.Length, all.Sum(chunk => chunk.Bytes));
        }

        public int[] FreeBytesByPage()
        {
            int[] free = new int[HeapBytes / PageBytes];
            foreach (ChunkRun chunk in _chunks.Where(chunk => chunk.Use == ChunkUse.Free))
            {
                for (ulong at = chunk.Start; at < chunk.End; at += 16)
                    free[(at - Memory.StartOf(0)) / PageBytes] += 16;
            }

            return free;
        }

        public Walked Walk()
        {
            HeapMemory memory = Memory.Index().MemoryOf(0);
            ulong start = Memory.StartOf(0);
            HeapRegion region = new(start, start, Memory.EndOf(0), IsMain: true);
            PageUses pages = new(start, region.End, [.. Enumerable.Repeat(PageResidence.Resident, HeapBytes / PageBytes)], PageBytes);
            RunList runs = new(start, long.MaxValue);
            RunList chunks = new(start, long.MaxValue, joins: false);
            Meeting met = new();
            HeapWalk walk = new(memory, region, _chunks[^1].Start, pages, runs, met) { KnownChunks = () => [_chunks[^1].Start], Chunks = chunks };
            walk.Run();
            return new Walked(walk, [.. runs.Finish()!], [.. chunks.Finish()!], pages, met.Chunks);
        }

        private void Write()
        {
            ulong[] free = [.. _chunks.Where(chunk => chunk.Use == ChunkUse.Free).Select(chunk => chunk.Start)];
            int member = 0;
            bool isFreeBefore = false;
            foreach (ChunkRun chunk in _chunks)
            {
                Memory[chunk.Start + 8] = (ulong)chunk.Bytes | (isFreeBefore ? 0UL : 1UL);
                isFreeBefore = chunk.Use == ChunkUse.Free;
                if (!isFreeBefore)
                    continue;
                Memory[chunk.Start + 16] = free[(member + 1) % free.Length];
                Memory[chunk.Start + 24] = free[(member + free.Length - 1) % free.Length];
                Memory[chunk.End] = (ulong)chunk.Bytes;
                member++;
            }
        }
    }

    /// <summary>Reads on where each chunk it meets ends, so that the window moves.</summary>
    private sealed class Meeting : IUsedChunks
    {
        private readonly List<ulong> _chunks = [];

        public IReadOnlyList<ulong> Chunks => _chunks;

        public ulong LeastBytes => Interesting;

        public ulong MostBytes => Interesting;

        public void Meet(ulong chunk, ulong size, HeapMemory memory)
        {
            _chunks.Add(chunk);
            _ = memory.Word(chunk + size - 8);
        }
    }
}
