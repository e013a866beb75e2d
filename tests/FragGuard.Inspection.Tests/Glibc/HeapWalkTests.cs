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
    private const int RecordBytes = 64;
    private const int PageBytes = 4096;
    private const int Rounds = 40;
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
        heap.Damage();

        Walked walked = heap.Walk();

        Assert.Equal(HeapBytes, walked.Walk.ArenaBytes);
        Assert.Equal(HeapBytes, walked.Runs.Sum(run => run.Bytes));
        Assert.Equal(heap.Memory.EndOf(0), walked.Runs[^1].End);
        Assert.Equal(walked.Walk.FreeBytes, Enumerable.Range(0, walked.Pages.Count).Sum(page => (long)walked.Pages.FreeBytesOf(page)));
        Assert.Equal(walked.Walk.UsedBytes, walked.Runs.Where(run => run.Use == ChunkUse.Used).Sum(run => run.Bytes));
    });

    [Theory]
    [InlineData(16)]
    [InlineData(1 << 10)]
    public void StretchesThatMeet_AreTheWholeHeap(int mostUnits)
    {
        int met = 0;
        ForEachRound(mostUnits, heap =>
        {
            if (heap.WalkStretches(heap.Random.Next(2, 6), long.MaxValue) is not { } walked)
                return;
            met++;
            RequireSame(heap.Walk(), walked);
        });
        output.WriteLine($"{met} met");
        Assert.InRange(met, Rounds / 2, Rounds);
    }

    [Fact]
    public void StretchesOfADamagedHeap_AreItsWalkOrDoNotMeet() => ForEachRound(1 << 8, heap =>
    {
        heap.Damage();

        if (heap.WalkStretches(heap.Random.Next(2, 6), long.MaxValue) is { } walked)
            RequireSame(heap.Walk(), walked);
    });

    /// <summary>The second stretch begins in the bytes of a program that keeps what looks like chunks, and the first passes it by.</summary>
    [Fact]
    public void ChunksWithinAChunk_DoNotMeet() => ForEachRound(16, heap =>
    {
        heap.HideChunks();

        Assert.Null(heap.WalkStretches(2, long.MaxValue));
        Assert.Equal(heap.Chunks, heap.Walk().Chunks);
    });

    [Fact]
    public void StretchesOfMoreRunsThanAreKept_KeepNone() => ForEachRound(16, heap =>
    {
        int runs = heap.Walk().Runs.Count;

        Walked walked = heap.WalkStretches(3, runs)!;

        Assert.Empty(walked.Runs);
        Assert.Equal(heap.Chunks, walked.Chunks);
        Assert.Equal(runs, heap.WalkStretches(3, runs + 1)!.Runs.Count);
    });

    private static void RequireSame(Walked expected, Walked actual)
    {
        Assert.Equal(expected.Chunks, actual.Chunks);
        Assert.Equal(expected.Runs, actual.Runs);
        Assert.Equal(expected.Met, actual.Met);
        Assert.Equal(Sums(expected), Sums(actual));
        Assert.All(Enumerable.Range(0, expected.Pages.Count), page => Assert.Equal(PageOf(expected, page), PageOf(actual, page)));
    }

    private static (long, long, long, long, long, long, long, bool) Sums(Walked walked) => (
        walked.Walk.UsedChunkCount, walked.Walk.UsedBytes, walked.Walk.FreeChunkCount, walked.Walk.FreeBytes, walked.Walk.TopBytes,
        walked.Walk.MetadataBytes, walked.Walk.UnparsedBytes, walked.Walk.Lists.Holds);

    private static (int Free, int Top, int Live) PageOf(Walked walked, int page) =>
        (walked.Pages.FreeBytesOf(page), walked.Pages.TopBytesOf(page), walked.Pages.LiveBytesOf(page));

    private void ForEachRound(int mostUnits, Action<MadeHeap> check)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < Rounds; round++)
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
            _chunks.Add(new ChunkRun(Memory.StartOf(0), RecordBytes, ChunkUse.Metadata));
            ulong at = Region.FirstChunk;
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

        /// <summary>Changes a size, a flag, a link or the program's bytes.</summary>
        public void Damage()
        {
            ChunkRun chunk = _chunks[Random.Next(_chunks.Count)];
            ulong[] words = [0, 8, 16, 24, (ulong)chunk.Bytes];
            Memory[Math.Min(chunk.Start + words[Random.Next(words.Length)], chunk.End - 8)] = Random.Next(4) switch
            {
                0 => (ulong)Random.NextInt64(),
                1 => 16 * (ulong)Random.Next(1 << 12),
                2 => (16 * (ulong)Random.Next(1 << 12)) | 1,
                _ => ulong.MaxValue - (ulong)Random.Next(64),
            };
        }

        /// <summary>Makes the chunks of the middle one that is used, whose bytes still look as they did.</summary>
        public void HideChunks()
        {
            int first = _chunks.FindIndex(chunk => chunk.End > Region.FirstChunk + (HeapBytes / 4));
            int last = _chunks.FindIndex(chunk => chunk.End > Region.FirstChunk + (HeapBytes / 4 * 3));
            ulong start = _chunks[first].Start;
            ChunkRun hidden = new(start, (long)(_chunks[last].Start - start), ChunkUse.Used);
            bool isFreeBefore = _chunks[first - 1].Use == ChunkUse.Free;
            Memory[start + 8] = (ulong)hidden.Bytes | (isFreeBefore ? 0UL : 1UL);
            Memory[hidden.End + 8] = (ulong)_chunks[last].Bytes | 1;
            _chunks[first] = hidden;
            _chunks.RemoveRange(first + 1, last - first - 1);
        }

        public Walked Walk()
        {
            PageUses pages = NewPages();
            Meeting met = new();
            HeapWalk walk = WalkInto(pages, Memory.Index().MemoryOf(0), Region.Start, long.MaxValue, met);
            walk.Run();
            return Finished(walk, met.Chunks);
        }

        public Walked? WalkStretches(int count, long mostRuns)
        {
            PageUses pages = NewPages();
            RunBudget budget = new(mostRuns);
            Meeting[] met = [.. Enumerable.Range(0, count).Select(_ => new Meeting())];
            HeapMemory[] memories = [.. Enumerable.Range(0, count).Select(_ => Memory.Index().MemoryOf(0))];
            IReadOnlyList<HeapWalk>? walks = HeapStretches.TryWalk(
                Region, _chunks[^1].Start, memories, (i, from) => WalkInto(pages, memories[i], from, mostRuns, met[i], budget));
            if (walks is null)
                return null;
            foreach (HeapWalk walk in walks.Skip(1))
                walks[0].Append(walk);
            return Finished(walks[0], [.. met.SelectMany(each => each.Chunks)]);
        }

        private HeapRegion Region => new(Memory.StartOf(0), Memory.StartOf(0) + RecordBytes, Memory.EndOf(0), IsMain: true);

        private PageUses NewPages() =>
            new(Region.Start, Region.End, [.. Enumerable.Repeat(PageResidence.Resident, HeapBytes / PageBytes)], PageBytes);

        private HeapWalk WalkInto(PageUses pages, HeapMemory memory, ulong from, long mostRuns, Meeting met, RunBudget? budget = null) =>
            new(memory, Region, _chunks[^1].Start, pages, new RunList(from, mostRuns, shared: budget), met)
            {
                KnownChunks = () => [_chunks[^1].Start],
                Chunks = new RunList(from, long.MaxValue, joins: false),
            };

        private static Walked Finished(HeapWalk walk, IReadOnlyList<ulong> met) =>
            new(walk, walk.Runs.Finish()?.ToArray() ?? [], [.. walk.Chunks!.Finish()!], walk.Pages, met);

        private void Write()
        {
            ulong[] free = [.. _chunks.Where(chunk => chunk.Use == ChunkUse.Free).Select(chunk => chunk.Start)];
            int member = 0;
            bool isFreeBefore = false;
            foreach (ChunkRun chunk in _chunks.Skip(1))
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
