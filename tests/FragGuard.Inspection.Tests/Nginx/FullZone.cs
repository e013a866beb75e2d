using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>
/// A zone as large as one likes that is full of the smallest entries there are: nginx 1.11.7 and later with
/// semaphores, pages of 4 KiB, all cut into slots of 128 bytes.
/// </summary>
internal sealed class FullZone
{
    public const ulong Address = 0x7f00_0000_0000;

    private const int SlotBytes = 128;
    private const int SlotsOfPage = 4096 / SlotBytes;
    private const int Header = 200;
    private const int Classes = 9;
    private const int ClassOfSlots = 4;
    private const int Descriptors = Header + (Classes * (24 + 32));

    /// <summary>The dictionary's record and the zone's label.</summary>
    private const int OtherSlots = 2;

    private readonly int _start;

    /// <param name="areAlike">Entries have keys of 7 bytes, numbers as values, and never expire; if not, all of that varies.</param>
    /// <param name="isInOrder">The order of use is that of addresses; if not, it is random.</param>
    public FullZone(int pages, bool areAlike, Random random, bool isInOrder = false)
    {
        _start = (Descriptors + (24 * pages) + 4095) / 4096 * 4096;
        Bytes = new byte[_start + (pages * 4096)];
        Slots = pages * SlotsOfPage;
        WriteHeader(pages);
        for (int page = 0; page < pages; page++)
        {
            Put(Descriptors + (24 * page), (0xffff_ffffUL << 32) | 7);
            Put(Descriptors + (24 * page) + 16, 1);
        }

        Encoding.ASCII.GetBytes(" in lua_shared_dict zone \"ab\"\0").CopyTo(Bytes, _start + SlotBytes);
        WriteEntries(areAlike, random, isInOrder);
    }

    public byte[] Bytes { get; }

    /// <summary>Slots in use, the dictionary's own included.</summary>
    public int Slots { get; }

    public int Entries => Slots - OtherSlots;

    private void WriteHeader(int pages)
    {
        Put(16, 8);
        Put(24, 3);
        Put(32, Address + Descriptors);
        Put(40, Address + (ulong)(Descriptors + (24 * pages)));
        Put(56, Address + 48);
        Put(72, Address + Header + (24 * Classes));
        Put(88, Address + (ulong)_start);
        Put(96, Address + (ulong)Bytes.Length);
        Put(168, Address + (ulong)_start + SlotBytes);
        Put(184, Address + (ulong)_start);
        Put(192, Address);
        for (int i = 0; i < Classes; i++)
            Put(Header + (24 * i) + 8, Address + (ulong)(Header + (24 * i)));
        int counts = Header + (24 * Classes) + (32 * ClassOfSlots);
        Put(counts, (ulong)Slots);
        Put(counts + 8, (ulong)Slots);
    }

    private void WriteEntries(bool areAlike, Random random, bool isInOrder)
    {
        int[] order = [.. Enumerable.Range(OtherSlots, Entries)];
        if (!isInOrder)
            random.Shuffle(order);
        int before = _start + 64;
        foreach (int slot in order)
        {
            int entry = _start + (slot * SlotBytes);
            Bytes[entry + 33] = (byte)(areAlike || random.Next(2) == 0 ? 3 : 4);
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(entry + 34), (ushort)(areAlike ? 7 : random.Next(1, 20)));
            BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(entry + 36), (uint)(areAlike ? 8 : random.Next(0, 40)));
            Put(entry + 40, areAlike || random.Next(3) == 0 ? 0 : (ulong)(ForgedZone.Now + random.Next()));
            Link(before, entry + 48);
            before = entry + 48;
        }

        Link(before, _start + 64);
    }

    private void Link(int before, int after)
    {
        Put(before + 8, Address + (ulong)after);
        Put(after, Address + (ulong)before);
    }

    private void Put(int offset, ulong word) => BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(offset), word);
}
