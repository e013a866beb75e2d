using System;
using System.Buffers.Binary;
using System.Linq;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Metrics;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>Zones that were forged to hurt their reader: it ends, soon, and without an error of its own.</summary>
public sealed class HostileZonesTests(ITestOutputHelper output)
{
    private const int Pages = 16;
    private const int Mutations = 10_000;

    /// <summary>No reading may ask for more than this many times the bytes of its zone.</summary>
    private const int MostPasses = 40;

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void EveryWordOfTheRecords_MayHoldAnything(bool hasSemaphore, bool hasStatistics)
    {
        ForgedZone forged = new(new Random(1), hasSemaphore, hasStatistics, 12, Pages);
        for (int offset = 0; offset < forged.Start; offset += 8)
        {
            foreach (ulong value in Hostile(forged, offset))
                ReadWith(forged, offset, value);
        }
    }

    [Fact]
    public void EveryLinkOfTheDictionary_MayLeadAnywhere()
    {
        ForgedZone forged = new(new Random(2), true, true, 12, Pages);
        byte[] original = [.. forged.Bytes];
        ulong[] pointers = [.. Enumerable.Range(0, (original.Length - forged.Start) / 8).Select(i => forged.Start + (i * 8))
            .Where(offset => Word(original, offset) - ForgedZone.Address < (ulong)original.Length).Select(offset => (ulong)offset)];

        Assert.NotEmpty(pointers);
        foreach (ulong offset in pointers)
        {
            foreach (ulong value in Hostile(forged, (int)offset))
                ReadWith(forged, (int)offset, value);
        }
    }

