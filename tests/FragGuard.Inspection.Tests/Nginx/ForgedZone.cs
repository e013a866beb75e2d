using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>
/// A valid zone that no nginx wrote: pages of every kind in random places, lists in random order, and a shared dictionary
/// over its slots and blocks. What it holds is known from how it was made.
/// </summary>
internal sealed class ForgedZone
{
    public const ulong Address = 0x7f00_0000_0000;
    public const long Now = 1_700_000_000_000;

    private const int MinShift = 3;
    private const int RecordPage = 0;
    private const int NamePage = 1;

    private readonly Random _random;
    private readonly bool _hasSemaphore;
    private readonly bool _hasStatistics;
    private readonly int _pageShift;
    private readonly int _pages;
    private readonly List<(long Offset, long Bytes)> _places = [];

    /// <param name="oldEntries">The entries have the form of ngx_lua 0.10.6 and before.</param>
    public ForgedZone(Random random, bool hasSemaphore, bool hasStatistics, int pageShift, int pages, bool oldEntries = false)
    {
        _random = random;
        _hasSemaphore = hasSemaphore;
        _hasStatistics = hasStatistics;
        _pageShift = pageShift;
        _pages = pages;
        Start = Up(Descriptors + (24 * pages), 1 << pageShift);
        Bytes = new byte[Start + (pages << pageShift) + random.Next(0, 1 << pageShift)];
        Used = new long[Classes];
        Free = new long[Classes];
        ClassPages = new long[Classes];
        WritePages();
        WriteHeader();
        WriteDict(oldEntries);
    }

    public byte[] Bytes { get; }

    /// <summary>Offset of the first page descriptor.</summary>
    public int Descriptors => Header + (Classes * (24 + (_hasStatistics ? 32 : 0)));

    /// <summary>Offset of the first page.</summary>
    public int Start { get; }

    public int Classes => _pageShift - MinShift;

    public long[] ClassPages { get; }

    public long[] Used { get; }

    public long[] Free { get; }

    /// <summary>First page and length, in the order of the free list.</summary>
    public List<(int Page, int Pages)> FreeRuns { get; } = [];

    public int BlockPages { get; private set; }

    /// <summary>Key and value bytes and expiry, the most recently used entry first.</summary>
    public List<(int Key, uint Value, long Expires)> Entries { get; } = [];

    /// <summary>Makes the header tell of so many pages, of which those behind the first ones cannot be read.</summary>
    /// <returns>The address behind the zone then.</returns>
    public ulong Grow(ulong pages)
    {
        ulong last = Address + (ulong)Descriptors + (24 * pages);
        ulong pageBytes = 1UL << _pageShift;
        ulong start = (last + pageBytes - 1) / pageBytes * pageBytes;
        int field = Field(_hasStatistics ? 88 : 72);
        Put(Field(40), last);
        Put(field, start);
        Put(field + 8, start + (pages * pageBytes));
        return start + (pages * pageBytes);
    }

    private int Header => 184 - (_hasSemaphore ? 0 : 56) + (_hasStatistics ? 16 : 0);

    private int Field(int afterSemaphore) => afterSemaphore - (_hasSemaphore ? 0 : 8);

    private int FieldAfterMutex(int field) => field - (_hasSemaphore ? 0 : 56) - (_hasStatistics ? 0 : 16);

    private int Usable(int shift) => (1 << (_pageShift - shift)) - Reserved(shift);

    private int Reserved(int shift)
    {
        int slots = 1 << (_pageShift - shift);
        return slots <= 64 ? 0 : Math.Max(1, slots / (8 << shift));
    }

    private static int Up(int offset, int to) => (offset + to - 1) / to * to;

    private void WritePages()
    {
        List<int>[] partial = [.. Enumerable.Range(0, Classes).Select(_ => new List<int>())];
        bool wasFree = false;
        for (int page = 0; page < _pages;)
        {
            int kind = page is RecordPage or NamePage ? 9 : _random.Next(10);
            int length = Math.Min(_random.Next(1, 6), _pages - page);
            if (kind < 3 && !wasFree)
            {
                FreeRuns.Add((page, length));
                wasFree = true;
            }
            else
            {
                wasFree = false;
                if (kind < 5)
                    WriteBlock(page, length);
                else
                    length = WriteCut(page, partial);
            }

            page += length;
        }

        Shuffle(FreeRuns);
        WriteList(Field(48), FreeRuns.ConvertAll(run => run.Page), type: 0);
        foreach ((int page, int length) in FreeRuns)
        {
            Put(Descriptor(page), (ulong)length);
            if (length > 1)
                Put(Descriptor(page + length - 1) + 16, Address + (ulong)Descriptor(page));
        }

        for (int i = 0; i < Classes; i++)
        {
            Shuffle(partial[i]);
            int shift = MinShift + i;
            int slots = 1 << (_pageShift - shift);
            WriteList(Header + (24 * i), partial[i], slots > 64 ? 3u : slots == 64 ? 2u : 1u);
        }
    }

    private void WriteBlock(int page, int length)
    {
        Put(Descriptor(page), (uint)length | (1UL << 63));
        for (int rest = page + 1; rest < page + length; rest++)
            Put(Descriptor(rest), ulong.MaxValue);
        BlockPages += length;
        _places.Add((Start + ((long)page << _pageShift), (long)length << _pageShift));
    }

