using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// Draws a pool page by page. Pool header with page array, bitmap slots, what is lost behind the last page, and slots in
/// use that the program did not ask for are metadata. A size class counts bitmap slots as used.
/// </summary>
internal sealed class SlabLayout
{
    private readonly SlabPool _pool;
    private readonly SlabGeometry _geometry;
    private readonly IReadOnlyDictionary<long, SlabContent> _contents;
    private readonly List<LayoutExtent> _extents = new();
    private readonly long[] _classPages;
    private readonly long[] _classUsed;
    private readonly long[] _classFree;
    private int _largestFreeRunPages;

    private SlabLayout(SlabPool pool, IReadOnlyDictionary<long, SlabContent> contents)
    {
        _pool = pool;
        _geometry = pool.Geometry;
        _contents = contents;
        _classPages = new long[_geometry.ClassCount];
        _classUsed = new long[_geometry.ClassCount];
        _classFree = new long[_geometry.ClassCount];
    }

    /// <param name="pool">The pool to draw.</param>
    /// <param name="counters">Its sums.</param>
    /// <param name="contents">By offset, what the program asked for.</param>
    public static HeapLayout Of(
        SlabPool pool, in HeapCounters counters, IReadOnlyDictionary<long, SlabContent> contents) =>
        new SlabLayout(pool, contents).Draw(counters);

    private HeapLayout Draw(in HeapCounters counters)
    {
        Add(0, _geometry.FirstPageBytes, ExtentUse.Metadata);
        for (int page = 0; page < _geometry.Pages;)
            page += DrawFrom(page);
        Add(_geometry.EndBytes, _geometry.ZoneBytes - _geometry.EndBytes, ExtentUse.Metadata);

        SizeClass[] classes = new SizeClass[_geometry.ClassCount];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = new SizeClass(
                1L << (i + SlabGeometry.MinShift), _classPages[i], _classUsed[i], _classFree[i]);
        }

        ZonePages zone = new(
            _geometry.ZoneBytes, _geometry.PageBytes, _geometry.Pages, _pool.FreePages, _largestFreeRunPages);
        return new HeapLayout(counters, _extents, classes, zone, _geometry.PageBytes);
    }

    /// <returns>Pages drawn.</returns>
    private int DrawFrom(int page)
    {
        if (_pool.UseOf(page) == SlabPageUse.Cut)
        {
            DrawSlots(page);
            return 1;
        }

        int pages = _pool.PagesFrom(page);
        long bytes = (long)pages << _geometry.PageShift;
        if (_pool.UseOf(page) == SlabPageUse.Free)
        {
            _largestFreeRunPages = Math.Max(_largestFreeRunPages, pages);
            Add(_geometry.OffsetOf(page), bytes, ExtentUse.Free);
        }
        else
        {
            AddInUse(_geometry.OffsetOf(page), bytes);
        }

        return pages;
    }

    private void DrawSlots(int page)
    {
        int shift = _pool.ShiftOf(page);
        int sizeClass = shift - SlabGeometry.MinShift;
        int slots = _geometry.SlotsPerPage(shift);
        int bitmapSlots = _geometry.BitmapSlots(shift);
        int used = _pool.UsedSlotsOf(page) + bitmapSlots;
        _classPages[sizeClass]++;
        _classUsed[sizeClass] += used;
        _classFree[sizeClass] += slots - used;

        long start = _geometry.OffsetOf(page);
        Add(start, (long)bitmapSlots << shift, ExtentUse.Metadata);
        for (int slot = bitmapSlots; slot < slots; slot++)
        {
            if (_pool.IsSlotUsed(page, slot))
                AddInUse(start + ((long)slot << shift), 1L << shift);
            else
                Add(start + ((long)slot << shift), 1L << shift, ExtentUse.Free);
        }
    }

    private void AddInUse(long start, long bytes)
    {
        if (_contents.TryGetValue(start, out SlabContent content))
        {
            _extents.Add(new LayoutExtent(
                new Extent(start, bytes), ExtentUse.Used, content.RequestedBytes, content.Site));
        }
        else
        {
            Add(start, bytes, ExtentUse.Metadata);
        }
    }

    private void Add(long start, long bytes, ExtentUse use)
    {
        if (bytes > 0)
            _extents.Add(new LayoutExtent(new Extent(start, bytes), use));
    }
}
