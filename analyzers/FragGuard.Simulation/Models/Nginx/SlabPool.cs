using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// nginx's slab allocator (<c>ngx_slab.c</c>), 1.7.2 and later. A request of up to half a page takes the lowest free
/// slot of the first page in its class's list; a larger one takes whole pages, first fit in list order, from the low end
/// of a run. A freed run merges with both neighbours and goes to the front of the free list; a page that gains its first
/// free slot goes to the front of its class's list. Offsets count from the start of the zone.
/// </summary>
/// <remarks>A slab is a page cut into slots; what nginx calls a slab pool is here the whole zone.</remarks>
public sealed class SlabPool
{
    private readonly SlabGeometry _geometry;
    private readonly SlabPages _pages;
    private readonly SlabMaps _maps;
    private readonly SlabClass[] _classes;
    private readonly byte[] _shiftOf;
    private readonly long _firstPageBytes;
    private readonly int _pageShift;
    private long _freeSlotBytes;
    private long _grantedBytes;

    public SlabPool(SlabGeometry geometry)
    {
        _geometry = geometry;
        _firstPageBytes = geometry.FirstPageBytes;
        _pageShift = geometry.PageShift;
        _pages = new SlabPages(geometry.Pages, geometry.ClassCount);
        _maps = new SlabMaps(geometry.MapWords(SlabGeometry.MinShift));
        _shiftOf = ShiftTable(geometry);
        _classes = new SlabClass[geometry.ClassCount];
        for (int i = 0; i < _classes.Length; i++)
        {
            int shift = SlabGeometry.MinShift + i;
            _classes[i].SlotsPerPage = geometry.SlotsPerPage(shift) - geometry.BitmapSlots(shift);
            _classes[i].MapWords = geometry.MapWords(shift);
        }
    }

    /// <summary>
    /// A pool that goes on from a recorded state: placements from here on are those of the real zone. Statistics of requests
    /// start at 0, and all pages count as resident.
    /// </summary>
    /// <param name="pages">All pages, in the order of addresses.</param>
    /// <param name="freeRuns">First pages of the free runs, in the order in which they are searched.</param>
    /// <param name="partialPages">For each class its pages with free slots, in list order.</param>
    /// <exception cref="FormatException">No zone can be in that state.</exception>
    public static SlabPool Restore(
        SlabGeometry geometry, IReadOnlyList<SlabPageState> pages, IReadOnlyList<int> freeRuns,
        IReadOnlyList<IReadOnlyList<int>> partialPages)
    {
        SlabRestore.Check(geometry, pages, freeRuns, partialPages);
        SlabPool pool = new(geometry);
        if (geometry.Pages > 0)
            pool._pages.Take(geometry.Pages);
        int page = 0;
        foreach (SlabPageState state in pages)
        {
            if (state.Shift != 0)
                pool.RestoreCut(page, state);
            else if (!state.IsFree)
                pool.RestoreBlock(page, state.Pages);
            page += state.Pages;
        }

        // Each goes to the front of its list.
        page = geometry.Pages;
        Dictionary<int, int> runs = new();
        for (int i = pages.Count - 1; i >= 0; i--)
        {
            page -= pages[i].Pages;
            if (pages[i].IsFree)
                runs.Add(page, pages[i].Pages);
        }

        for (int i = freeRuns.Count - 1; i >= 0; i--)
            pool._pages.Release(freeRuns[i], runs[freeRuns[i]]);
        for (int list = 0; list < partialPages.Count; list++)
        {
            for (int i = partialPages[list].Count - 1; i >= 0; i--)
                pool._pages.PutFirst(list, partialPages[list][i]);
        }

        return pool;
    }

    public SlabGeometry Geometry => _geometry;

    public int FreePages => _pages.Free;

    /// <summary>Whole free pages plus free slots of cut pages.</summary>
    public long FreeBytes => FreePageBytes + _freeSlotBytes;

    public long FreePageBytes => (long)_pages.Free << _pageShift;

