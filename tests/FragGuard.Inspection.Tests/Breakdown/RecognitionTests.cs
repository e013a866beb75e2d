using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Breakdown.Recognition;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Procfs;

namespace FragGuard.Inspection.Tests.Breakdown;

/// <summary>Forged memory: structures that lie.</summary>
public sealed class RecognitionTests
{
    private const ulong Heap = 64 << 20;
    private const ulong Lua = 0x7000_0000_0000;
    private const ulong LuaState = Lua + 0x3000;
    private const ulong LuaSegment = LuaState + 16 + 832;
    private const ulong LuaTop = Lua + 0x8000;

    [Theory]
    [InlineData(48, 0, 0x21000, 0x21000, true)]
    [InlineData(32, 0, 0x21000, 0x40000, true)]
    [InlineData(40, 0, 0x21000, 0x21000, false)]
    [InlineData(48, 0, 0x41000, 0x21000, false)]
    [InlineData(48, 0, 0, 0x21000, false)]
    [InlineData(48, 0, 0x21000, 0x8000000, false)]
    [InlineData(48, 0, 0x21000, 0x21001, false)]
    [InlineData(48, Heap, 0x21000, 0x21000, false)]
    [InlineData(48, 12345, 0x21000, 0x21000, false)]
    public void ArenaHeap_NeedsARecordThatHolds(ulong arenaOffset, ulong previous, ulong bytes, ulong accessible, bool isOne)
    {
        FakeMemory memory = new FakeMemory().Write(Heap, Heap + arenaOffset).Write(Heap + 8, previous).Write(Heap + 16, bytes).Write(Heap + 24, accessible);

        Assert.Equal(isOne ? 1 : 0, GlibcHeaps.Arenas(SpaceOf(memory, Plain(Heap, 2 * Heap))).Count);
    }

    [Fact]
    public void ArenaHeap_IsNoneAcrossAFile()
    {
        FakeMemory memory = new FakeMemory().Write(Heap, Heap + 48).Write(Heap + 16, 0x21000).Write(Heap + 24, 0x21000);
        MemoryMapping file = new(Heap + 0x21000, 2 * Heap, "r--p", 0, 7, "/a");

        Assert.Empty(GlibcHeaps.Arenas(SpaceOf(memory, Plain(Heap, Heap + 0x21000), file)));
    }

    [Theory]
    [InlineData(0x3002, 1)]
    [InlineData(0x3003, 0)]
    [InlineData(0x3012, 0)]
    [InlineData(0x9002, 0)]
    [InlineData(2, 0)]
    public void LargeBlock_FitsItsMapping(ulong word, int found)
    {
        FakeMemory memory = new FakeMemory().Write(0x10008, word);

        Assert.Equal(found, GlibcHeaps.LargeBlocks(SpaceOf(memory, Plain(0x10000, 0x18000)), new ClaimMap()).Count);
    }

    [Fact]
    public void ControlBlock_PointsToItselfTwice()
    {
        MemoryMapping guard = new(0x10000, 0x11000, "---p", 0, 0, "");
        FakeMemory once = new FakeMemory().Write(0x2f6c0, 0x2f6c0);
        FakeMemory twice = new FakeMemory().Write(0x2f6c0, 0x2f6c0).Write(0x2f6d0, 0x2f6c0);

        Assert.Empty(ThreadStacks.Find(SpaceOf(once, guard, Plain(0x11000, 0x30000)), []));
        Assert.Empty(ThreadStacks.Find(SpaceOf(twice, Plain(0x11000, 0x30000)), []));
        Assert.Equal(Certainty.Certain, Assert.Single(ThreadStacks.Find(SpaceOf(twice, guard, Plain(0x11000, 0x30000)), [])).Certainty);
        Assert.Equal(Certainty.Likely, Assert.Single(ThreadStacks.Find(SpaceOf(once, guard, Plain(0x11000, 0x30000)), [0x2f000])).Certainty);
    }

