using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class SurvivorExtentsTests(ITestOutputHelper output)
{
    private const ulong Start = 0x7000_0000;

    [Fact]
    public void FollowedAddress_IsWhereItsRunWent_OrDead()
    {
        SurvivorExtents survivors = new();
        survivors.Watch(new FollowedAddresses([Start + 1_099, Start + 1_100, Start + 999, Start + 20]), []);
        survivors.Add(new SurvivorExtent(Start + 1_000, Start + 5_000, 100));
        survivors.Add(new SurvivorExtent(Start, Start, 500));

        Assert.Equal(Start + 5_099, survivors.Followed.Find(Start + 1_099));
        Assert.Equal(Start + 20, survivors.Followed.Find(Start + 20));
        Assert.Null(survivors.Followed.Find(Start + 1_100));
        Assert.Null(survivors.Followed.Find(Start + 999));
    }

    [Fact]
    public void FollowedAddresses_AreFoundInWhateverOrderRunsCome()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        SurvivorExtent[] extents =
            [.. Enumerable.Range(0, 2_000).Select(i => new SurvivorExtent(Start + (100 * (ulong)i), Start + (77 * (ulong)i), 60))];
        SurvivorExtents survivors = new();
        survivors.Watch(new FollowedAddresses([.. extents.Select(one => one.OldStart + 59), .. extents.Select(one => one.OldEnd)]), []);
        random.Shuffle(extents);
        foreach (SurvivorExtent extent in extents)
            survivors.Add(extent);

        Assert.All(extents, one => Assert.Equal(one.NewStart + 59, survivors.Followed.Find(one.OldStart + 59)));
        Assert.All(extents, one => Assert.Null(survivors.Followed.Find(one.OldEnd)));
    }

    [Fact]
    public void FollowedAddresses_OfOneGc_SayNothingOfTheGcBefore()
    {
        FollowedAddresses followed = new(Start + 40, Start, Start + 80);
        SurvivorExtents survivors = new();
        survivors.Watch(followed, []);
        survivors.Add(new SurvivorExtent(Start, Start + 1_000, 100));
        followed.Clear(2);
        followed.Add(Start + 80);
        followed.Add(Start + 16);
        followed.Begin(version: 5);
        survivors.Watch(followed, []);
        survivors.Add(new SurvivorExtent(Start, Start + 2_000, 20));

        Assert.Equal([0UL, Start + 2_016], followed.After);
        Assert.Null(followed.Find(Start + 40));
        Assert.Equal((2, 5L), (followed.Count, followed.Version));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BeyondTheLimit_HolesLoseTheirPlaceButNotTheirBytes(int movedBytes)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        SurvivorExtents survivors = new(maxRuns: 500);
        ulong live = 0;
        ulong at = Start;
        for (int i = 0; i < 20_000; i++)
        {
            ulong bytes = 8 * (ulong)random.Next(3, 100);
            survivors.Add(new SurvivorExtent(Start + (5_000 * (ulong)i * (ulong)movedBytes) + ((ulong)(1 - movedBytes) * at), at, bytes));
            live += bytes;
            at += bytes + (8 * (ulong)random.Next(1, 40));
        }

        LiveRun[] kept = survivors.Runs().ToArray();
        Assert.InRange(kept.Length, 1, 500);
        Assert.Equal(live, kept.Aggregate(0UL, (sum, one) => sum + one.Bytes - one.InnerFreeBytes));
        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }

    [Fact]
    public void RunsThatCannotBeMerged_AreAllKept()
    {
        SurvivorExtents survivors = new(maxRuns: 10);
        for (ulong i = 0; i < 1_000; i++)
            survivors.Add(new SurvivorExtent(Start + (i << 21), Start + (i << 21), 90_000));

        Assert.Equal(1_000, survivors.Runs().Length);
    }

    [Fact]
    public void RunsThatMoveTogether_BecomeOne()
    {
        SurvivorExtents survivors = new();
        survivors.Add(new SurvivorExtent(Start, Start, 100));
        survivors.Add(new SurvivorExtent(Start + 500, Start + 100, 50));
        survivors.Add(new SurvivorExtent(Start + 900, Start + 174, 50));

        Assert.Equal([new LiveRun(Start, 150), new LiveRun(Start + 174, 50)], survivors.Runs().ToArray());
    }

    [Fact]
    public void LargeObjects_AreKeptOneByOne_OthersNot()
    {
        SurvivorExtents survivors = new();
        survivors.Watch(
            new FollowedAddresses([]), [new GenerationExtent(3, Start, 0x10_0000, 0x20_0000), new GenerationExtent(2, 2 * Start, 100, 100)]);
        survivors.Add(new SurvivorExtent(Start + 32, Start + 32, 90_000));
        survivors.Add(new SurvivorExtent(2 * Start, 2 * Start, 90));

        Assert.Equal([new SurvivorExtent(Start + 32, Start + 32, 90_000)], survivors.Large);
    }

    [Fact]
    public void LargeObjects_AmongSmallOnes_AreAllKept()
    {
        GenerationExtent[] regions =
        [
            new(2, Start, 0x10_0000, 0x20_0000), new(3, Start + 0x40_0000, 0x10_0000, 0x20_0000), new(3, Start + 0xC0_0000, 0x10_0000, 0x20_0000),
        ];
        ulong[] offsets = [0, 0x40_0000, 0x10, 0xC0_0000, 0xC1_0000, 0x80_0000, 0x41_0000, 0x20, 0xD0_0000];
        SurvivorExtents survivors = new();
        survivors.Watch(new FollowedAddresses(Start + 0x10), regions);
        foreach (ulong offset in offsets)
            survivors.Add(new SurvivorExtent(Start + offset, Start + offset, 16));

        Assert.Equal(
            [0x40_0000UL, 0xC0_0000, 0xC1_0000, 0x41_0000, 0xD0_0000], survivors.Large.Select(one => one.OldStart - Start));
        Assert.Equal([Start + 0x10], survivors.Followed.After);
    }

    [Fact]
    public void RegionsOfOneGc_SayNothingOfTheGcAfter()
    {
        SurvivorExtents survivors = new();
        survivors.Watch(FollowedAddresses.None, [new GenerationExtent(2, Start, 0x10_0000, 0x20_0000)]);
        survivors.Add(new SurvivorExtent(Start, Start, 90));
        survivors.Watch(FollowedAddresses.None, [new GenerationExtent(3, Start, 0x10_0000, 0x20_0000)]);
        survivors.Add(new SurvivorExtent(Start, Start, 90_000));

        Assert.Equal([new SurvivorExtent(Start, Start, 90_000)], survivors.Large);
    }

    [Fact]
    public void ExtentsOfOneEvent_AreTakenAsOneByOne()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            SurvivorExtent[] extents = Extents(random);
            ulong[] addresses = [.. extents.Where(_ => random.Next(20) == 0).Select(one => one.OldStart + (one.Bytes / 2))];
            GenerationExtent[] regions = [new(3, Start + 0x80_0000, 0x40_0000, 0x40_0000)];
            SurvivorExtents alone = new(maxRuns: 600);
            alone.Watch(new FollowedAddresses(addresses), regions);
            foreach (SurvivorExtent extent in extents)
                alone.Add(extent);
            SurvivorExtents together = new(maxRuns: 600);
            together.Watch(new FollowedAddresses(addresses), regions);
            together.Add<SurvivorExtent>(extents);

            Assert.Equal(alone.Large, together.Large);
            Assert.Equal(alone.Followed.After, together.Followed.After);
            Assert.Equal(Sequences(alone), Sequences(together));
            Assert.Equal(alone.Runs(), together.Runs());
        }
    }

    // Mostly in order, touching or with a hole; now and then elsewhere, empty or where no heap is.
    private static SurvivorExtent[] Extents(Random random)
    {
        SurvivorExtent[] extents = new SurvivorExtent[1_000];
        ulong to = Start;
        for (int i = 0; i < extents.Length; i++)
        {
            ulong bytes = (ulong)random.Next(64) switch { 0 => 0, 1 => 0x20_0000, 2 => ulong.MaxValue, var few => 8 * few };
            to = random.Next(50) switch
            {
                0 => Start + (8 * (ulong)random.Next(0x20_0000)),
                1 => GenerationExtent.MaxBytes - 8,
                < 25 => to,
                _ => to + (8 * (ulong)random.Next(1, 2_000)),
            };
            extents[i] = new SurvivorExtent(random.Next(2) == 0 ? to : Start + (8 * (ulong)random.Next(0x20_0000)), to, bytes);
            to = bytes < 0x40_0000 && to < Start + 0x1000_0000 ? to + bytes : Start;
        }

        return extents;
    }

    private static string Sequences(SurvivorExtents survivors)
    {
        List<string> said = [];
        for (int i = 0, count = survivors.Sequences.Order(); i < count; i++)
        {
            RunSequence one = survivors.Sequences.Sequence(i);
            said.Add($"{one.Runs.Length} {one.IsApart} {one.Bytes} {one.LargestGapBytes}");
        }

        return string.Join('\n', said);
    }
}
