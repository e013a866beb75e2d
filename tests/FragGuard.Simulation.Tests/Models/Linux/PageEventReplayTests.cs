using System;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class PageEventReplayTests(ITestOutputHelper output)
{
    private readonly PageEventReplay _replay = new([(1, 4_096), (4_096, 10_000)]);

    [Fact]
    public void FreePages_FormTheLargestAlignedBlocks()
    {
        _replay.AddFree(1, 700);
        _replay.AddFree(700, 1_024);

        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0], _replay.Zones[0].FreeBlocks);
        Assert.Equal(0, _replay.Zones[1].FreePages);
        Assert.Equal(0, _replay.ContradictedPages);
    }

    [Fact]
    public void TakenBlock_LeavesTheRestOfItsBlockFree()
    {
        _replay.AddFree(4_096, 4_096 + 1_024);
        _replay.Play(new PageEvent(PageEventKind.Taken, 4_096 + 6, 1));

        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0], _replay.Zones[1].FreeBlocks);
        _replay.Play(new PageEvent(PageEventKind.Drained, 4_096 + 6, 1));
        Assert.Equal(1, _replay.Zones[1].FreeBlocks[10]);
    }

    [Fact]
    public void FreedBlock_ReachesTheListsAtOnceOnlyWhereNoPerCpuListHoldsIt()
    {
        _replay.Play(new PageEvent(PageEventKind.Freed, 4_096, 3));
        _replay.Play(new PageEvent(PageEventKind.Freed, 4_608, 9));
        Assert.Equal((0, 0), (_replay.Zones[1].FreePages, _replay.Played));

        _replay.Play(new PageEvent(PageEventKind.Freed, 4_096, 4));
        Assert.Equal((16, 1), (_replay.Zones[1].FreePages, _replay.Played));
    }

    [Fact]
    public void BlockThatHasAnOwner_IsNotFree()
    {
        _replay.AddFree(4_096, 4_100);
        _replay.Play(new PageEvent(PageEventKind.Allocated, 4_097));
        _replay.Play(new PageEvent(PageEventKind.Allocated, 4_104, 3));

        Assert.Equal((3, 1), (_replay.Zones[1].FreePages, _replay.ContradictedPages));
    }

    [Theory]
    [InlineData(0x1400, 0x1440, 8, 0)]
    [InlineData(0x1400, 0x1440, 5, 0)]
    [InlineData(0x1402, 0x1440, 4, 0)]
    [InlineData(0x1400, 0x1440, 20, 12)]
    public void Isolation_TakesTheLowestFreePagesOfItsRange(long first, long end, long taken, long contradicted)
    {
        _replay.AddFree(0x1400, 0x1404);
        _replay.AddFree(0x1410, 0x1414);
        _replay.Play(new PageEvent(PageEventKind.Isolated, first, EndPage: end, TakenPages: taken));

        Assert.Equal(8 - taken + contradicted, _replay.Zones[1].FreePages);
        Assert.Equal(contradicted, _replay.ContradictedPages);
        _replay.Play(new PageEvent(PageEventKind.Taken, 0x1402));
        Assert.Equal(contradicted + 1, _replay.ContradictedPages);
    }

    [Fact]
    public void WithoutHugePages_BlocksOfTheirSizeAreFreedAtOnce()
    {
        PageEventReplay replay = new([(0, 1_024)], hugePageOrder: -1);
        replay.Play(new PageEvent(PageEventKind.Freed, 512, 9));

        Assert.Equal(512, replay.Zones[0].FreePages);
    }

    [Fact]
    public void ContradictedEvent_HoldsAndIsCounted()
    {
        _replay.AddFree(16, 24);
        _replay.Play(new PageEvent(PageEventKind.Taken, 0x40, 2));
        Assert.Equal(4, _replay.ContradictedPages);

        _replay.Play(new PageEvent(PageEventKind.Drained, 16, 0));
        Assert.Equal((5, 8), (_replay.ContradictedPages, _replay.Zones[0].FreePages));

        _replay.Play(new PageEvent(PageEventKind.Taken, 16, 4));
        Assert.Equal((13, 0), (_replay.ContradictedPages, _replay.Zones[0].FreePages));
    }

    [Fact]
    public void StraysAndLosses_AreCounted()
    {
        _replay.Play(new PageEvent(PageEventKind.Taken, 10_000));
        _replay.Play(new PageEvent(PageEventKind.Drained, 0));
        _replay.Play(new PageEvent(PageEventKind.Drained, long.MaxValue - 5, 10));
        _replay.Play(new PageEvent(PageEventKind.Drained, 33, 2));
        _replay.Play(new PageEvent(PageEventKind.Isolated, 20, EndPage: 10));
        _replay.Play(new PageEvent(PageEventKind.Isolated, 20, EndPage: long.MaxValue, TakenPages: 1));
        _replay.Play(new PageEvent(PageEventKind.Lost, -1, LostEvents: 7));

        Assert.Equal((6, 7), (_replay.Strays, _replay.LostEvents));
        Assert.Throws<ArgumentOutOfRangeException>(() => _replay.AddFree(4_000, 4_100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FreeBlocks_AreTheLargestThatTheFreePagesForm(ulong seed)
    {
        output.WriteLine($"seed {seed}");
        SeededRandom random = new(seed);
        PageEventReplay replay = new([(3, 3_000)]);
        bool[] isFree = new bool[3_000];
        for (int i = 0; i < 6_000; i++)
        {
            int order = (int)random.Next(0, 4);
            int page = (int)random.Next(1, 2_900 >> order) << order;
            bool isTaken = random.Next(0, 1) == 0;
            if (page < 3)
                continue;
            replay.Play(new PageEvent(isTaken ? PageEventKind.Taken : PageEventKind.Drained, page, order));
            isFree.AsSpan(page, 1 << order).Fill(!isTaken);
            if (i % 50 == 0)
                Assert.Equal(LargestBlocks(isFree), replay.Zones[0].FreeBlocks);
        }
    }

    /// <summary>Counts, from the largest order down, the aligned blocks of which every page is free and not counted yet.</summary>
    private static long[] LargestBlocks(bool[] isFree)
    {
        bool[] left = [.. isFree];
        long[] blocks = new long[BuddyZone.Orders];
        for (int order = BuddyZone.MaxOrder; order >= 0; order--)
        {
            int pages = 1 << order;
            for (int page = 0; page + pages <= left.Length; page += pages)
            {
                if (!left.AsSpan(page, pages).Contains(false))
                {
                    blocks[order]++;
                    left.AsSpan(page, pages).Clear();
                }
            }
        }

        return blocks;
    }
}
