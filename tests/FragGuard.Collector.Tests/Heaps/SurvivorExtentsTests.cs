using System;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class SurvivorExtentsTests(ITestOutputHelper output)
{
    private const ulong Start = 0x7000_0000;

    [Fact]
    public void Find_TellsWhereALiveAddressIs_AndNothingOfADeadOne()
    {
        SurvivorExtents survivors = new();
        survivors.Add(new SurvivorExtent(Start + 1_000, Start + 5_000, 100));
        survivors.Add(new SurvivorExtent(Start, Start, 500));

        Assert.Equal(Start + 5_000, survivors.Find(Start + 1_099)?.NewStart);
        Assert.Null(survivors.Find(Start + 1_100));
        Assert.Null(survivors.Find(Start + 999));
        Assert.Null(survivors.Find(Start - 1));
    }

    [Fact]
    public void BeyondTheLimit_HolesLoseTheirPlaceButNotTheirBytes()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        SurvivorExtents survivors = new(maxExtents: 500);
        ulong live = 0;
        ulong at = Start;
        for (int i = 0; i < 20_000; i++)
        {
            ulong bytes = 8 * (ulong)random.Next(3, 100);
            survivors.Add(new SurvivorExtent(at, at, bytes));
            live += bytes;
            at += bytes + (8 * (ulong)random.Next(1, 40));
        }

        SurvivorExtent[] kept = survivors.Sorted().ToArray();
        Assert.InRange(kept.Length, 1, 500);
        Assert.Equal(live, kept.Aggregate(0UL, (sum, one) => sum + one.Bytes - one.InnerFreeBytes));
        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.True(pair.First.OldEnd <= pair.Second.OldStart));
    }

    [Fact]
    public void BeyondTheLimit_RunsThatMovedDifferently_StayApart()
    {
        SurvivorExtents survivors = new(maxExtents: 4);
        for (ulong i = 0; i < 4; i++)
            survivors.Add(new SurvivorExtent(Start + (i * 100), Start + (i * 100) + (i < 2 ? 0UL : 0x1000_0000), 90));
        survivors.Add(new SurvivorExtent(Start + 1_000, Start + 1_000, 90));

        Assert.Equal(Start + 100 + 50, At(survivors, Start + 150));
        Assert.Equal(Start + 200 + 50 + 0x1000_0000, At(survivors, Start + 250));
    }

    [Fact]
    public void SortedByNewStart_IsInThatOrderWhateverMoved()
    {
        SurvivorExtents survivors = new();
        foreach (ulong i in new ulong[] { 5, 1, 4, 2, 3 })
            survivors.Add(new SurvivorExtent(Start + (i * 100), Start + 0x10_0000 - (i * 100), 50));

        ulong[] starts = [.. survivors.SortedByNewStart().ToArray().Select(one => one.NewStart)];
        Assert.Equal(starts.Order(), starts);
        Assert.Equal(Start + 100, survivors.Sorted()[0].OldStart);
    }

    private static ulong? At(SurvivorExtents survivors, ulong address) =>
        survivors.Find(address) is { } extent ? address - extent.OldStart + extent.NewStart : null;
}
