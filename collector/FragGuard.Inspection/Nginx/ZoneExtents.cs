using System;
using System.Collections;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// The extents of a zone, made when they are asked for: one for each slot, run and block, so that a zone of millions of
/// slots costs one number for each page. Page records, bitmaps, what is lost behind the last page and pages that could not
/// be parsed are metadata.
/// </summary>
internal sealed class ZoneExtents : IReadOnlyList<LayoutExtent>
{
    private readonly ZonePageTable _table;
    private readonly SlabHeader _header;
    private readonly LuaDictContent? _dict;
    private readonly int[] _firstOfPage;
    private readonly long _lostBytes;
    private int _lastPage;

    public ZoneExtents(ZonePageTable table, LuaDictContent? dict)
    {
        _table = table;
        _header = table.Header;
        _dict = dict;
        _firstOfPage = new int[table.Pages.Count + 1];
        int count = 1;
        for (int page = 0; page < table.Pages.Count; page++)
        {
            _firstOfPage[page] = count;
            count = checked(count + CountOf(table.Pages[page]));
        }

        _firstOfPage[^1] = count;
        _lostBytes = (long)(_header.End - _header.PageAddress(table.Pages.Count));
        Count = count + (_lostBytes > 0 ? 1 : 0);
    }

    public int Count { get; }

    public LayoutExtent this[int index]
    {
        get
        {
            if (index < 0 || index >= Count)
                throw new ArgumentOutOfRangeException(nameof(index), "There is no such extent.");
            if (index == 0)
                return new LayoutExtent(new Extent(0, (long)(_header.Start - _header.Base)), ExtentUse.Metadata);
            if (index >= _firstOfPage[^1])
                return new LayoutExtent(new Extent(Offset(_table.Pages.Count), _lostBytes), ExtentUse.Metadata);
            int page = PageOf(index);
            return ExtentOf(page, index - _firstOfPage[page]);
        }
    }

    public IEnumerator<LayoutExtent> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int CountOf(ZonePage page) => page.Use switch
    {
        ZonePageUse.Cut => ZoneSlots.Usable(_header.PageShift, page.Shift)
            + (ZoneSlots.HasWideMap(_header.PageShift, page.Shift) ? 1 : 0),
        ZonePageUse.FreeStart or ZonePageUse.BlockStart or ZonePageUse.Unparsed => 1,
        _ => 0,
    };

    /// <summary>Extents are mostly asked for one after the other.</summary>
    private int PageOf(int index)
    {
        int page = _lastPage;
        if (_firstOfPage[page] <= index)
        {
            while (page + 1 < _firstOfPage.Length && _firstOfPage[page + 1] <= index && page - _lastPage < 64)
                page++;
        }

        if (_firstOfPage[page] > index || _firstOfPage[page + 1] <= index)
            page = Search(index);
        return _lastPage = page;
    }

    /// <summary>The last page whose first extent is not behind the index: pages without one share their successor's.</summary>
    private int Search(int index)
    {
        int low = 0;
        int high = _firstOfPage.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_firstOfPage[middle] <= index)
                low = middle;
            else
                high = middle;
        }

        return low;
    }

    private long Offset(int page) => (long)(_header.PageAddress(page) - _header.Base);

    private LayoutExtent ExtentOf(int page, int number)
    {
        ZonePage found = _table.Pages[page];
        long start = Offset(page);
        long runBytes = (long)Math.Max(1, found.Pages) << _header.PageShift;
        if (found.Use == ZonePageUse.FreeStart)
            return new LayoutExtent(new Extent(start, runBytes), ExtentUse.Free);
        if (found.Use == ZonePageUse.BlockStart)
            return InUse(new Extent(start, runBytes));
        if (found.Use != ZonePageUse.Cut)
            return new LayoutExtent(new Extent(start, runBytes), ExtentUse.Metadata);

        int reserved = ZoneSlots.OfBitmap(_header.PageShift, found.Shift);
        if (reserved > 0 && number == 0)
            return new LayoutExtent(new Extent(start, (long)reserved << found.Shift), ExtentUse.Metadata);
        int slot = number + (reserved > 0 ? reserved - 1 : 0);
        Extent extent = new(start + ((long)slot << found.Shift), 1L << found.Shift);
        return _table.IsSlotUsed(page, slot) ? InUse(extent) : new LayoutExtent(extent, ExtentUse.Free);
    }

    /// <summary>Without a dictionary what was asked for is not known, and counts as what was granted.</summary>
    private LayoutExtent InUse(Extent extent)
    {
        if (_dict is not { IsWhole: true })
            return new LayoutExtent(extent, ExtentUse.Used, extent.Bytes);
        long requested = _dict.RequestedBytesAt(_header.Base + (ulong)extent.Start, extent.Start);
        return requested > 0
            ? new LayoutExtent(extent, ExtentUse.Used, requested)
            : new LayoutExtent(extent, ExtentUse.Metadata);
    }
}
