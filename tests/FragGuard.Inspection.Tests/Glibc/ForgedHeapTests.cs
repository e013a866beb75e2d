using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>Memory of a real process, damaged as no malloc would: an answer or none, after bounded work, and never a crash.</summary>
public sealed class ForgedHeapTests(ForgedHeapTests.Recording recording, ITestOutputHelper output) : IClassFixture<ForgedHeapTests.Recording>
{
    /// <summary>Reads of the whole recording that is not damaged are some hundreds.</summary>
    private const long MostReads = 2_000_000;

    private const int Mutations = 10_000;

    private readonly RecordedMemory _memory = recording.Memory.Copy();

    public sealed class Recording
    {
        public Recording()
        {
            using MallocProgram child = MallocProgram.Start(MallocPrograms.Small);
            Memory = RecordedMemory.Of(child.ProcessId);
            Live = child.RequireSame(arenas: 2);
        }

        internal RecordedMemory Memory { get; }

        internal GlibcSnapshot Live { get; }
    }

    [Fact]
    public void Undamaged_IsReadAsTheLiveProcess()
    {
        GlibcSnapshot read = Read()!;

        Assert.Equal(recording.Live.Counts, read.Counts);
        Assert.True(read.IsConsistent);
        Assert.Equal(0, read.UnparsedBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x28)]
    [InlineData(0x7fffffffffffffff)]
    [InlineData(-1)]
    public void ChunkOfImpossibleSize_IsTornAndTheRestIsRead(long size)
    {
        ulong chunk = UsedChunk();
        _memory[chunk + 8] = (ulong)size;

        GlibcSnapshot read = Read()!;

        Assert.False(read.IsConsistent);
        Assert.InRange(read.UnparsedBytes, 1, read.SystemBytes / 2);
    }

    [Fact]
    public void ArenaThatIsItsOwnNext_HasNoRing()
    {
        ulong second = recording.Live.Arenas[1].Address;
        _memory[second + 2160] = second;

        Assert.Null(Read());
    }

    [Fact]
    public void ArenaOutsideOfMemory_HasNoRing()
    {
        _memory[recording.Live.Arenas[0].Address + 2160] = 0x123456789000;

        Assert.Null(Read());
    }

    [Fact]
    public void FreeChunkThatPointsToItself_IsTorn()
    {
        ulong chunk = FreeChunk();
        _memory[chunk + 16] = chunk;
        _memory[chunk + 24] = chunk;

        Assert.False(Read()!.IsConsistent);
    }

    [Fact]
    public void FreeChunkWhoseEndTellsAnotherSize_IsTorn()
    {
        ChunkRun free = recording.Live.Arenas[0].Heaps[0].Runs!.First(run => run.Use == ChunkUse.Free);
        _memory[free.End] ^= 0x10;

        GlibcSnapshot read = Read()!;

        Assert.False(read.IsConsistent);
        Assert.NotEqual(0, read.UnparsedBytes);
    }

    [Fact]
    public void FreeChunkInNoList_IsTorn()
    {
        ulong chunk = FreeChunk();
        ulong forward = _memory[chunk + 16];
        ulong back = _memory[chunk + 24];
        _memory[forward + 24] = back;
        _memory[back + 16] = forward;

        Assert.False(Read()!.IsConsistent);
    }

    [Fact]
    public void FastbinThatLeadsBackIntoItself_IsBroken()
    {
        ChunkRun fast = recording.Live.Arenas.SelectMany(arena => arena.Heaps).SelectMany(heap => heap.Runs!).First(run => run.Use == ChunkUse.FastBin);
        _memory[fast.Start + 16] = fast.Start ^ ((fast.Start + 16) >> 12);

        GlibcSnapshot read = Read()!;

        Assert.InRange(read.BrokenLists, 1, 2);
        Assert.True(read.Counts.FastBinChunks < recording.Live.Counts.FastBinChunks);
        Assert.Equal(recording.Live.GlibcFreeBytes - recording.Live.Counts.FastBinBytes, read.GlibcFreeBytes - read.Counts.FastBinBytes);
    }

    /// <summary>What its other lists hold goes with it: it is no cache.</summary>
    [Fact]
    public void CacheWithFewerBlocksInItsLastBinThanItSays_HoldsNone()
    {
        ulong record = recording.Live.Arenas[0].Heaps[0].Start + 16;
        Assert.True(recording.Live.Arenas[0].Counts.ThreadCacheChunks > 7);
        Assert.Equal(0x290UL, _memory[record - 8] & ~7UL);
        ulong last = record + 120;
        while (_memory[last] == 0)
            last -= 8;
        _memory[last] += 1UL << (BitOperations.Log2(_memory[last]) / 16 * 16);

        GlibcSnapshot read = Read()!;

        Assert.Equal(0, read.Arenas[0].Counts.ThreadCacheChunks);
        Assert.Equal(recording.Live.Arenas[0].Counts.FastBinChunks, read.Arenas[0].Counts.FastBinChunks);
        Assert.Equal(recording.Live.Arenas[1].Counts, read.Arenas[1].Counts);
        Assert.Equal(recording.Live.ThreadCaches - 1, read.ThreadCaches);
    }

