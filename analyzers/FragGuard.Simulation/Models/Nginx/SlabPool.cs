using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// nginx's slab allocator (<c>ngx_slab.c</c>), 1.11.7 and later. A request of up to half a page takes the lowest free
/// slot of the first page in its class's list; a larger one takes whole pages, first fit in list order, from the low end
/// of a run. A freed run merges with both neighbours and goes to the front of the free list; a page that gains its first
/// free slot goes to the front of its class's list. Offsets count from the start of the zone.
/// </summary>
/// <remarks>A slab is a page cut into slots; what nginx calls a slab pool is here the whole zone.</remarks>
public sealed class SlabPool
{
    private readonly SlabGeometry _geometry;
    private readonly SlabPages _pages;
    private readonly ulong[]?[] _wideMaps;
    private readonly byte[] _shiftOf;
    private readonly long[] _totals;
    private readonly long[] _used;
    private readonly long[] _requests;
    private readonly long[] _failures;
    private long _freeSlotBytes;

    public SlabPool(SlabGeometry geometry)
    {
        _geometry = geometry;
        _pages = new SlabPages(geometry.Pages, geometry.ClassCount);
        _wideMaps = new ulong[]?[geometry.Pages];
        _shiftOf = ShiftTable(geometry);
        _totals = new long[geometry.ClassCount];
        _used = new long[geometry.ClassCount];
        _requests = new long[geometry.ClassCount];
        _failures = new long[geometry.ClassCount];
    }

    public SlabGeometry Geometry => _geometry;

    public int FreePages => _pages.Free;

    /// <summary>Whole free pages plus free slots of cut pages.</summary>
    public long FreeBytes => ((long)FreePages << _geometry.PageShift) + _freeSlotBytes;

    /// <summary>Bytes of all slots and blocks of pages in use.</summary>
    public long GrantedBytes { get; private set; }

    /// <summary>The pool's own records and every page ever written to; nothing is given back to the system.</summary>
    public long ResidentBytes => _geometry.FirstPageBytes + ((long)_pages.Touched << _geometry.PageShift);

    public SlabClassStatistics StatisticsOf(int sizeClass) =>
        new(_totals[sizeClass], _used[sizeClass], _requests[sizeClass], _failures[sizeClass]);

    /// <summary>The free list, in the order in which it is searched.</summary>
    public IEnumerable<SlabRun> FreeRuns() => _pages.FreeRuns();

    /// <summary>Pages of a class with a free slot, in list order; only the first one serves requests.</summary>
    public IEnumerable<int> PartialPages(int sizeClass) => _pages.PagesOf(sizeClass);

    /// <returns>Offset of the block, or −1 when there is no room.</returns>
    public long Allocate(long bytes)
    {
        if (bytes > _geometry.PageBytes / 2)
            return AllocateRun(((bytes - 1) >> _geometry.PageShift) + 1);

        int shift = ShiftFor(bytes);
        int sizeClass = shift - SlabGeometry.MinShift;
        _requests[sizeClass]++;
        int page = _pages.FirstOf(sizeClass);
        if (page < 0)
        {
            page = _pages.Take(1);
            if (page < 0)
            {
                _failures[sizeClass]++;
                return -1;
            }

            Cut(page, shift);
        }

        _used[sizeClass]++;
        GrantedBytes += 1L << shift;
        _freeSlotBytes -= 1L << shift;
        return _geometry.OffsetOf(page) + ((long)TakeSlot(page, shift) << shift);
    }

    /// <param name="offsetBytes">Offset of a block in use.</param>
    public void Free(long offsetBytes)
    {
        int index = _geometry.PageOf(offsetBytes);
        ref SlabPage page = ref _pages[index];
        if (page.Use == SlabPageUse.BlockStart)
        {
            GrantedBytes -= (long)page.Pages << _geometry.PageShift;
            _pages.Release(index, page.Pages);
            return;
        }

        int shift = page.Shift;
        int sizeClass = shift - SlabGeometry.MinShift;
        if (page.Next < 0)
            _pages.PutFirst(sizeClass, index);
        ReturnSlot(index, (int)(offsetBytes & (_geometry.PageBytes - 1)) >> shift);
        _used[sizeClass]--;
        GrantedBytes -= 1L << shift;
        _freeSlotBytes += 1L << shift;
        if (--page.Used > 0)
            return;

        int slots = UsableSlots(shift);
        _totals[sizeClass] -= slots;
        _freeSlotBytes -= (long)slots << shift;
        _pages.Unlink(index);
        _pages.Release(index, 1);
    }

