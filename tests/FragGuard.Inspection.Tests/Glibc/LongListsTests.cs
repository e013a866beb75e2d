using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>Lists that are so long that blocks of the heaps are read whole.</summary>
public sealed class LongListsTests(ITestOutputHelper output)
{
    private const int Rounds = 12;
    private const int LeastMembers = 6000;

    /// <summary>In heaps whose other chunks hold zeros, anything, or links of their own.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RandomLists_AreFollowedInTheirOrder(bool isMangled)
    {
        ForEachRound((random, memory, chunks) =>
        {
            ulong[][] members = [.. Enumerable.Range(0, 3).Select(bin => Draw(random, chunks, bin))];
            foreach (ulong[] each in members)
                memory.LinkAll(each, isMangled);
            HeapIndex index = memory.Index();
            CachedLists lists = new(memory, index, new CachedChunks());

            for (int bin = 0; bin < members.Length; bin++)
                Assert.Equal(members[bin].Length, lists.Follow(members[bin].FirstOrDefault(), CachedListForm.OfFastBin(bin)));

            Assert.Equal(members.SelectMany(each => each), Collected(lists.Chunks).Select(chunk => chunk.Start));
            Assert.Equal(
                members.SelectMany((each, bin) => each.Select(_ => 32UL + (16 * (ulong)bin))), Collected(lists.Chunks).Select(chunk => chunk.Bytes));
            Assert.Equal(0, lists.BrokenLists);
            output.WriteLine($"{lists.Chunks.Count} chunks, {index.Blocks} blocks, {memory.Reads} reads");
            Assert.InRange(memory.Reads, 1, ReadCosts.MostOf(index.Blocks));
        });
    }

    /// <summary>So that what is left of its heaps is read at once, also where another list has links of its own.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ListAllOverManyBlocks_IsFollowedInItsOrder(bool isMangled)
    {
        const int blocks = 48;
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        MemoryOfHeaps memory = new(blocks / 2 * HeapIndex.BlockBytes, blocks / 2 * HeapIndex.BlockBytes);
        ulong[] chunks = [.. Enumerable.Range(0, 2).SelectMany(heap => Chunks(memory, 0, 32, heap))];
        random.Shuffle(chunks);
        ulong[] list = chunks[..(chunks.Length / 8)];
        ulong[] other = chunks[list.Length..(3 * list.Length)];
        memory.Drop(0, 77);
        memory.Drop(1, 777);
        ulong[] there = [.. list.Where(memory.IsThere)];
        memory.LinkAll(there, isMangled);
        memory.LinkAll(other, isMangled);
        CachedLists lists = new(memory, memory.Index(), new CachedChunks());

        Assert.Equal(there.Length, lists.Follow(there[0], CachedListForm.OfFastBin(0)));

        Assert.Equal(there, Collected(lists.Chunks).Select(chunk => chunk.Start));
        Assert.Equal(0, memory.ReadsOfAbsentPages);
        Assert.InRange(memory.Reads, blocks, ChunkLinks.ReadsBeforeBlocks + (blocks * (ChunkLinks.ReadsOfABlock + 4)));
    }

    [Fact]
    public void ListThatLeadsBackIntoItself_IsBroken() =>
        RequireBroken((random, memory, list) => memory.Link(list[^1], list[random.Next(list.Length)], isMangled: true));

    /// <summary>Of a loop that is run through many times, the chunks that no block holds whole are read once, too.</summary>
    [Fact]
    public void ListThatStaysAtTheEndOfABlock_IsBroken() =>
        RequireBroken((random, memory, list) =>
        {
            HeapIndex index = memory.Index();
            ulong last = Array.FindLast(list, chunk => ChunkLinks.IsLastOfBlock(index.UnitOf(chunk)!.Value));
            ulong self = last > 0 ? last : list[^1];
            memory.Link(self, self, isMangled: true);
        });

    [Fact]
    public void ListThatLeavesTheHeaps_IsBroken() =>
        RequireBroken((random, memory, list) =>
        {
            ulong[] outside = [memory.StartOf(0) - 32, memory.EndOf(0), memory.EndOf(1) + 4096, 0x7f00_0000_0000, ulong.MaxValue - 15];
            memory.Link(list[^random.Next(1, 1000)], outside[random.Next(outside.Length)], isMangled: true);
        });