    [Fact]
    public void StackBelowOtherMemory_EndsAtItsControlBlock()
    {
        MemoryMapping guard = new(0x10000, 0x11000, "---p", 0, 0, "");
        FakeMemory memory = new FakeMemory().Touch(0x2e000).Write(0x2f6c0, 0x2f6c0).Write(0x2f6d0, 0x2f6c0);

        MemoryClaim stack = Assert.Single(ThreadStacks.Find(SpaceOf(memory, guard, Plain(0x11000, 0x80000)), [0x2e100]));

        Assert.Equal((0x11000UL, 0x30000UL), (stack.Start, stack.End));
    }

    [Fact]
    public void StacksInOneMapping_AreLookedThroughOnce()
    {
        MemoryMapping guard = new(0x10000, 0x11000, "---p", 0, 0, "");
        FakeMemory memory = new();
        for (ulong at = 0x11000; at < 0x91000; at += FakeMemory.PageBytes)
            memory.Touch(at);
        CountedReads pages = new(memory);

        MemoryClaim stack = Assert.Single(ThreadStacks.Find(
            new AddressSpace([guard, Plain(0x11000, 0x91000)], pages, memory.ResidenceOf),
            [.. Enumerable.Range(0, 100).Select(static thread => 0x11000 + ((ulong)thread * 1024))]));

        Assert.Equal((0x11000UL, 0x91000UL), (stack.Start, stack.End));
        Assert.InRange(pages.Count, 0x80, 0x80 + 1);
    }

    [Fact]
    public void StacksInTwoMappings_AreTwo()
    {
        FakeMemory memory = new FakeMemory().Touch(0x2e000).Touch(0x4e000);

        Assert.Equal([0x11000UL, 0x31000UL], ThreadStacks.Find(
            SpaceOf(
                memory, new(0x10000, 0x11000, "---p", 0, 0, ""), Plain(0x11000, 0x30000),
                new(0x30000, 0x31000, "---p", 0, 0, ""), Plain(0x31000, 0x50000)),
            [0x2e100, 0x4e100]).Select(static one => one.Start));
    }

    [Fact]
    public void LuaSegments_AreFollowed()
    {
        FakeMemory memory = LuaMachine(next: Lua + 0x1000).Write(Lua + 0x1000, Lua + 0x100000).Write(Lua + 0x1008, 0x40000);
        MemoryClaim[] segments = [.. LuaJitMemory.Find(SpaceOf(memory, Plain(Lua, Lua + 0x200000)))];

        Assert.Equal([(Lua, Lua + 0x20000), (Lua + 0x100000, Lua + 0x140000)], segments.Select(static one => (one.Start, one.End)));
    }

    [Fact]
    public void LuaStateInNoneOfItsSegments_IsNone()
    {
        FakeMemory memory = LuaMachine(next: 0).Write(LuaSegment, Lua + 0x4000);
        Assert.Empty(LuaJitMemory.Find(SpaceOf(memory, Plain(Lua, Lua + 0x100000))));

        memory.Write(LuaSegment + 16, Lua + 0x1000).Write(Lua + 0x1000, Lua).Write(Lua + 0x1008, 0x4000);

        Assert.Equal(
            [(Lua, Lua + 0x4000), (Lua + 0x4000, Lua + 0x24000)],
            LuaJitMemory.Find(SpaceOf(memory, Plain(Lua, Lua + 0x100000))).Select(static one => (one.Start, one.End)).Order());
    }

    [Fact]
    public void LuaSegmentsInACircle_EndSomewhere() =>
        Assert.Single(LuaJitMemory.Find(SpaceOf(LuaMachine(next: LuaSegment), Plain(Lua, Lua + 0x20000))));

