using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>Where Ruby's pages, slots and the data outside them are.</summary>
internal sealed class RubyLayout
{
    private readonly RubyVersion _version;
    private readonly RubyHeap _heap;
    private readonly IAllocatorModel _malloc;
    private readonly long _mappedBase;
    private readonly long _dataBase;
    private int[] _pages = [];
    private long[] _pageStarts = [];
    private int[] _data = [];
    private long[] _dataStarts = [];
    private int _slots;
    private int _outside;

    public RubyLayout(RubyVersion version, RubyHeap heap, IAllocatorModel malloc, long mappedBase, long dataBase)
    {
        _version = version;
        _heap = heap;
        _malloc = malloc;
        _mappedBase = mappedBase;
        _dataBase = dataBase;
    }

    /// <summary>Start of a page in the model's address space, in bytes.</summary>
    public static long PageOffset(RubyVersion version, RubyHeap heap, int page, long mappedBase, long dataBase) =>
        version.IsMapped
            ? mappedBase - ((heap.HighestPlace - heap.Pages[page].Address + 1) * version.AlignBytes)
            : dataBase + heap.AddressOf(page);

    public HeapLayout Of(HeapCounters counters)
    {
        FindPages();
        List<LayoutExtent> extents = new(_slots + (2 * _pages.Length));
        if (_version.IsMapped)
        {
            for (int i = 0; i < _pages.Length; i++)
                AddPage(extents, _pageStarts[i], _pageStarts[i] + _version.AlignBytes, _pages[i], _pageStarts[i]);
        }

        FindData();
        AddData(extents);
        return new HeapLayout(counters, extents);
    }

    /// <summary>Lists the pages by address.</summary>
    private void FindPages()
    {
        _pages = new int[_heap.Pages.Count];
        _pageStarts = new long[_pages.Length];
        int found = 0;
        for (int page = 0; page < _heap.Pages.Known; page++)
        {
            if (_heap.Pages[page].Slots == 0)
                continue;
            _slots += _heap.Pages[page].Slots;
            _pageStarts[found] = PageOffset(_version, _heap, page, _mappedBase, _dataBase);
            _pages[found++] = page;
        }

        Array.Sort(_pageStarts, _pages);
    }

    /// <summary>Lists the slots with data outside by the data's address.</summary>
    private void FindData()
    {
        _data = new int[_slots];
        _dataStarts = new long[_slots];
        foreach (int page in _pages)
        {
            ref RubyPage known = ref _heap.Pages[page];
            for (int slot = known.FirstSlot; slot < known.FirstSlot + known.Slots; slot++)
            {
                if (_heap.Slots.Use(slot) == RubySlotUse.Empty || _heap.Slots.DataOffset(slot) < 0)
                    continue;
                _dataStarts[_outside] = _dataBase + _heap.Slots.DataOffset(slot);
                _data[_outside++] = slot;
            }
        }

        Array.Sort(_dataStarts, _data, 0, _outside);
    }

    private void AddData(List<LayoutExtent> extents)
    {
        int page = _version.IsMapped ? _pages.Length : 0;
        int data = 0;
        foreach (LayoutExtent chunk in _malloc.Layout().Extents)
        {
            Extent place = new(chunk.Extent.Start + _dataBase, chunk.Extent.Bytes);
            if (chunk.Use != ExtentUse.Used)
            {
                extents.Add(chunk with { Extent = place });
            }
            else if (page < _pages.Length && _pageStarts[page] < place.End)
            {
                AddPage(extents, place.Start, place.End, _pages[page], _pageStarts[page]);
                page++;
            }
            else if (data < _outside && _dataStarts[data] < place.End)
            {
                int slot = _data[data++];
                extents.Add(_heap.Slots.Use(slot) == RubySlotUse.Live
                    ? new LayoutExtent(place, ExtentUse.Used, _heap.Slots.Requested(slot), _heap.Slots.Site(slot))
                    : new LayoutExtent(place, ExtentUse.Metadata));
            }
            else
            {
                extents.Add(new LayoutExtent(place, ExtentUse.Metadata));
            }
        }
    }

    /// <param name="start">Start of the bytes that hold the page.</param>
    /// <param name="end">End of them.</param>
    /// <param name="number">The page.</param>
    /// <param name="pageStart">Start of the page itself.</param>
    private void AddPage(List<LayoutExtent> extents, long start, long end, int number, long pageStart)
    {
        ref RubyPage page = ref _heap.Pages[number];
        int stride = _version.SlotBytes[page.Pool];
        long at = pageStart + page.FirstBytes;
        AddMetadata(extents, start, at);
        for (int slot = page.FirstSlot; slot < page.FirstSlot + page.Slots; slot++, at += stride)
        {
            Extent place = new(at, stride);
            extents.Add(_heap.Slots.Use(slot) switch
            {
                RubySlotUse.Empty => new LayoutExtent(place, ExtentUse.Free),
                RubySlotUse.Dead => new LayoutExtent(place, ExtentUse.Metadata),
                _ => new LayoutExtent(
                    place, ExtentUse.Used,
                    _heap.Slots.DataOffset(slot) >= 0 ? 0 : _heap.Slots.Requested(slot), _heap.Slots.Site(slot)),
            });
        }

        AddMetadata(extents, at, end);
    }

    private static void AddMetadata(List<LayoutExtent> extents, long start, long end)
    {
        if (end > start)
            extents.Add(new LayoutExtent(new Extent(start, end - start), ExtentUse.Metadata));
    }
}