    [Fact]
    public void RandomMutations_NeverHurt()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int zones = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ForgedZone forged = new(random, random.Next(2) == 0, random.Next(2) == 0, 12, random.Next(2, 24), random.Next(2) == 0);
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                int offset = random.Next(random.Next(2) == 0 ? forged.Start : forged.Bytes.Length);
                ulong[] values = Hostile(forged, offset);
                if (random.Next(2) == 0 && offset + 8 <= forged.Bytes.Length)
                    BinaryPrimitives.WriteUInt64LittleEndian(forged.Bytes.AsSpan(offset), values[random.Next(values.Length)]);
                else
                    forged.Bytes[offset] = (byte)random.Next(256);
            }

            zones += Use(forged, drawn: i % 20 == 0) ? 1 : 0;
        }

        // Most words are no part of the header, so most of the zones are still zones.
        Assert.InRange(zones, Mutations / 10, Mutations);
    }

    [Fact]
    public void CyclicFreeList_EndsAsADoubt()
    {
        ForgedZone forged = new(new Random(3), true, true, 12, Pages);
        int first = (int)(Word(forged.Bytes, 56) - ForgedZone.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(forged.Bytes.AsSpan(first + 8), ForgedZone.Address + (ulong)first);

        SlabZone zone = ForgedZonesTests.Read(forged)!;

        Assert.True(zone.Reading.Doubts.HasFlag(ZoneDoubts.FreeList));
        Assert.Throws<InspectionException>(() => ZoneRestore.Pool(zone));
    }

    [Fact]
    public void CyclicOrderOfUse_HasAllEntriesOnceAndIsNotWhole()
    {
        ForgedZone forged = new(new Random(4), true, true, 12, Pages);
        SlabZone whole = ForgedZonesTests.Read(forged)!;
        int fifth = (int)OffsetOf(whole, 4) + 48 + 8;
        BinaryPrimitives.WriteUInt64LittleEndian(forged.Bytes.AsSpan(fifth), ForgedZone.Address + (ulong)OffsetOf(whole, 1) + 48);

        SlabZone zone = ForgedZonesTests.Read(forged)!;

        Assert.True(whole.Dict!.IsWhole);
        Assert.False(zone.Dict!.IsWhole);
        Assert.Equal(whole.Dict.Entries, zone.Dict.Entries);
        Assert.Equal(0, zone.Dict.Unordered);
        Assert.False(zone.Reading.IsTorn);
    }

    [Fact]
    public void AbsurdNumberOfPages_IsNoZone()
    {
        ForgedZone forged = new(new Random(5), true, true, 12, Pages);
        Assert.NotNull(ForgedZonesTests.Read(forged));

        BinaryPrimitives.WriteUInt64LittleEndian(forged.Bytes.AsSpan(40), Word(forged.Bytes, 32) + (24UL << 40));

        Assert.Null(ForgedZonesTests.Read(forged));
    }

    [Theory]
    [InlineData(1UL << 23, false)]
    [InlineData((1UL << 23) + 1, true)]
    [InlineData(1UL << 34, true)]
    public void ZoneOfMorePagesThanAreRead_IsLeftOutAndCounted(ulong pages, bool isLeftOut)
    {
        ForgedZone forged = new(new Random(8), true, true, 12, Pages);
        ulong end = forged.Grow(pages);
        ZoneBudget budget = new(pages: 1L << 40);

        SlabZone? zone = new SlabZoneReader(new FakeMemory(ForgedZone.Address, forged.Bytes), [], budget).TryRead(ForgedZone.Address, end);

        Assert.Equal((isLeftOut, isLeftOut ? 1 : 0), (zone is null, budget.Unread));
    }

    /// <summary>A header makes address space, which costs a forger nothing, look like a large zone.</summary>
    [Fact]
    public void ZonesOfMorePagesThanAreRead_AreLeftOutAndCounted()
    {
        ForgedZone forged = new(new Random(6), true, true, 12, Pages);
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes);
        ZoneBudget budget = new(pages: (2 * Pages) + 1);
        SlabZoneReader reader = new(memory, [], budget);

        Assert.NotNull(reader.TryRead(memory.Start, memory.End));
        Assert.NotNull(reader.TryRead(memory.Start, memory.End));
        Assert.Null(reader.TryRead(memory.Start, memory.End));
        Assert.Equal(1, budget.Unread);
    }

    [Fact]
    public void DictionariesOfMoreSlotsThanAreRead_AreCut()
    {
        ForgedZone forged = new(new Random(7), true, true, 12, Pages);
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes);
        SlabZone whole = ForgedZonesTests.Read(forged)!;

        SlabZone cut = new SlabZoneReader(memory, [], new ZoneBudget(slots: whole.Dict!.Records.Slots - 1)).TryRead(memory.Start, memory.End)!;

        Assert.True(whole.Dict.IsWhole);
        Assert.True(cut.Dict!.IsCut);
        Assert.False(cut.Dict.IsWhole);
        Assert.True(cut.Dict.Entries.Count < whole.Dict.Entries.Count);
        Assert.Throws<InspectionException>(() => ZoneRestore.Dict(cut));
    }

    [Fact]
    public void TextThatIsNoLabel_IsNotShown()
    {
        Assert.Equal(new ZoneLabel("limit_req zone", "one"), ZoneLabel.Parse(" in limit_req zone \"one\"\0"u8));
        Assert.Equal(ZoneLabel.None, ZoneLabel.Parse(" in limit_req zone \"one\""u8));
        Assert.Equal(ZoneLabel.None, ZoneLabel.Parse("in limit_req zone \"one\"\0"u8));
        Assert.Equal(ZoneLabel.None, ZoneLabel.Parse(" in limit_req zone one\0"u8));
        Assert.Equal(ZoneLabel.None, ZoneLabel.Parse(" in \u001b[2J zone \"one\"\0"u8));
        Assert.Equal(ZoneLabel.None, ZoneLabel.Parse("\0"u8));
        Assert.Equal(ZoneLabel.None, ZoneLabel.Parse(" in \"\0"u8));
        Assert.Equal(65, ZoneLabel.Parse([.. " in x \""u8, .. Enumerable.Repeat((byte)'a', 200), .. "\"\0"u8]).Name.Length);
    }

    private static ulong[] Hostile(ForgedZone forged, int offset) =>
    [
        0, 1, 2, 3, 7, 24, ulong.MaxValue, 1UL << 63, long.MaxValue, 1UL << 32, 0x8000_0000, (1UL << 63) | 1, (1UL << 63) | 0xffff,
        ForgedZone.Address, ForgedZone.Address + (ulong)offset, ForgedZone.Address + (ulong)offset - 8, ForgedZone.Address + (ulong)offset + 1,
        ForgedZone.Address + (ulong)forged.Descriptors, ForgedZone.Address + (ulong)forged.Descriptors + 24,
        ForgedZone.Address + (ulong)forged.Descriptors + 12, ForgedZone.Address + (ulong)forged.Start,
        ForgedZone.Address + (ulong)forged.Start + 128, ForgedZone.Address + (ulong)forged.Bytes.Length,
        ForgedZone.Address + (ulong)forged.Bytes.Length - 8, ForgedZone.Address - 8,
    ];

    private static long OffsetOf(SlabZone zone, int place) => zone.Dict!.Records.OffsetBytesOf(zone.Dict.Entries[place]);

    private static void ReadWith(ForgedZone forged, int offset, ulong value)
    {
        ulong before = Word(forged.Bytes, offset);
        BinaryPrimitives.WriteUInt64LittleEndian(forged.Bytes.AsSpan(offset), value);
        Use(forged, drawn: offset % 320 == 0);
        BinaryPrimitives.WriteUInt64LittleEndian(forged.Bytes.AsSpan(offset), before);
    }

    /// <summary>Reads it, counts it, hands it to the simulator, and draws some.</summary>
    private static bool Use(ForgedZone forged, bool drawn)
    {
        FakeMemory memory = new(ForgedZone.Address, forged.Bytes);
        SlabZone? zone = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End);
        Assert.InRange(memory.BytesRead, 0, MostPasses * (forged.Bytes.Length + 8192L));
        if (zone is null)
            return false;
        Assert.True(zone.FreeBytes >= 0 && zone.UsedBytes >= 0 && zone.UsedBytes + zone.FreeBytes <= zone.Bytes);
        ZoneMetrics.Of(zone);
        if (drawn)
            FragmentationMetrics.From(zone.Layout);
        try
        {
            ZoneRestore.Dict(zone).EvictOldest();
        }
        catch (InspectionException)
        {
            // Torn, or no dictionary: said so.
        }

        return true;
    }

    private static ulong Word(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset));
}
