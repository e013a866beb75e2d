using System;
using System.Buffers.Binary;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

public sealed class LuaDictScanTests(ITestOutputHelper output)
{
    private const int SlotBytes = 128;
    private const int OtherSlots = 2;
    private const int TypeAt = 33;
    private const int LinksAt = 48;

    /// <summary>Slots that hold no entry have the links of none, and not those of a slot that was looked at before.</summary>
    [Fact]
    public void SlotsOfUnknownTypesAmongEntries_AreNone()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        FullZone full = new(20, true, random);
        bool[] isDamaged = [.. Enumerable.Range(0, full.Slots).Select(slot => slot < OtherSlots || random.Next(3) == 0)];
        LuaDictScan scan = Scan(full, slot =>
        {
            if (isDamaged[slot])
                full.Bytes[OffsetOf(full, slot) + TypeAt] = 9;
        });

        Assert.Equal(full.Slots, scan.Slots.Count);
        Assert.Equal(isDamaged.Count(damaged => !damaged), scan.Links.Entries);
        Assert.All(isDamaged.Index(), slot => Assert.Equal(!slot.Item, scan.Links.Waits(slot.Index)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void EntryThatNamesItself_IsNone(int link)
    {
        const int slot = 77;
        FullZone full = new(20, true, new Random(1));
        int links = OffsetOf(full, slot) + LinksAt;
        LuaDictScan scan = Scan(full, each =>
        {
            if (each == slot)
                BinaryPrimitives.WriteUInt64LittleEndian(full.Bytes.AsSpan(links + link), FullZone.Address + (ulong)links);
        });

        Assert.False(scan.Links.Waits(slot));
        Assert.Equal(full.Entries - 1, scan.Links.Entries);
    }

    /// <summary>Every slot is in use, so numbers are those of slots.</summary>
    private static int OffsetOf(FullZone full, int slot) => full.Bytes.Length - ((full.Slots - slot) * SlotBytes);

    private static LuaDictScan Scan(FullZone full, Action<int> damage)
    {
        FakeMemory memory = new(FullZone.Address, full.Bytes);
        ZonePageTable table = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End)!.Table;
        for (int slot = OtherSlots; slot < full.Slots; slot++)
            damage(slot);
        return LuaDictScan.Of(memory, table, LuaDictForm.All[0], long.MaxValue);
    }
}