    private int WriteCut(int page, List<int>[] partial)
    {
        int shift = page switch
        {
            RecordPage => 7,
            NamePage => 5,
            _ => _random.Next(MinShift, _pageShift),
        };
        int slots = 1 << (_pageShift - shift);
        int reserved = Reserved(shift);
        ulong[] map = new ulong[Math.Max(1, slots / 64)];
        int used = 0;
        int fill = _random.Next(0, 101);
        for (int slot = 0; slot < slots; slot++)
        {
            bool isUsed = slot <= reserved || _random.Next(100) < fill;
            if (!isUsed)
                continue;
            map[slot / 64] |= 1UL << (slot % 64);
            used += slot >= reserved ? 1 : 0;
            if (slot >= reserved && page is not (RecordPage or NamePage))
                _places.Add((Start + ((long)page << _pageShift) + ((long)slot << shift), 1L << shift));
        }

        Put(Descriptor(page), slots > 64 ? (ulong)shift : slots == 64 ? map[0] : (map[0] << 32) | (uint)shift);
        Put(Descriptor(page) + 16, slots > 64 ? 3u : slots == 64 ? 2u : 1u);
        for (int word = 0; slots > 64 && word < map.Length; word++)
            Put(Start + (page << _pageShift) + (8 * word), map[word]);
        ClassPages[shift - MinShift]++;
        Used[shift - MinShift] += used;
        Free[shift - MinShift] += Usable(shift) - used;
        if (used < Usable(shift))
            partial[shift - MinShift].Add(page);
        return 1;
    }

    private void WriteHeader()
    {
        Put(Field(16), 8);
        Put(Field(24), MinShift);
        Put(Field(32), Address + (ulong)Descriptors);
        Put(Field(40), Address + (ulong)(Descriptors + (24 * _pages)));
        if (_hasStatistics)
        {
            Put(Field(72), Address + (ulong)(Header + (24 * Classes)));
            Put(Field(80), (ulong)FreeRuns.Sum(run => run.Pages));
            for (int i = 0; i < Classes; i++)
            {
                Put(Header + (24 * Classes) + (32 * i), (ulong)(Used[i] + Free[i]));
                Put(Header + (24 * Classes) + (32 * i) + 8, (ulong)Used[i]);
            }
        }

        int start = Field(_hasStatistics ? 88 : 72);
        Put(start, Address + (ulong)Start);
        Put(start + 8, Address + (ulong)Bytes.Length);
        Put(FieldAfterMutex(192), Address);
    }

    private void WriteDict(bool oldEntries)
    {
        int name = Start + (NamePage << _pageShift) + (Reserved(5) << 5);
        Encoding.ASCII.GetBytes(" in lua_shared_dict zone \"ab\"\0").CopyTo(Bytes, name);
        Put(FieldAfterMutex(168), Address + (ulong)name);
        int record = Start + (RecordPage << _pageShift) + (Reserved(7) << 7);
        Put(FieldAfterMutex(184), Address + (ulong)record);

        int entryBytes = oldEntries ? 76 : 68;
        int links = oldEntries ? 40 : 48;
        (long Offset, long Bytes)[] places = [.. _places.Where(place => place.Bytes >= 256)];
        _random.Shuffle(places);
        int before = record + 64;
        foreach ((long offset, long bytes) in places)
        {
            int node = (int)offset;
            long most = bytes - entryBytes;
            long least = bytes <= 1 << (_pageShift - 1) ? (bytes / 2) + 1 - entryBytes : Math.Max((bytes / 2) + 1, bytes - (1 << _pageShift) + 1) - entryBytes;
            int key = _random.Next(1, 40);
            var value = (uint)(_random.NextInt64(Math.Max(least, key), most + 1) - key);
            long expires = _random.Next(3) switch { 0 => 0, 1 => Now - 5, _ => Now + 60_000 };
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(node + 34), (ushort)key);
            Bytes[node + (oldEntries ? 64 : 33)] = 4;
            BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(node + (oldEntries ? 68 : 36)), value);
            Put(node + (oldEntries ? 56 : 40), (ulong)expires);
            Link(before, node + links);
            before = node + links;
            Entries.Add((key, value, expires));
        }

        Link(before, record + 64);
    }

    private void Link(int before, int after)
    {
        Put(before + 8, Address + (ulong)after);
        Put(after, Address + (ulong)before);
    }

    private void WriteList(int head, List<int> pages, ulong type)
    {
        int before = head;
        foreach (int page in pages)
        {
            Put(before + 8, Address + (ulong)Descriptor(page));
            Put(Descriptor(page) + 16, (Address + (ulong)before) | type);
            before = Descriptor(page);
        }

        Put(before + 8, Address + (ulong)head);
        Put(head + 16, (Address + (ulong)before) | type);
    }

    private void Shuffle<T>(List<T> list)
    {
        T[] items = [.. list];
        _random.Shuffle(items);
        list.Clear();
        list.AddRange(items);
    }

    private int Descriptor(int page) => Descriptors + (24 * page);

    private void Put(int offset, ulong word) => BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(offset), word);
}
