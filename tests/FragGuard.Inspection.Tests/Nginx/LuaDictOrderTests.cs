using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

public sealed class LuaDictOrderTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    /// <summary>Lists of any order, whole and damaged: links that lead elsewhere, liars beside the list, rings, missing entries.</summary>
    [Fact]
    public void Order_IsThatOfTheLinksOnWhichBothEndsAgree()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int whole = 0;
        int unordered = 0;
        for (int round = 0; round < Rounds; round++)
        {
            LuaDictOrder order = OrderOf(Draw(random, random.Next(1, 24), random.Next(3) / 6.0), 1 << random.Next(6));
            whole += order.IsWhole ? 1 : 0;
            unordered += order.Unordered > 0 ? 1 : 0;
        }

        output.WriteLine($"{whole} whole, {unordered} with entries without a place");
        Assert.InRange(whole, Rounds / 10, Rounds * 9 / 10);
        Assert.InRange(unordered, Rounds / 10, Rounds * 9 / 10);
    }

    /// <summary>
    /// Entries in random order, so many that far more walks are needed than go side by side: whole, and broken in a few places or
    /// in many. One entry after the other is followed in what is expected.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(30_000)]
    public void OrderOfManyWalks_IsThatOfASingleOne(int damages)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int whole = 0;
        for (int round = 0; round < 12; round++)
        {
            int slots = random.Next(1, 60_000);
            LuaDictOrder order = OrderOf(Draw(random, slots, Math.Min(0.5, (double)damages / slots)), 1 << random.Next(13));
            output.WriteLine($"{slots} slots: whole {order.IsWhole}, {order.Unordered} of {order.Entries} without a place");
            whole += order.IsWhole ? 1 : 0;
        }

        if (damages == 0)
            Assert.True(whole > 0);
    }

    [Fact]
    public void WalksStartAtMultiplesOfAPowerOfTwo() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LuaDictWalks(new LuaDictLinks(1), 3));

    /// <summary>Every liar names the one entry of the list as the one used just before it, and lies ahead of it.</summary>
    [Theory]
    [InlineData(60_000, true)]
    [InlineData(1_000_000, false)]
    public void Liars_AreRememberedUpToABoundAndNeverFollowed(int liars, bool isWhole)
    {
        LuaDictLinks links = new(liars + 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int liar = 0; liar < liars; liar++)
            links.Add(liar, liar + 1, liars + 1);
        links.Add(liars, LuaDictLinks.Head, liars + 1);
        links.Add(liars + 1, liars, LuaDictLinks.Head);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        links.Complete();

        var order = LuaDictOrder.Of(links, liars + 1, liars);

        Assert.Equal(isWhole, order.IsWhole);
        Assert.Equal([liars + 1, liars], ByPlace(links));
        Assert.Equal(0, order.Unordered);
        Assert.InRange(allocated, 0, 8_000_000);
    }

    /// <summary>Walks start in the rings, at every slot or at every other one, or in none.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void RingsBesideTheList_HaveNoPlaceAndDoNotEndIt(int spacing)
    {
        LuaDictLinks links = new(6);
        links.Add(0, 1, LuaDictLinks.Head);
        links.Add(1, LuaDictLinks.Head, 0);
        links.Add(2, 3, 4);
        links.Add(3, 4, 2);
        links.Add(4, 2, 3);

        var order = LuaDictOrder.Of(links, 0, 1, spacing);

        Assert.True(order.IsWhole);
        Assert.Equal((2, 0), (order.Entries, order.Unordered));
        Assert.Equal([0, 1], ByPlace(links));
    }

    [Fact]
    public void MoreSlotsThanAWordCanNumber_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LuaDictLinks(LuaDictSlots.Most + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LuaDictLinks(-1));
    }

    /// <summary>The numbers at both ends of what a word can hold.</summary>
    [Fact]
    public void LargestNumber_IsNotTakenForTheHead()
    {
        const int last = LuaDictSlots.Most - 1;
        LuaDictLinks links = new(LuaDictSlots.Most);
        links.Add(0, last, LuaDictLinks.Head);
        links.Add(last, LuaDictLinks.Head, 0);

        var order = LuaDictOrder.Of(links, 0, last);

        Assert.True(order.IsWhole);
        Assert.Equal((0, 1), (links.PlaceOf(0), links.PlaceOf(last)));
    }

    /// <summary>What is found, after it was held against what is expected.</summary>
    private static LuaDictOrder OrderOf(LinkedEntries expected, int spacing)
    {
        expected.Follow();
        LuaDictLinks links = expected.ToLinks();

        var order = LuaDictOrder.Of(links, expected.First, expected.Last, spacing);

        Assert.Equal((expected.IsWhole, expected.Unordered, expected.Order.Count), (order.IsWhole, order.Unordered, order.Entries));
        Assert.Equal(expected.Order, ByPlace(links));
        return order;
    }

    /// <param name="damage">Share of links that lead elsewhere.</param>
    private static LinkedEntries Draw(Random random, int slots, double damage)
    {
        int[] list = [.. Enumerable.Range(0, slots).Where(_ => random.Next(5) > 0)];
        random.Shuffle(list);
        LinkedEntries entries = new()
        {
            Slots = slots,
            First = Perhaps(random, slots, list.Length == 0 ? LuaDictLinks.Head : list[0]),
            Last = Perhaps(random, slots, list.Length == 0 ? LuaDictLinks.Head : list[^1]),
        };
        for (int i = 0; i < list.Length; i++)
        {
            int next = i + 1 < list.Length ? list[i + 1] : LuaDictLinks.Head;
            int previous = i > 0 ? list[i - 1] : LuaDictLinks.Head;
            if (random.NextDouble() < damage)
                next = Other(random, slots, list[i]);
            if (random.NextDouble() < damage)
                previous = Other(random, slots, list[i]);
            if (random.NextDouble() >= damage / 4)
                entries.Add(list[i], next, previous);
        }

        foreach (int beside in Enumerable.Range(0, slots).Except(list).Where(_ => random.Next(2) == 0))
            entries.Add(beside, Other(random, slots, beside), Other(random, slots, beside));
        return entries;
    }

    private static int Perhaps(Random random, int slots, int number) => random.Next(20) > 0 ? number : random.Next(-2, slots);

    /// <summary>Any slot but the entry's own, or the head.</summary>
    private static int Other(Random random, int slots, int than)
    {
        int other = random.Next(-1, slots);
        return other == than ? LuaDictLinks.Head : other;
    }

    private static IEnumerable<int> ByPlace(LuaDictLinks links) =>
        Enumerable.Range(0, links.Slots).Where(slot => links.PlaceOf(slot) >= 0).OrderBy(links.PlaceOf);
}