    [Fact]
    public void LinkThatIsNotAligned_BreaksItsList() =>
        RequireBroken((random, memory, list) =>
        {
            int place = random.Next(list.Length - 1000, list.Length - 1);
            memory.Link(list[place], list[place + 1] + (ulong)random.Next(1, 16), isMangled: true);
        });

    [Fact]
    public void ChunkOfAnotherSize_BreaksItsList() =>
        RequireBroken((random, memory, list) => memory[list[^random.Next(1, 1000)] + 8] = 48 | 1);

    [Fact]
    public void ChunkThatReachesBeyondItsHeap_BreaksItsList()
    {
        CachedListForm form = CachedListForm.OfFastBin(1);
        MemoryOfHeaps memory = new(1 << 20);
        ulong last = memory.EndOf(0) - 32;
        ulong[] list = [.. Chunks(memory, 0, 48).Take(LeastMembers), last];
        memory.LinkAll(list, isMangled: true);

        memory[last + 8] = 32 | 1;
        Assert.Equal(list.Length, new CachedLists(memory, memory.Index(), new CachedChunks()).Follow(list[0], form with { LeastBytes = 32 }));
        memory[last + 8] = 48 | 1;
        Assert.Null(new CachedLists(memory, memory.Index(), new CachedChunks()).Follow(list[0], form));
    }

    /// <summary>A head that is read now leads to links as they are now, and not as they were in a block that was read before.</summary>
    [Fact]
    public void LinksThatWereReadBeforeAHead_AreNotItsOwn()
    {
        MemoryOfHeaps memory = new(1 << 20);
        ulong[] list = [.. Chunks(memory, 0, 32).Take(LeastMembers)];
        memory.LinkAll(list, isMangled: true);
        CachedLists lists = new(memory, memory.Index(), new CachedChunks());
        Assert.Equal(LeastMembers, lists.Follow(list[0], CachedListForm.OfFastBin(0)));

        ulong[] shorter = [.. list.Where((_, index) => index % 2 == 0).Reverse()];
        memory.LinkAll(shorter, isMangled: true);
        lists.ForgetLinks();

        Assert.Equal(shorter.Length, lists.Follow(shorter[0], CachedListForm.OfFastBin(0)));
        Assert.Equal(shorter, Collected(lists.Chunks).Skip(LeastMembers).Select(chunk => chunk.Start));
    }

    /// <summary>The heads of a thread's cache are read long after those of fastbins were.</summary>
    [Fact]
    public void ListOfACacheThatChangedAfterItsBlockWasRead_IsReadAsItIs()
    {
        const ulong ofTwoByteNumbers = 0x290;
        MemoryOfHeaps memory = new(1 << 20);
        ulong cache = memory.StartOf(0);
        memory[cache + 8] = ofTwoByteNumbers | 1;
        ulong[] chunks = [.. Chunks(memory, ofTwoByteNumbers, 32)];
        ulong[] fast = chunks[..LeastMembers];
        ulong[] cached = chunks[LeastMembers..(LeastMembers + 3000)];
        memory.LinkAll(fast, isMangled: true);
        memory.LinkAll(cached, isMangled: true, isOfBlocks: true);
        HeapIndex index = memory.Index();
        CachedLists lists = new(memory, index, new CachedChunks());
        ThreadCaches caches = new();
        caches.Meet(cache, ofTwoByteNumbers, index.MemoryOf(0));
        Assert.Equal(LeastMembers, lists.Follow(fast[0], CachedListForm.OfFastBin(0)));

        ulong[] later = [.. cached.Where((_, place) => place % 2 == 1).Reverse()];
        memory.BeforeRead = address =>
        {
            if (address != cache + 16)
                return;
            memory.BeforeRead = null;
            memory.LinkAll(later, isMangled: true, isOfBlocks: true);
            memory[cache + 16] = (ulong)later.Length;
            memory[cache + 16 + 128] = later[0] + 16;
        };
        caches.Follow(memory, lists);

        Assert.Equal(later, Collected(lists.Chunks).Skip(LeastMembers).Select(chunk => chunk.Start));
        Assert.Equal(1, caches.Filled);
    }

