using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

public sealed class LuaDictSlotsTests(ITestOutputHelper output)
{
    private const ulong Start = 0x7f00_0001_0000;
    private const int LeastBytes = 69;

    /// <summary>Every address of random pages of every kind, full ones and others, against a count of what lies before it.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(16)]
    public void Numbers_AreThoseOfTheSlotsInUseInTheOrderOfAddresses(int pageShift)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 50; round++)
        {
            List<ulong> addresses = [];
            ZonePageTable table = Draw(random, pageShift, random.Next(1, 40), addresses);
            LuaDictSlots slots = new(table, LeastBytes, long.MaxValue);
            var numbers = addresses.Index().ToDictionary(each => each.Item, each => each.Index);

            Assert.Equal(addresses.Count, slots.Count);
            for (ulong address = Start - 64; address < table.Header.End + 64; address += 8)
                Assert.Equal(numbers.GetValueOrDefault(address, LuaDictSlots.None), slots.At(address));
            foreach (ulong address in addresses)
            {
                Assert.Equal(LuaDictSlots.None, slots.At(address + 1));
                Assert.Equal((long)(address - table.Header.Base), slots.OffsetOf(numbers[address]));
            }
        }
    }

    [Fact]
    public void PagesBehindTheMostSlots_HaveNoNumbers()
    {
        List<ulong> addresses = [];
        ZonePageTable table = Draw(new Random(1), 12, 40, addresses);
        LuaDictSlots all = new(table, LeastBytes, long.MaxValue);

        LuaDictSlots some = new(table, LeastBytes, all.Count - 1);

        Assert.True(some.IsCut);
        Assert.Equal(addresses.Take(some.Count).Select(all.At), addresses.Take(some.Count).Select(some.At));
        Assert.All(addresses.Skip(some.Count), address => Assert.Equal(LuaDictSlots.None, some.At(address)));
    }

    /// <param name="addresses">Takes those that have a number.</param>
    private static ZonePageTable Draw(Random random, int pageShift, int count, List<ulong> addresses)
    {
        SlabHeader header = new()
        {
            Form = SlabHeaderForm.All[0],
            Base = Start - 0x1_0000,
            PageShift = pageShift,
            Descriptors = Start - 0x8000,
            PageCount = count,
            Start = Start,
            End = Start + ((ulong)count << pageShift),
            FreePages = 0,
            LogContext = 0,
            Data = Start,
        };
        ZonePageList pages = new(header.HeadBytes, count);
        List<ulong> wideMaps = [];
        for (int page = 0; page < count; page++)
        {
            ref ZonePage drawn = ref pages[page];
            switch (random.Next(6))
            {
                case 0:
                    drawn.Use = ZonePageUse.FreeStart;
                    drawn.Pages = 1;
                    break;
                case 1:
                    drawn.Use = ZonePageUse.BlockStart;
                    drawn.Pages = 1;
                    addresses.Add(header.PageAddress(page));
                    break;
                default:
                    Cut(random, header, page, ref drawn, wideMaps, addresses);
                    break;
            }
        }

        return new ZonePageTable(header, pages, [.. wideMaps])
        {
            FreeRuns = [],
            PartialPages = [],
            Classes = [],
            Doubts = ZoneDoubts.None,
            UnparsedPages = 0,
        };
    }

    private static void Cut(
        Random random, SlabHeader header, int page, ref ZonePage drawn, List<ulong> wideMaps, List<ulong> addresses)
    {
        int shift = random.Next(2) == 0 ? 7 : random.Next(SlabHeader.MinShift, header.PageShift);
        int reserved = ZoneSlots.OfBitmap(header.PageShift, shift);
        ulong[] map = new ulong[Math.Max(1, ZoneSlots.PerPage(header.PageShift, shift) / 64)];
        int left = random.Next(3);
        for (int slot = 0; slot < ZoneSlots.PerPage(header.PageShift, shift); slot++)
        {
            bool isUsed = slot < reserved || left == 0 || (left == 1 ? slot != reserved : random.Next(2) == 0);
            if (!isUsed)
                continue;
            map[slot / 64] |= 1UL << (slot % 64);
            if (slot < reserved)
                continue;
            drawn.Used++;
            if (1 << shift >= LeastBytes)
                addresses.Add(header.PageAddress(page) + ((ulong)slot << shift));
        }

        drawn.Use = ZonePageUse.Cut;
        drawn.Shift = (byte)shift;
        drawn.Map = ZoneSlots.HasWideMap(header.PageShift, shift) ? (ulong)wideMaps.Count : map[0];
        if (ZoneSlots.HasWideMap(header.PageShift, shift))
            wideMaps.AddRange(map);
    }
}