    /// <summary>Bytes of all slots and blocks of pages in use.</summary>
    public long GrantedBytes => _grantedBytes;

    /// <summary>The pool's own records and every page ever written to; nothing is given back to the system.</summary>
    public long ResidentBytes => _firstPageBytes + ((long)_pages.Touched << _pageShift);

    public SlabClassStatistics StatisticsOf(int sizeClass)
    {
        ref SlabClass counted = ref _classes[sizeClass];
        return new SlabClassStatistics(counted.Total, counted.Used, counted.Requests, counted.Failures);
    }

    /// <summary>The free list, in the order in which it is searched.</summary>
    public IEnumerable<SlabRun> FreeRuns() => _pages.FreeRuns();

    /// <summary>Pages of a class with a free slot, in list order; only the first one serves requests.</summary>
    public IEnumerable<int> PartialPages(int sizeClass) => _pages.PagesOf(sizeClass);

    /// <param name="bytes">Requested bytes, 0 or more.</param>
    /// <returns>Offset of the block, or −1 when there is no room.</returns>
    public long Allocate(long bytes)
    {
        if (bytes > _geometry.LargestSlotRequestBytes)
            return AllocateRun(((bytes - 1) >> _pageShift) + 1);

        int shift = _shiftOf[(bytes + 7) >> 3];
        int list = shift - SlabGeometry.MinShift;
        ref SlabClass sizeClass = ref _classes[list];
        sizeClass.Requests++;
        int page = _pages.FirstOf(list);
        if (page < 0)
        {
            page = _pages.Take(1);
            if (page < 0)
            {
                sizeClass.Failures++;
                return -1;
            }

            Cut(page, shift);
        }

        sizeClass.Used++;
        _grantedBytes += 1L << shift;
        _freeSlotBytes -= 1L << shift;
        return _firstPageBytes + ((long)page << _pageShift) + ((long)TakeSlot(page, sizeClass) << shift);
    }

    /// <param name="offsetBytes">Offset of a block in use.</param>
    public void Free(long offsetBytes)
    {
        int index = (int)((offsetBytes - _firstPageBytes) >> _pageShift);
        ref SlabPage page = ref _pages[index];
        if (page.Use == SlabPageUse.BlockStart)
        {
            _grantedBytes -= (long)page.Pages << _pageShift;
            _pages.Release(index, page.Pages);
            return;
        }

        int shift = page.Shift;
        int list = shift - SlabGeometry.MinShift;
        ref SlabClass sizeClass = ref _classes[list];
        sizeClass.Used--;
        _grantedBytes -= 1L << shift;
        _freeSlotBytes += 1L << shift;
        if (page.Next < 0)
            _pages.PutFirst(list, index);
        if (--page.Used == 0)
        {
            Uncut(index);
            return;
        }

        int slot = (int)(offsetBytes & (_geometry.PageBytes - 1)) >> shift;
        ulong mask = ~(1UL << (slot & 63));
        if (sizeClass.MapWords > 0)
            _maps.Words[(int)page.Map + (slot >> 6)] &= mask;
        else
            page.Map &= mask;
    }

    /// <summary>Bytes of the slot or pages of a block in use.</summary>
    internal long GrantedBytesAt(long offsetBytes)
    {
        ref SlabPage page = ref _pages[_geometry.PageOf(offsetBytes)];
        return page.Use == SlabPageUse.Cut ? 1L << page.Shift : (long)page.Pages << _pageShift;
    }

    internal SlabPageUse UseOf(int page) => _pages[page].Use;

    /// <summary>Length of the free run or block that starts at the page.</summary>
    internal int PagesFrom(int page) => _pages[page].Pages;

    internal int ShiftOf(int page) => _pages[page].Shift;

    internal int UsedSlotsOf(int page) => _pages[page].Used;