    /// <summary>Reading them would bring them into the process's memory.</summary>
    [Fact]
    public void PagesThatAreNotInMemory_AreNotReadWithTheirBlock()
    {
        MemoryOfHeaps memory = new(2 << 20);
        ulong absent = memory.StartOf(0) + (100 * 4096);
        ulong[] list = [.. Chunks(memory, 0, 32).Where(chunk => chunk + 32 <= absent || chunk >= absent + (3 * 4096))];
        memory.LinkAll(list, isMangled: true);
        for (int page = 100; page < 103; page++)
            memory.Drop(0, page);

        Assert.Equal(list.Length, new CachedLists(memory, memory.Index(), new CachedChunks()).Follow(list[0], CachedListForm.OfFastBin(0)));

        Assert.Equal(0, memory.ReadsOfAbsentPages);
        Assert.InRange(memory.Reads, 1, ReadCosts.MostOf(8) + 3);
    }

    /// <summary>A list without a break, then with one in the last thousand of its members; other lists hold what they held.</summary>
    private void RequireBroken(Action<Random, MemoryOfHeaps, ulong[]> damage) => ForEachRound((random, memory, chunks) =>
    {
        ulong[] other = Draw(random, chunks, 1);
        ulong[] list = Draw(random, chunks, 0);
        memory.LinkAll(other, isMangled: true);
        memory.LinkAll(list, isMangled: true);
        CachedListForm form = CachedListForm.OfFastBin(0);
        Assert.Equal(list.Length, new CachedLists(memory, memory.Index(), new CachedChunks()).Follow(list[0], form));
        damage(random, memory, list);
        HeapIndex index = memory.Index();
        int before = memory.Reads;
        CachedLists lists = new(memory, index, new CachedChunks());

        int? ofOther = lists.Follow(other[0], CachedListForm.OfFastBin(1));
        int? ofList = lists.Follow(list[0], form);

        Assert.Equal(other.Length, ofOther);
        Assert.Null(ofList);
        Assert.Equal(1, lists.BrokenLists);
        Assert.Equal(other, Collected(lists.Chunks).Select(chunk => chunk.Start));
        Assert.InRange(memory.Reads - before, 1, ReadCosts.MostOf(index.Blocks));
    });

    /// <summary>Heaps filled with chunks of three sizes that hold anything; the chunks of each size are given.</summary>
    private void ForEachRound(Action<Random, MemoryOfHeaps, ulong[][]> test)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < Rounds; round++)
        {
            MemoryOfHeaps memory = new(random.Next(300, 600) * 4096, random.Next(200, 400) * 4096, random.Next(1, 200) * 4096);
            List<ulong>[] chunks = [[], [], []];
            for (int heap = 0; heap < 3; heap++)
            {
                for (ulong at = memory.StartOf(heap) + (ulong)(16 * random.Next(2)); ;)
                {
                    int size = random.Next(3);
                    ulong bytes = 32 + (16 * (ulong)size);
                    if (at + bytes > memory.EndOf(heap))
                        break;
                    memory[at + 8] = bytes | 1;
                    memory[at + 16] = random.Next(4) switch
                    {
                        0 => 0,
                        1 => (ulong)random.NextInt64(),
                        2 => memory.StartOf(random.Next(3)) + (16 * (ulong)random.Next(5000)),
                        _ => (memory.StartOf(random.Next(3)) + (16 * (ulong)random.Next(5000))) ^ ((at + 16) >> 12),
                    };
                    chunks[size].Add(at);
                    at += bytes;
                }
            }

            test(random, memory, [.. chunks.Select(each => each.ToArray())]);
        }
    }

    private static ulong[] Draw(Random random, ulong[][] chunks, int size)
    {
        ulong[] drawn = [.. chunks[size]];
        random.Shuffle(drawn);
        Assert.InRange(drawn.Length, LeastMembers, int.MaxValue);
        return drawn[..random.Next(LeastMembers, drawn.Length + 1)];
    }

    /// <summary>Chunks of one size from an offset to the end of a heap.</summary>
    private static IEnumerable<ulong> Chunks(MemoryOfHeaps memory, ulong offset, ulong bytes, int heap = 0)
    {
        for (ulong at = memory.StartOf(heap) + offset; at + bytes <= memory.EndOf(heap); at += bytes)
        {
            memory[at + 8] = bytes | 1;
            yield return at;
        }
    }

    private static IEnumerable<CachedChunk> Collected(CachedChunks chunks) =>
        Enumerable.Range(0, chunks.PartCount).SelectMany(part => chunks.Filled(part).ToArray());
}