    internal SlabPageUse UseOf(int page) => _pages[page].Use;

    /// <summary>Length of the free run or block that starts at the page.</summary>
    internal int PagesFrom(int page) => _pages[page].Pages;

    internal int ShiftOf(int page) => _pages[page].Shift;

    internal int UsedSlotsOf(int page) => _pages[page].Used;

    internal bool IsSlotUsed(int page, int slot) =>
        ((IsWide(_pages[page].Shift) ? _wideMaps[page]![slot >> 6] : _pages[page].Map) >> (slot & 63) & 1) != 0;

    private static byte[] ShiftTable(SlabGeometry geometry)
    {
        byte[] shifts = new byte[(geometry.PageBytes / 2 / 8) + 1];
        byte shift = SlabGeometry.MinShift;
        for (int eights = 0; eights < shifts.Length; eights++)
        {
            if (eights * 8 > 1 << shift)
                shift++;
            shifts[eights] = shift;
        }

        return shifts;
    }

    private int ShiftFor(long bytes) => _shiftOf[(bytes + 7) >> 3];

    private bool IsWide(int shift) => _geometry.PageShift - shift > 6;

    private int UsableSlots(int shift) => _geometry.SlotsPerPage(shift) - _geometry.BitmapSlots(shift);

    private long AllocateRun(long pages)
    {
        int first = _pages.Take(pages);
        if (first < 0)
            return -1;
        _pages[first].Use = SlabPageUse.BlockStart;
        _pages[first].Pages = (int)pages;
        for (int page = first + 1; page < first + pages; page++)
            _pages[page].Use = SlabPageUse.BlockRest;
        GrantedBytes += pages << _geometry.PageShift;
        return _geometry.OffsetOf(first);
    }

    private void Cut(int index, int shift)
    {
        ref SlabPage page = ref _pages[index];
        page.Use = SlabPageUse.Cut;
        page.Shift = (byte)shift;
        page.Used = 0;
        page.Map = 0;
        if (IsWide(shift))
            ClearWideMap(index, shift);
        int slots = UsableSlots(shift);
        int sizeClass = shift - SlabGeometry.MinShift;
        _totals[sizeClass] += slots;
        _freeSlotBytes += (long)slots << shift;
        _pages.PutFirst(sizeClass, index);
    }

    private void ClearWideMap(int index, int shift)
    {
        int words = _geometry.SlotsPerPage(shift) >> 6;
        ulong[]? map = _wideMaps[index];
        if (map is null || map.Length < words)
            _wideMaps[index] = map = new ulong[words];
        Array.Clear(map, 0, map.Length);
        for (int slot = 0; slot < _geometry.BitmapSlots(shift); slot++)
            map[slot >> 6] |= 1UL << (slot & 63);
    }

    private int TakeSlot(int index, int shift)
    {
        ref SlabPage page = ref _pages[index];
        int word = 0;
        ref ulong map = ref page.Map;
        if (IsWide(shift))
        {
            ulong[] words = _wideMaps[index]!;
            while (words[word] == ulong.MaxValue)
                word++;
            map = ref words[word];
        }

        int bit = Bits.LowestClear(map);
        map |= 1UL << bit;
        if (++page.Used == UsableSlots(shift))
            _pages.Unlink(index);
        return (word << 6) + bit;
    }

    private void ReturnSlot(int index, int slot)
    {
        ulong mask = ~(1UL << (slot & 63));
        if (IsWide(_pages[index].Shift))
            _wideMaps[index]![slot >> 6] &= mask;
        else
            _pages[index].Map &= mask;
    }
}
