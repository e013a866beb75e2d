using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Draws the arrays of a manager of streams.</summary>
internal static class RecyclableLayout
{
    public static HeapLayout Of(
        in HeapCounters counters, LiveBlocks<RecyclableStream> streams, IEnumerable<PooledArray> idle)
    {
        List<LayoutExtent> extents = new();
        SortedDictionary<long, (long Used, long Free)> classes = new();
        foreach (KeyValuePair<long, RecyclableStream> pair in streams.All)
            Add(extents, classes, pair.Value);
        foreach (PooledArray array in idle)
        {
            extents.Add(new LayoutExtent(new Extent(array.Offset, array.Elements), ExtentUse.Free));
            Count(classes, array, used: 0, free: 1);
        }

        extents.Sort((one, other) => one.Extent.Start.CompareTo(other.Extent.Start));
        List<SizeClass> sizeClasses = new();
        foreach (KeyValuePair<long, (long Used, long Free)> pair in classes)
            sizeClasses.Add(new SizeClass(pair.Key, 0, pair.Value.Used, pair.Value.Free));
        return new HeapLayout(counters, extents, sizeClasses);
    }

    private static void Add(
        List<LayoutExtent> extents, SortedDictionary<long, (long Used, long Free)> classes, in RecyclableStream stream)
    {
        long leftBytes = stream.Bytes;
        if (stream.Large is { } large)
        {
            extents.Add(new LayoutExtent(new Extent(large.Offset, large.Elements), ExtentUse.Used, leftBytes, stream.Site));
            Count(classes, large, used: 1, free: 0);
            leftBytes = 0;
        }

        for (PooledArray? array = stream.FirstOutgrown; array is not null; array = array.Next)
        {
            extents.Add(new LayoutExtent(new Extent(array.Offset, array.Elements), ExtentUse.Used, 0, stream.Site));
            Count(classes, array, used: 1, free: 0);
        }

        for (PooledArray? block = stream.FirstBlock; block is not null; block = block.Next)
        {
            long heldBytes = Math.Min(leftBytes, block.Elements);
            leftBytes -= heldBytes;
            Count(classes, block, used: 1, free: 0);
            LayoutExtent extent = new(new Extent(block.Offset, block.Elements), ExtentUse.Used, heldBytes, stream.Site);
            if (block != stream.FirstBlock && extents[extents.Count - 1].Extent.End == block.Offset)
            {
                LayoutExtent before = extents[extents.Count - 1];
                extents.RemoveAt(extents.Count - 1);
                extent = extent with
                {
                    Extent = new Extent(before.Extent.Start, before.Extent.Bytes + block.Elements),
                    RequestedBytes = before.RequestedBytes + heldBytes,
                };
            }

            extents.Add(extent);
        }
    }

    private static void Count(
        SortedDictionary<long, (long Used, long Free)> classes, PooledArray array, long used, long free)
    {
        classes.TryGetValue(array.Elements, out (long Used, long Free) count);
        classes[array.Elements] = (count.Used + used, count.Free + free);
    }
}