    [Fact]
    public void HeapThatIsItsOwnPredecessor_IsLeftOut()
    {
        ulong heap = recording.Live.Arenas[1].Heaps[0].Start;
        _memory[heap + 8] = heap;

        GlibcSnapshot read = Read()!;

        Assert.Single(read.Arenas);
        Assert.Equal(1, read.UnreadArenas);
        Assert.False(read.IsConsistent);
        Assert.Equal(recording.Live.Arenas[0].Counts.FreeBytes, read.Arenas[0].Counts.FreeBytes);
    }

    [Fact]
    public void HeapOfAbsurdSize_IsLeftOut()
    {
        _memory[recording.Live.Arenas[1].Heaps[0].Start + 16] = 1UL << 40;

        Assert.Single(Read()!.Arenas);
    }

    /// <summary>Address space costs a forger nothing; what is kept of each of its pages would cost the reader.</summary>
    [Fact]
    public void HeapsOfMorePagesThanAreRead_AreLeftOutAndCounted()
    {
        int pages = recording.Live.Arenas[0].Heaps.Sum(heap => heap.Pages.Count);

        GlibcSnapshot read = _memory.Snapshot(pages)!;

        Assert.Single(read.Arenas);
        Assert.Equal(1, read.UnreadArenas);
        Assert.Null(_memory.Snapshot(pages - 1 - recording.Live.Arenas[1].Heaps.Sum(heap => heap.Pages.Count)));
    }

    [Fact]
    public void RecordsThatLeadOnAndOn_AreGivenUp()
    {
        EndlessRecords memory = new();

        Assert.Null(new GlibcReader(memory, EndlessRecords.Mappings, EndlessRecords.Residence, 4096).Read());

        Assert.InRange(memory.Reads, 1, MostReads);
    }

    [Fact]
    public void AnyDamage_EndsWellAndIsBounded()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        RecordedMemory original = recording.Memory;
        ulong[] places = [.. Places()];
        ulong[] values = [.. places.Where((_, index) => index % 16 == 0), 0, 1, 16, 32, ulong.MaxValue, 1UL << 63, 8, 0x21, 0x1000001];
        RecordedMemory damaged = original.Copy();
        int read = 0;
        long most = 0;
        for (int i = 0; i < Mutations; i++)
        {
            List<ulong> changed = [];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                ulong place = places[random.Next(places.Length)];
                changed.Add(place);
                damaged[place] = random.Next(4) switch
                {
                    0 => values[random.Next(values.Length)],
                    1 => damaged[place] ^ (1UL << random.Next(64)),
                    2 => damaged[place] + (ulong)random.Next(-64, 65),
                    _ => (ulong)random.NextInt64(),
                };
            }

            long before = damaged.Reads;
            GlibcSnapshot? snapshot = damaged.Snapshot();
            most = Math.Max(most, damaged.Reads - before);
            Assert.True(damaged.Reads - before < MostReads, $"seed {seed}, mutation {i}");
            if (snapshot is not null)
            {
                read++;
                RequireSound(snapshot);
            }

            foreach (ulong place in changed)
                damaged[place] = original[place];
        }

        output.WriteLine($"{Mutations} mutations, {read} of them read, at most {most} reads");
        Assert.True(read > Mutations / 2);
    }

    private GlibcSnapshot? Read()
    {
        GlibcSnapshot? snapshot = _memory.Snapshot();
        Assert.InRange(_memory.Reads, 1, MostReads);
        if (snapshot is not null)
            RequireSound(snapshot);
        return snapshot;
    }

    private static void RequireSound(GlibcSnapshot snapshot)
    {
        ChunkCounts counts = snapshot.Counts;
        Assert.True(counts is { UsedBytes: >= 0, FreeBytes: >= 0, FastBinBytes: >= 0, ThreadCacheBytes: >= 0, TopBytes: >= 0 }, $"{counts}");
        Assert.True(counts is { UsedChunks: >= 0, MetadataBytes: >= 0, UnparsedBytes: >= 0 }, $"{counts}");
        foreach (HeapSnapshot heap in snapshot.Arenas.SelectMany(arena => arena.Heaps))
        {
            Assert.Equal(heap.Bytes, heap.Runs!.Where(run => run.Use != ChunkUse.Outside).Sum(run => run.Bytes));
            Assert.All(heap.Runs!.Zip(heap.Runs!.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            Assert.NotNull(heap.ToLayout());
            Assert.InRange(heap.Resident.ResidentBytes, 0, heap.Pages.Count * 4096L);
        }
    }

    /// <summary>Words that say where things are: of arenas and heaps, headers and links of chunks, and the caches.</summary>
    private IEnumerable<ulong> Places()
    {
        foreach (ArenaSnapshot arena in recording.Live.Arenas)
        {
            for (ulong at = 0; at < 2200; at += 8)
                yield return arena.Address + at;
            foreach (HeapSnapshot heap in arena.Heaps)
            {
                for (ulong at = 0; at < 0xb70; at += 8)
                    yield return heap.Start + at;
                foreach (ChunkRun run in heap.Runs!)
                {
                    for (ulong at = 0; at < 32 && (long)at < run.Bytes; at += 8)
                        yield return run.Start + at;
                }
            }
        }
    }

    private ulong UsedChunk() =>
        recording.Live.Arenas[1].Heaps[0].Runs!.Where(run => run.Use == ChunkUse.Used).ElementAt(5).Start;

    private ulong FreeChunk() =>
        recording.Live.Arenas[0].Heaps[0].Runs!.First(run => run.Use == ChunkUse.Free).Start;
}
