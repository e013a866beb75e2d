using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>Where Ruby's pages, slots and the data outside them are.</summary>
internal sealed class RubyLayout
{
    private readonly RubyVersion _version;
    private readonly RubyHeap _heap;
    private readonly IAllocatorModel _data;
    private readonly long _mappedBase;
    private readonly long _dataBase;

    public RubyLayout(RubyVersion version, RubyHeap heap, IAllocatorModel data, long mappedBase, long dataBase)
    {
        _version = version;
        _heap = heap;
        _data = data;
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
        SortedDictionary<long, int> pages = new();
        SortedDictionary<long, int> outside = new();
        for (int page = 0; page < _heap.Pages.Known; page++)
        {
            ref RubyPage known = ref _heap.Pages[page];
            if (known.Slots == 0)
                continue;
            pages.Add(PageOffset(_version, _heap, page, _mappedBase, _dataBase), page);
            for (int slot = known.FirstSlot; slot < known.FirstSlot + known.Slots; slot++)
            {
                if (_heap.Slots.Use(slot) != RubySlotUse.Empty && _heap.Slots.DataOffset(slot) >= 0)
                    outside.Add(_dataBase + _heap.Slots.DataOffset(slot), slot);
            }
        }

        List<LayoutExtent> extents = new();
        if (_version.IsMapped)
        {
            foreach (KeyValuePair<long, int> page in pages)
                AddPage(extents, page.Key, page.Key + _version.AlignBytes, page.Value, page.Key);
            pages.Clear();
        }

        AddData(extents, pages, outside);
        return new HeapLayout(counters, extents);
    }

    private void AddData(List<LayoutExtent> extents, SortedDictionary<long, int> pages, SortedDictionary<long, int> outside)
    {
        using SortedDictionary<long, int>.Enumerator page = pages.GetEnumerator();
        using SortedDictionary<long, int>.Enumerator data = outside.GetEnumerator();
        bool hasPage = page.MoveNext();
        bool hasData = data.MoveNext();
        foreach (LayoutExtent chunk in _data.Layout().Extents)
        {
            Extent place = new(chunk.Extent.Start + _dataBase, chunk.Extent.Bytes);
            if (chunk.Use != ExtentUse.Used)
            {
                extents.Add(chunk with { Extent = place });
            }
            else if (hasPage && page.Current.Key < place.End)
            {
                AddPage(extents, place.Start, place.End, page.Current.Value, page.Current.Key);
                hasPage = page.MoveNext();
            }
            else if (hasData && data.Current.Key < place.End)
            {
                int slot = data.Current.Value;
                extents.Add(_heap.Slots.Use(slot) == RubySlotUse.Live
                    ? new LayoutExtent(place, ExtentUse.Used, _heap.Slots.Requested(slot), _heap.Slots.Site(slot))
                    : new LayoutExtent(place, ExtentUse.Metadata));
                hasData = data.MoveNext();
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
