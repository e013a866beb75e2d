using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Metrics;

/// <summary>Which sites hold the pages of a layout, found in one pass over its extents; pages count from offset 0.</summary>
internal sealed class PageHolders
{
    private readonly long _pageBytes;
    private readonly Dictionary<int, Held> _held = new();

    /// <summary>The page under way: its number, the sites with live bytes in it, and its free bytes.</summary>
    private readonly List<(int Site, long Bytes)> _holders = new();
    private long _page = -1;
    private long _freeBytes;

    public PageHolders(HeapLayout layout, long pageBytes)
    {
        _pageBytes = pageBytes;
        foreach (LayoutExtent extent in layout.Extents)
        {
            if (extent.Extent.Bytes > 0 && extent.Use is ExtentUse.Used or ExtentUse.Free)
                Take(extent);
        }

        Close();
    }

    public long PagesOf(int site) => Of(site).Pages;

    public long SolePagesOf(int site) => Of(site).SolePages;

    public long TrappedBytesOf(int site) => Of(site).TrappedBytes;

    private Held Of(int site) => _held.TryGetValue(site, out Held held) ? held : default;

    /// <summary>Pages that lie wholly within an extent need no look: a used one holds them all, a free one none.</summary>
    private void Take(in LayoutExtent extent)
    {
        long first = extent.Extent.Start / _pageBytes;
        long last = (extent.Extent.End - 1) / _pageBytes;
        Add(first, Math.Min(extent.Extent.End, (first + 1) * _pageBytes) - extent.Extent.Start, extent);
        if (last == first)
            return;
        if (extent.Use == ExtentUse.Used)
        {
            Held held = Of(extent.Site);
            _held[extent.Site] = held with
            {
                Pages = held.Pages + last - first - 1, SolePages = held.SolePages + last - first - 1,
            };
        }

        Add(last, extent.Extent.End - (last * _pageBytes), extent);
    }

    private void Add(long page, long bytes, in LayoutExtent extent)
    {
        if (page != _page)
            Close();
        _page = page;
        if (extent.Use == ExtentUse.Free)
        {
            _freeBytes += bytes;
            return;
        }

        for (int i = 0; i < _holders.Count; i++)
        {
            if (_holders[i].Site != extent.Site)
                continue;
            _holders[i] = (extent.Site, _holders[i].Bytes + bytes);
            return;
        }

        _holders.Add((extent.Site, bytes));
    }

    /// <summary>Shares the page's free bytes among its holders, rounded so that no byte is lost.</summary>
    private void Close()
    {
        long total = 0;
        foreach ((_, long bytes) in _holders)
            total += bytes;
        long before = 0;
        foreach ((int site, long bytes) in _holders)
        {
            Held held = Of(site);
            _held[site] = new Held(
                held.Pages + 1,
                held.SolePages + (_holders.Count == 1 ? 1 : 0),
                held.TrappedBytes + Share(before + bytes, total) - Share(before, total));
            before += bytes;
        }

        _holders.Clear();
        _freeBytes = 0;
    }

    private long Share(long bytes, long total) => (long)((decimal)_freeBytes * bytes / total);

    private readonly record struct Held(long Pages, long SolePages, long TrappedBytes);
}
