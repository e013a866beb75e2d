using System;
using FragGuard.Inspection.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>
/// What reading a zone full of the smallest entries allocates. A dictionary of 1 GB has up to 8,388,608 of them, and may cost
/// 64 MB besides what is kept.
/// </summary>
public sealed class ReadingCostTests(ITestOutputHelper output)
{
    private const int Pages = 16 << 10;
    private const long MostBytesBesides = 64_000_000;

    /// <param name="keptBytes">Of an entry: 4 for its place in the order of use, and its sizes, type and time as far as they differ.</param>
    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 4 + 1 + 1 + 1 + 4)]
    public void EveryEntry_TakesItsShareOf64MegabytesBesidesWhatIsKept(bool areAlike, int keptBytes)
    {
        FullZone full = new(Pages, areAlike, new Random(1));
        FakeMemory memory = new(FullZone.Address, full.Bytes);
        new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End);
        long before = GC.GetAllocatedBytesForCurrentThread();

        SlabZone zone = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End)!;

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        LuaDictRecords records = zone.Dict!.Records;
        output.WriteLine(
            $"{(double)allocated / full.Slots:0.00} bytes a slot allocated, {(double)records.KeptBytes / full.Slots:0.00} of them kept");
        Assert.False(zone.Reading.IsTorn);
        Assert.True(zone.Dict.IsWhole);
        Assert.Equal(full.Entries, records.Count);
        Assert.InRange(records.KeptBytes, 1, (long)keptBytes * (full.Slots + PackedNumbers.ChunkNumbers));
        Assert.InRange(allocated - records.KeptBytes, 0, MostBytesBesides * full.Slots / LuaDictSlots.Most);
    }

    [Fact]
    public void WholeZone_IsReadOnce()
    {
        FullZone full = new(1 << 10, false, new Random(2));
        FakeMemory memory = new(FullZone.Address, full.Bytes);

        SlabZone zone = new SlabZoneReader(memory, [], new ZoneBudget()).TryRead(memory.Start, memory.End)!;

        Assert.True(zone.Dict!.IsWhole);
        Assert.InRange(memory.BytesRead, 0, full.Bytes.Length + (full.Bytes.Length / 64));
    }
}
