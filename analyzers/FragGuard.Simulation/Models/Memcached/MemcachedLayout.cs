using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>Draws the pages: chunks in use and free, what a page has left behind its last chunk, and pages in the pool.</summary>
internal static class MemcachedLayout
{
    public static HeapLayout Of(MemcachedRules rules, ItemStore items, in HeapCounters counters)
    {
        SlabPages pages = items.Pages;
        List<LayoutExtent> extents = [];
        AddItems(extents, items);
        List<SizeClass> classes = [];
        for (int i = 1; i <= pages.Table.Largest; i++)
        {
            SlabClass slab = pages[i];
            if (slab.PageCount == 0)
                continue;
            for (int free = 0; free < slab.FreeCount; free++)
                Add(extents, pages.OffsetOf(i, slab.Free[free]), slab.ChunkBytes, ExtentUse.Free);
            int cutBytes = slab.ChunksPerPage * slab.ChunkBytes;
            for (int page = 0; page < slab.PageCount && rules.HasWholePages && cutBytes < MemcachedRules.PageBytes; page++)
            {
                Add(
                    extents, OffsetOf(slab.Pages[page]) + cutBytes, MemcachedRules.PageBytes - cutBytes, ExtentUse.Metadata);
            }

            classes.Add(new SizeClass(
                slab.ChunkBytes, slab.PageCount, slab.PageCount * slab.ChunksPerPage - slab.FreeCount, slab.FreeCount));
        }

        foreach (int page in pages.Pool)
            Add(extents, OffsetOf(page), MemcachedRules.PageBytes, ExtentUse.Free);
        for (int page = 0; page < pages.PagesTaken; page++)
        {
            if (pages.IsReleased(page))
                Add(extents, OffsetOf(page), MemcachedRules.PageBytes, ExtentUse.Released);
        }

        extents.Sort((one, other) => one.Extent.Start.CompareTo(other.Extent.Start));
        return new HeapLayout(counters, extents, classes);
    }

    private static void AddItems(List<LayoutExtent> extents, ItemStore items)
    {
        for (int item = 1; item <= items.LastItem; item++)
        {
            if (!items.IsInUse(item))
                continue;
            Item drawn = items[item];
            int partsBytes = 0;
            for (int part = drawn.FirstPart; part != ItemStore.None; part = items.Part(part).Next)
            {
                ItemPart drawnPart = items.Part(part);
                AddUsed(extents, items, drawnPart.Class, drawnPart.Chunk, drawnPart.UsedBytes, drawn.Site);
                partsBytes += drawnPart.UsedBytes;
            }

            AddUsed(extents, items, drawn.ChunkClass, drawn.Chunk, drawn.TotalBytes - partsBytes, drawn.Site);
        }
    }

    private static void AddUsed(
        List<LayoutExtent> extents, ItemStore items, int slabClass, int chunk, int requestedBytes, int site) =>
        extents.Add(new LayoutExtent(
            new Extent(items.Pages.OffsetOf(slabClass, chunk), items.Pages[slabClass].ChunkBytes),
            ExtentUse.Used, requestedBytes, site));

    private static void Add(List<LayoutExtent> extents, long start, long bytes, ExtentUse use) =>
        extents.Add(new LayoutExtent(new Extent(start, bytes), use));

    private static long OffsetOf(int page) => (long)page * MemcachedRules.PageBytes;
}
