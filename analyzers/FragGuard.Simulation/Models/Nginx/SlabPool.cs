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
    private readonly SlabPage[] _pages;
    private readonly ulong[]?[] _wideMaps;
    private readonly byte[] _classOf;
    private readonly long[] _totals;
    private readonly long[] _used;
    private readonly long[] _requests;
    private readonly long[] _failures;
    private readonly int _firstClassHead;
    private readonly int _freeHead;
    private long _freeSlotBytes;
    private int _touchedPages;

    public SlabPool(SlabGeometry geometry)
    {
        _geometry = geometry;
        _firstClassHead = geometry.Pages;
        _freeHead = geometry.Pages + geometry.ClassCount;
        _pages = new SlabPage[_freeHead + 1];
        for (int head = _firstClassHead; head <= _freeHead; head++)
            _pages[head].Next = _pages[head].Previous = head;
        for (int page = 0; page < geometry.Pages; page++)
            _pages[page].Next = -1;
        _wideMaps = new ulong[]?[geometry.Pages];
        _classOf = ClassTable(geometry);
        _totals = new long[geometry.ClassCount];
        _used = new long[geometry.ClassCount];
        _requests = new long[geometry.ClassCount];
        _failures = new long[geometry.ClassCount];
        PutFreeRun(0, geometry.Pages);
        FreePages = geometry.Pages;
    }

    public SlabGeometry Geometry => _geometry;

    public int FreePages { get; private set; }

    /// <summary>Whole free pages plus free slots of cut pages.</summary>
    public long FreeBytes => ((long)FreePages << _geometry.PageShift) + _freeSlotBytes;

    /// <summary>Bytes of all slots and blocks of pages in use.</summary>
    public long GrantedBytes { get; private set; }

    /// <summary>The pool's own records and every page ever written to; nothing is given back to the system.</summary>
    public long ResidentBytes => _geometry.FirstPageBytes + ((long)_touchedPages << _geometry.PageShift);

    /// <summary>Bytes set aside for a request of <paramref name="bytes"/>.</summary>
    public long GrantFor(long bytes) => bytes > _geometry.PageBytes / 2
        ? (bytes + _geometry.PageBytes - 1) >> _geometry.PageShift << _geometry.PageShift
        : 1L << ShiftFor(bytes);

    public SlabClassStatistics StatisticsOf(int sizeClass) =>
        new(_totals[sizeClass], _used[sizeClass], _requests[sizeClass], _failures[sizeClass]);

    /// <summary>The free list, in the order in which it is searched.</summary>
    public IEnumerable<SlabRun> FreeRuns()
    {
        for (int page = _pages[_freeHead].Next; page != _freeHead; page = _pages[page].Next)
            yield return new SlabRun(page, _pages[page].Pages);
    }

    /// <summary>The pages of a class that have a free slot, in list order; only the first one serves requests.</summary>
    public IEnumerable<int> PartialPages(int sizeClass)
    {
        int head = _firstClassHead + sizeClass;
        for (int page = _pages[head].Next; page != head; page = _pages[page].Next)
            yield return page;
    }

    /// <returns>Offset of the block, or −1 when there is no room.</returns>
    public long Allocate(long bytes)
    {
        if (bytes > _geometry.PageBytes / 2)
            return AllocateRun((bytes + _geometry.PageBytes - 1) >> _geometry.PageShift);

        int shift = ShiftFor(bytes);
        int sizeClass = shift - SlabGeometry.MinShift;
        _requests[sizeClass]++;
        int page = _pages[_firstClassHead + sizeClass].Next;
        if (page >= _firstClassHead)
        {
            page = TakePages(1);
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
            ReleasePages(index, page.Pages);
            return;
        }

        int shift = page.Shift;
        int sizeClass = shift - SlabGeometry.MinShift;
        if (page.Next < 0)
            PutFirst(_firstClassHead + sizeClass, index);
        ReturnSlot(index, (int)(offsetBytes & (_geometry.PageBytes - 1)) >> shift);
        _used[sizeClass]--;
        GrantedBytes -= 1L << shift;
        _freeSlotBytes += 1L << shift;
        if (--page.Used > 0)
            return;

        int slots = UsableSlots(shift);
        _totals[sizeClass] -= slots;
        _freeSlotBytes -= (long)slots << shift;
        Unlink(index);
        ReleasePages(index, 1);
    }

    internal SlabPageUse UseOf(int page) => _pages[page].Use;

    /// <summary>Length of the free run or block that starts at the page.</summary>
    internal int PagesFrom(int page) => _pages[page].Pages;

    internal int ShiftOf(int page) => _pages[page].Shift;

    internal int UsedSlotsOf(int page) => _pages[page].Used;

    internal bool IsSlotUsed(int page, int slot) =>
        ((IsWide(_pages[page].Shift) ? _wideMaps[page]![slot >> 6] : _pages[page].Map) >> (slot & 63) & 1) != 0;

    private static byte[] ClassTable(SlabGeometry geometry)
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

    private int ShiftFor(long bytes) => _classOf[(bytes + 7) >> 3];

    private bool IsWide(int shift) => _geometry.PageShift - shift > 6;

    private int UsableSlots(int shift) => _geometry.SlotsPerPage(shift) - _geometry.BitmapSlots(shift);

    private long AllocateRun(long pages)
    {
        int first = TakePages(pages);
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
        PutFirst(_firstClassHead + sizeClass, index);
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
            Unlink(index);
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

    /// <summary>First fit in list order, from the run's low end; what remains keeps the run's place in the list.</summary>
    private int TakePages(long pages)
    {
        if (pages > FreePages)
            return -1;
        for (int index = _pages[_freeHead].Next; index != _freeHead; index = _pages[index].Next)
        {
            ref SlabPage run = ref _pages[index];
            if (run.Pages < pages)
                continue;

            int taken = (int)pages;
            if (run.Pages > taken)
                ReplaceRun(index, index + taken);
            else
                Unlink(index);
            run.Pages = 0;
            FreePages -= taken;
            Touch(index, taken);
            return index;
        }

        return -1;
    }

    /// <summary>Puts the later part of a run into the list in the run's stead.</summary>
    private void ReplaceRun(int run, int rest)
    {
        SetRun(rest, _pages[run].Pages - (rest - run));
        _pages[rest].Next = _pages[run].Next;
        _pages[rest].Previous = _pages[run].Previous;
        _pages[_pages[rest].Next].Previous = rest;
        _pages[_pages[rest].Previous].Next = rest;
        _pages[run].Next = -1;
    }

    private void ReleasePages(int first, int pages)
    {
        for (int page = first; page < first + pages; page++)
        {
            _pages[page].Use = SlabPageUse.Free;
            _pages[page].Pages = 0;
        }

        FreePages += pages;
        int next = first + pages;
        if (next < _geometry.Pages && _pages[next].Use == SlabPageUse.Free)
        {
            pages += _pages[next].Pages;
            Unlink(next);
            _pages[next].Pages = 0;
        }

        if (first > 0 && _pages[first - 1].Use == SlabPageUse.Free)
        {
            int previous = _pages[first - 1].Pages > 0 ? first - 1 : _pages[first - 1].Previous;
            pages += first - previous;
            first = previous;
            Unlink(first);
        }

        PutFreeRun(first, pages);
    }

    private void PutFreeRun(int first, int pages)
    {
        SetRun(first, pages);
        PutFirst(_freeHead, first);
    }

    private void SetRun(int first, int pages)
    {
        _pages[first].Pages = pages;
        if (pages > 1)
            _pages[first + pages - 1].Previous = first;
    }

    private void PutFirst(int head, int index)
    {
        int second = _pages[head].Next;
        _pages[index].Next = second;
        _pages[index].Previous = head;
        _pages[second].Previous = index;
        _pages[head].Next = index;
    }

    private void Unlink(int index)
    {
        ref SlabPage page = ref _pages[index];
        _pages[page.Previous].Next = page.Next;
        _pages[page.Next].Previous = page.Previous;
        page.Next = -1;
    }

    private void Touch(int first, int pages)
    {
        for (int page = first; page < first + pages; page++)
        {
            if (_pages[page].IsTouched)
                continue;
            _pages[page].IsTouched = true;
            _touchedPages++;
        }
    }
}
