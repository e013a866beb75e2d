using System;
using System.Buffers.Binary;
using System.Numerics;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Reads the page descriptors of a zone in bulk, and of its pages nothing but the bitmaps of the smallest slots: pages that
/// nginx never used are not touched.
/// </summary>
internal sealed class ZonePageReader
{
    private const int DescriptorBytes = SlabHeaderForm.DescriptorBytes;

    /// <summary>Descriptors read at once: 8 MB, which is a zone of 1.4 GB with pages of 4 KiB.</summary>
    private const int MostAtOnce = (8 << 20) / DescriptorBytes;

    private const ulong BlockStart = 1UL << 63;
    private const ulong BlockRest = ulong.MaxValue;
    private const ulong TypeMask = 3;
    private const ulong ShiftMask = 0xf;

    private readonly IMemorySource _memory;
    private readonly SlabHeader _header;
    private readonly ZonePageList _pages;
    private readonly byte[] _mapBytes;
    private ulong[] _wideMaps = [];
    private int _wideWords;
    private ZoneDoubts _doubts;
    private int _run = -1;
    private int _runLeft;

    private ZonePageReader(IMemorySource memory, ZoneRecords records)
    {
        _memory = memory;
        _header = records.Header;
        _pages = records.Pages;
        _mapBytes = new byte[ZoneSlots.PerPage(_header.PageShift, SlabHeader.MinShift) / 8];
    }

    /// <param name="memory">The zone.</param>
    /// <param name="records">What was read of its records; their pages become those of the table.</param>
    public static ZonePageTable Read(IMemorySource memory, ZoneRecords records)
    {
        ZonePageReader reader = new(memory, records);
        reader.ReadDescriptors(records.PagesRead);
        reader.ReadWideMaps();
        ZoneLists lists = ZoneLists.Walk(records.Header, records.Pages, records.Head);
        return ZoneTally.Of(records.Header, records.Pages, reader._wideMaps, lists, records.Head, reader._doubts);
    }

    /// <param name="known">Pages whose descriptors were read.</param>
    private void ReadDescriptors(int known)
    {
        for (int page = 0; page < known; page++)
            Take(page);
        for (int first = known; first < _header.PageCount;)
        {
            int count = Math.Min(MostAtOnce, _header.PageCount - first);
            Span<byte> bytes = _pages.RecordsFrom(first)[..(count * DescriptorBytes)];
            int read = _memory.Read(_header.Descriptors + ((ulong)first * DescriptorBytes), bytes) / DescriptorBytes;
            for (int i = 0; i < read; i++)
                Take(first + i);
            first += read;
            if (read == count)
                continue;
            _doubts |= ZoneDoubts.Unreadable;
            _pages.ClearFrom(first);
            break;
        }

        if (_runLeft > 0)
            CutRunAt(_run + _pages[_run].Pages - _runLeft);
    }