    /// <summary>Each page claims to be a state and leads into one long list of segments, none of which holds it.</summary>
    [Fact]
    public void LongListsOfManyForgedStates_AreFollowedUpToABudget()
    {
        const ulong States = 20;
        const ulong Records = 70_000;
        const ulong Segment = Lua + 0x8000_0000;
        const ulong List = Lua + 0x4000_0000;
        FakeMemory memory = new FakeMemory().Write(Segment + 8, 65);
        for (ulong i = 0; i < States; i++)
        {
            ulong state = Lua + (i * FakeMemory.PageBytes);
            memory.Write(state + 32, 64).Write(state + 48, Segment);
            memory.Write(state + 848, Segment).Write(state + 856, 0x1000).Write(state + 864, List);
        }

        for (ulong i = 0; i < Records; i++)
            memory.Write(List + (i * 32), Segment).Write(List + (i * 32) + 8, 0x1000).Write(List + (i * 32) + 16, List + ((i + 1) * 32));
        CountedReads pages = new(memory);

        Assert.Empty(LuaJitMemory.Find(new AddressSpace(
            [Plain(Lua, Lua + (States * 0x1000)), Plain(List, List + (Records * 32)), Plain(Segment, Segment + 0x1000)], pages, memory.ResidenceOf)));

        Assert.InRange(pages.Count, 1, (3 * 65_536) + 50_000);
    }

    [Fact]
    public void LuaStateWhoseTopDisagrees_IsNone() =>
        Assert.Empty(LuaJitMemory.Find(SpaceOf(LuaMachine(next: 0, topHead: 0x1011), Plain(Lua, Lua + 0x20000))));

    [Fact]
    public void LuaSegmentOutsideTheMapping_IsNone() =>
        Assert.Empty(LuaJitMemory.Find(SpaceOf(LuaMachine(next: 0), Plain(Lua, Lua + 0x10000))));

    [Fact]
    public void LuaBlock_NeedsBothMarks()
    {
        FakeMemory memory = new FakeMemory().Write(Lua, 1).Write(Lua + 8, (0x40000 - 32) | 2).Touch(Lua + 0x3f000);
        Assert.Empty(LuaJitMemory.Find(SpaceOf(memory, Plain(Lua, Lua + 0x40000))));

        memory.Write(Lua + 0x40000 - 32 + 8, 11);

        Assert.Equal(0x40000UL, Assert.Single(LuaJitMemory.Find(SpaceOf(memory, Plain(Lua, Lua + 0x40000)))).Bytes);
    }

    [Fact]
    public void AbsurdAddressSpace_IsLookedAtInPart()
    {
        FakeMemory memory = new();
        long asked = 0;
        AddressSpace space = new([Plain(1UL << 40, 1UL << 47)], memory, (start, end) =>
        {
            asked += (long)(end - start) / (long)FakeMemory.PageBytes;
            return new PageResidence[(int)((end - start) / FakeMemory.PageBytes)];
        });

        Assert.Empty(LuaJitMemory.Find(space));
        Assert.Empty(GlibcHeaps.LargeBlocks(space, new ClaimMap()));
        Assert.InRange(asked, 1, (1 << 26) + (1 << 14));
    }

    [Fact]
    public void StackPointer_IsTheFieldBeforeTheLast()
    {
        Assert.Equal(0x7ffdUL, ThreadPointers.StackPointer("202 0x1 0x80 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n"));
        Assert.Equal(0x7ffdUL, ThreadPointers.StackPointer("-1 0x7ffd 0x7f00\n"));
        Assert.Null(ThreadPointers.StackPointer("running\n"));
        Assert.Null(ThreadPointers.StackPointer(""));
    }

    /// <summary>Counts how often it is read.</summary>
    private sealed class CountedReads(FakeMemory memory) : IMemorySource
    {
        public int Count { get; private set; }

        public int Read(ulong address, Span<byte> into)
        {
            Count++;
            return memory.Read(address, into);
        }
    }

    private static FakeMemory LuaMachine(ulong next, ulong topHead = 0x1001) => new FakeMemory()
        .Write(LuaState + 32, 0x1000).Write(LuaState + 48, LuaTop).Write(LuaTop + 8, topHead)
        .Write(LuaSegment, Lua).Write(LuaSegment + 8, 0x20000).Write(LuaSegment + 16, next);

    private static MemoryMapping Plain(ulong start, ulong end) => new(start, end, "rw-p", 0, 0, "");

    private static AddressSpace SpaceOf(FakeMemory memory, params IReadOnlyList<MemoryMapping> mappings) =>
        new(mappings, memory, memory.ResidenceOf);
}
