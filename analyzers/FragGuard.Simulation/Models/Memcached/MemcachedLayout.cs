using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>Draws the pages: chunks in use and free, what a page has left behind its last chunk, and pages in the pool.</summary>
internal sealed class MemcachedLayout
{
    private readonly MemcachedRules _rules;
    private readonly ItemStore _items;
    private readonly SlabPages _pages;

    /// <summary>Index of each page's first extent: every chunk has the place that its page and its index give it.</summary>
    private readonly int[] _firsts;
    private readonly LayoutExtent[] _extents;

    private MemcachedLayout(MemcachedRules rules, ItemStore items)
    {
        _rules = rules;
        _items = items;
        _pages = items.Pages;
        _firsts = new int[_pages.PagesTaken + 1];
        for (int page = 1; page < _firsts.Length; page++)
            _firsts[page] = 1;
        for (int i = 1; i <= _pages.Table.Largest; i++)
        {
            for (int page = 0; page < _pages[i].PageCount; page++)
                _firsts[_pages[i].Pages[page] + 1] = _pages[i].ChunksPerPage + (RestBytes(_pages[i]) > 0 ? 1 : 0);
        }

        for (int page = 1; page < _firsts.Length; page++)
            _firsts[page] += _firsts[page - 1];
        _extents = new LayoutExtent[_firsts[_firsts.Length - 1]];
    }

    public static HeapLayout Of(MemcachedRules rules, ItemStore items, in HeapCounters counters) =>
        new MemcachedLayout(rules, items).Draw(counters);

    private HeapLayout Draw(in HeapCounters counters)
    {
        List<SizeClass> classes = [];
        for (int i = 1; i <= _pages.Table.Largest; i++)
        {
            SlabClass slab = _pages[i];
            if (slab.PageCount == 0)
                continue;
            DrawClass(i, slab);
            classes.Add(new SizeClass(
                slab.ChunkBytes, slab.PageCount, slab.PageCount * slab.ChunksPerPage - slab.FreeCount, slab.FreeCount));
        }

        DrawItems();
        foreach (int page in _pages.Pool)
            DrawPage(page, ExtentUse.Free);
        for (int page = 0; page < _pages.PagesTaken; page++)
        {
            if (_pages.IsReleased(page))
                DrawPage(page, ExtentUse.Released);
        }

        return new HeapLayout(counters, _extents, classes);
    }

    private void DrawClass(int slabClass, in SlabClass slab)
    {
        for (int free = 0; free < slab.FreeCount; free++)
            Draw(slabClass, slab.Free[free], ExtentUse.Free, requestedBytes: 0, site: -1);
        long restBytes = RestBytes(slab);
        for (int page = 0; page < slab.PageCount && restBytes > 0; page++)
        {
            long end = OffsetOf(slab.Pages[page]) + MemcachedRules.PageBytes;
            _extents[_firsts[slab.Pages[page]] + slab.ChunksPerPage] =
                new LayoutExtent(new Extent(end - restBytes, restBytes), ExtentUse.Metadata);
        }
    }

    private void DrawItems()
    {
        for (int item = 1; item <= _items.LastItem; item++)
        {
            if (!_items.IsInUse(item))
                continue;
            Item drawn = _items[item];
            int site = _items.SiteOf(item);
            int partsBytes = 0;
            for (int part = _items.FirstPartOf(item); part != ItemStore.None; part = _items.Part(part).Next)
            {
                ItemPart drawnPart = _items.Part(part);
                Draw(drawnPart.Class, drawnPart.Chunk, ExtentUse.Used, drawnPart.UsedBytes, site);
                partsBytes += drawnPart.UsedBytes;
            }

            Draw(drawn.ChunkClass, drawn.Chunk, ExtentUse.Used, drawn.TotalBytes - partsBytes, site);
        }
    }

    private void Draw(int slabClass, int chunk, ExtentUse use, int requestedBytes, int site) =>
        _extents[_firsts[SlabPages.PageOf(chunk)] + SlabPages.IndexOf(chunk)] = new LayoutExtent(
            new Extent(_pages.OffsetOf(slabClass, chunk), _pages[slabClass].ChunkBytes), use, requestedBytes, site);

    private void DrawPage(int page, ExtentUse use) =>
        _extents[_firsts[page]] = new LayoutExtent(new Extent(OffsetOf(page), MemcachedRules.PageBytes), use);

    /// <summary>Bytes of a page behind its last chunk.</summary>
    private long RestBytes(in SlabClass slab) =>
        _rules.HasWholePages ? MemcachedRules.PageBytes - (long)slab.ChunksPerPage * slab.ChunkBytes : 0;

    private static long OffsetOf(int page) => (long)page * MemcachedRules.PageBytes;
}