    internal bool IsSlotUsed(int page, int slot)
    {
        ref SlabPage cut = ref _pages[page];
        bool isWide = _classes[cut.Shift - SlabGeometry.MinShift].MapWords > 0;
        return ((isWide ? _maps.Words[(int)cut.Map + (slot >> 6)] : cut.Map) >> (slot & 63) & 1) != 0;
    }

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

    private long AllocateRun(long pages)
    {
        int first = _pages.Take(pages);
        if (first < 0)
            return -1;
        _pages[first].Use = SlabPageUse.BlockStart;
        _pages[first].Pages = (int)pages;
        for (int page = first + 1; page < first + pages; page++)
            _pages[page].Use = SlabPageUse.BlockRest;
        _grantedBytes += pages << _pageShift;
        return _geometry.OffsetOf(first);
    }

    private void RestoreBlock(int first, int pages)
    {
        for (int page = first; page < first + pages; page++)
            _pages[page].Use = page == first ? SlabPageUse.BlockStart : SlabPageUse.BlockRest;
        _pages[first].Pages = pages;
        _grantedBytes += (long)pages << _pageShift;
    }

    private void RestoreCut(int index, SlabPageState state)
    {
        Cut(index, state.Shift);
        _pages.Unlink(index);
        ref SlabPage page = ref _pages[index];
        ref SlabClass sizeClass = ref _classes[state.Shift - SlabGeometry.MinShift];
        page.Used = (ushort)SlabRestore.UsedSlots(_geometry, state);
        if (sizeClass.MapWords == 0)
            page.Map = state.Map[0];
        for (int word = 0; word < sizeClass.MapWords; word++)
            _maps.Words[(int)page.Map + word] = state.Map[word];
        sizeClass.Used += page.Used;
        _grantedBytes += (long)page.Used << state.Shift;
        _freeSlotBytes -= (long)page.Used << state.Shift;
    }

    private void Cut(int index, int shift)
    {
        int list = shift - SlabGeometry.MinShift;
        ref SlabClass sizeClass = ref _classes[list];
        ref SlabPage page = ref _pages[index];
        page.Use = SlabPageUse.Cut;
        page.Shift = (byte)shift;
        page.Used = 0;
        page.Map = sizeClass.MapWords > 0 ? (ulong)ClearWideMap(shift, sizeClass.MapWords) : 0;
        sizeClass.Total += sizeClass.SlotsPerPage;
        _freeSlotBytes += (long)sizeClass.SlotsPerPage << shift;
        _pages.PutFirst(list, index);
    }

    /// <summary>Frees a page whose last slot was freed.</summary>
    private void Uncut(int index)
    {
        ref SlabPage page = ref _pages[index];
        ref SlabClass sizeClass = ref _classes[page.Shift - SlabGeometry.MinShift];
        if (sizeClass.MapWords > 0)
            _maps.Return((int)page.Map);
        sizeClass.Total -= sizeClass.SlotsPerPage;
        _freeSlotBytes -= (long)sizeClass.SlotsPerPage << page.Shift;
        _pages.Unlink(index);
        _pages.Release(index, 1);
    }

    private int ClearWideMap(int shift, int words)
    {
        int map = _maps.Take();
        ulong[] maps = _maps.Words;
        Array.Clear(maps, map, words);
        for (int slot = 0; slot < _geometry.BitmapSlots(shift); slot++)
            maps[map + (slot >> 6)] |= 1UL << (slot & 63);
        return map;
    }

    private int TakeSlot(int index, in SlabClass sizeClass)
    {
        ref SlabPage page = ref _pages[index];
        int word = 0;
        ref ulong map = ref page.Map;
        if (sizeClass.MapWords > 0)
        {
            ulong[] words = _maps.Words;
            int first = (int)page.Map;
            while (words[first + word] == ulong.MaxValue)
                word++;
            map = ref words[first + word];
        }

        int bit = Bits.LowestClear(map);
        map |= 1UL << bit;
        if (++page.Used == sizeClass.SlotsPerPage)
            _pages.Unlink(index);
        return (word << 6) + bit;
    }
}
