using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>
/// The memory of a real zone, read by the documented offsets of a 64-bit nginx 1.11.7 or later: pool header of 200 bytes,
/// list heads of 24, statistics of 32, page descriptors of 24; the dictionary's order of use starts at byte 64 of its record.
/// </summary>
/// <param name="bytes">The zone.</param>
/// <param name="address">Where it was mapped.</param>
internal sealed class ZoneDump(byte[] bytes, ulong address)
{
    private const long HeaderBytes = 200;
    private const long DescriptorBytes = 24;
    private const long NodeLinkBytes = 48;
    private const int NodeBytes = 68;
    private const byte ListType = 5;

    public long FreePages => (long)Word(80);

    public int Pages => (int)((Word(40) - Word(32)) / DescriptorBytes);

    public long FirstPageBytes => OffsetOf(88);

    public IEnumerable<SlabRun> FreeRuns()
    {
        for (long page = OffsetOf(56); page != 48; page = OffsetOf(page + 8))
            yield return new SlabRun(PageIndex(page), (int)Word(page));
    }

    public IEnumerable<int> PartialPages(int sizeClass)
    {
        long head = HeaderBytes + (sizeClass * DescriptorBytes);
        for (long page = OffsetOf(head + 8); page != head; page = OffsetOf(page + 8))
            yield return PageIndex(page);
    }

    public SlabClassStatistics StatisticsOf(int sizeClass)
    {
        long record = OffsetOf(72) + (sizeClass * 32);
        return new SlabClassStatistics(
            (long)Word(record), (long)Word(record + 8), (long)Word(record + 16), (long)Word(record + 24));
    }

    /// <summary>The entries, the most recently used one first.</summary>
    public IEnumerable<DumpedEntry> ByUse()
    {
        long head = OffsetOf(184) + 64;
        for (long link = OffsetOf(head + 8); link != head; link = OffsetOf(link + 8))
        {
            long node = link - NodeLinkBytes;
            ReadOnlySpan<byte> entry = bytes.AsSpan((int)node + 32);
            bool isList = entry[1] == ListType;
            int keyBytes = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            yield return new DumpedEntry(
                Encoding.UTF8.GetString(bytes, (int)node + NodeBytes, keyBytes),
                node,
                isList ? 0 : length,
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                isList ? string.Join(' ', Elements((node + NodeBytes + keyBytes + 7) / 8 * 8)) : null,
                isList ? length : 0);
        }
    }

    private IEnumerable<string> Elements(long head)
    {
        for (long link = OffsetOf(head + 8); link != head; link = OffsetOf(link + 8))
            yield return $"{link}:{BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)link + 16))}";
    }

    private int PageIndex(long descriptor) => (int)((descriptor - OffsetOf(32)) / DescriptorBytes);

    private ulong Word(long offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan((int)offset));

    private long OffsetOf(long pointer) => (long)(Word(pointer) - address);
}