    /// <summary>Puts a page in the place of its descriptor.</summary>
    private void Take(int page)
    {
        ReadOnlySpan<byte> descriptor = _pages.RecordsFrom(page);
        ulong slab = BinaryPrimitives.ReadUInt64LittleEndian(descriptor);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]);
        ulong previous = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[16..]);
        if (_runLeft > 0)
        {
            bool isFree = _pages[_run].Use == ZonePageUse.FreeStart;
            if (slab == (isFree ? 0 : BlockRest))
            {
                _pages[page] = new ZonePage
                {
                    Use = isFree ? ZonePageUse.FreeRest : ZonePageUse.BlockRest,
                    Next = ZonePage.NoList,
                };
                _runLeft--;
                return;
            }

            CutRunAt(page);
        }

        ZonePage parsed = Parse(page, slab, next, (int)(previous & TypeMask));
        _pages[page] = parsed;
        if (parsed.Use == ZonePageUse.Unparsed)
            _doubts |= ZoneDoubts.Pages;
        if (parsed.Pages > 1)
        {
            _run = page;
            _runLeft = parsed.Pages - 1;
        }
    }

    /// <summary>A run that does not go on as its first page says ends where it stops to.</summary>
    private void CutRunAt(int page)
    {
        _pages[_run].Pages = page - _run;
        _runLeft = 0;
        _doubts |= ZoneDoubts.Pages;
    }

    /// <param name="type">Low bits of prev: 0 whole pages, else where the bitmap is: 1 upper half of slab, 2 slab, 3 the page.</param>
    private ZonePage Parse(int page, ulong slab, ulong next, int type)
    {
        ulong left = (ulong)(_header.PageCount - page);
        ZonePage parsed = new() { Next = Index(next) };
        switch (type)
        {
            case 0 when slab != BlockRest && (slab & BlockStart) != 0 && (slab ^ BlockStart) - 1 < left:
                parsed.Use = ZonePageUse.BlockStart;
                parsed.Pages = (int)(slab ^ BlockStart);
                break;
            case 0 when slab - 1 < left && next != 0:
                parsed.Use = ZonePageUse.FreeStart;
                parsed.Pages = (int)slab;
                break;
            case 1:
                int shift = (int)(slab & ShiftMask);
                uint map = (uint)(slab >> 32);
                if (shift <= _header.ExactShift || shift >= _header.PageShift || map == 0
                    || (ulong)map >> ZoneSlots.PerPage(_header.PageShift, shift) != 0)
                {
                    break;
                }

                Cut(ref parsed, shift, map);
                break;
            case 2 when slab != 0:
                Cut(ref parsed, _header.ExactShift, slab);
                break;
            case 3 when (slab & ShiftMask) >= SlabHeader.MinShift && (int)(slab & ShiftMask) < _header.ExactShift:
                parsed.Use = ZonePageUse.Cut;
                parsed.Shift = (byte)(slab & ShiftMask);
                break;
        }

        return parsed;
    }

    private static void Cut(ref ZonePage page, int shift, ulong map)
    {
        page.Use = ZonePageUse.Cut;
        page.Shift = (byte)shift;
        page.Map = map;
        page.Used = (ushort)BitOperations.PopCount(map);
    }

    private int Index(ulong link)
    {
        if (link == 0)
            return ZonePage.NoList;
        int page = _header.PageOfDescriptor(link);
        if (page >= 0)
            return page;
        if (link == _header.FreeHead)
            return ZoneLists.FreeHead(_header);
        ulong head = link - _header.ClassHead(0);
        return link >= _header.ClassHead(0) && head % DescriptorBytes == 0 && head / DescriptorBytes < (ulong)_header.ClassCount
            ? ZoneLists.ClassHead(_header, (int)(head / DescriptorBytes))
            : ZonePage.BadLink;
    }

    private void ReadWideMaps()
    {
        for (int page = 0; page < _pages.Count; page++)
        {
            ref ZonePage cut = ref _pages[page];
            if (cut.Use != ZonePageUse.Cut || !ZoneSlots.HasWideMap(_header.PageShift, cut.Shift))
                continue;
            if (!TryReadWideMap(page, ref cut))
            {
                cut = new ZonePage { Next = cut.Next };
                _doubts |= ZoneDoubts.Bitmaps;
            }
        }
    }

    private bool TryReadWideMap(int page, ref ZonePage cut)
    {
        int slots = ZoneSlots.PerPage(_header.PageShift, cut.Shift);
        int reserved = ZoneSlots.OfBitmap(_header.PageShift, cut.Shift);
        int words = slots / 64;
        Span<byte> bytes = _mapBytes.AsSpan(0, words * sizeof(ulong));
        if (!_memory.TryReadAll(_header.PageAddress(page), bytes))
            return false;
        if (_wideWords + words > _wideMaps.Length)
            Array.Resize(ref _wideMaps, Math.Max(_wideWords + words, _wideMaps.Length * 2));
        int used = -reserved;
        for (int word = 0; word < words; word++)
        {
            ulong map = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(word * sizeof(ulong))..]);
            int reservedHere = Math.Clamp(reserved - (word * 64), 0, 64);
            ulong mustBeSet = reservedHere == 64 ? ulong.MaxValue : (1UL << reservedHere) - 1;
            if ((map & mustBeSet) != mustBeSet)
                return false;
            _wideMaps[_wideWords + word] = map;
            used += BitOperations.PopCount(map);
        }

        if (used == 0)
            return false;
        cut.Map = (ulong)_wideWords;
        cut.Used = (ushort)used;
        _wideWords += words;
        return true;
    }
}
