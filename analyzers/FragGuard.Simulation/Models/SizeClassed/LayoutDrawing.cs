using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.SizeClassed;

/// <summary>
/// A layout in the making. A heap draws its extents in address order; each slot becomes an extent of its own.
/// </summary>
internal sealed class LayoutDrawing
{
    private readonly long[] _offsets;
    private readonly SizeClassedBlock[] _blocks;
    private readonly List<LayoutExtent> _extents = new();
    private readonly SortedDictionary<long, SizeClass> _classes = new();
    private int _next;

    /// <param name="offsets">Where the live blocks are; sorted here.</param>
    /// <param name="blocks">The blocks in the same order.</param>
    public LayoutDrawing(long[] offsets, SizeClassedBlock[] blocks)
    {
        Array.Sort(offsets, blocks);
        _offsets = offsets;
        _blocks = blocks;
    }

    public void Add(long start, long bytes, ExtentUse use)
    {
        if (bytes > 0)
            _extents.Add(new LayoutExtent(new Extent(start, bytes), use));
    }

    /// <returns>Whether a live block begins in these bytes; where none does, they are drawn as free.</returns>
    public bool AddPlace(long start, long bytes)
    {
        bool isLive = _next < _blocks.Length && _offsets[_next] < start + bytes;
        if (isLive)
        {
            SizeClassedBlock block = _blocks[_next++];
            _extents.Add(new LayoutExtent(
                new Extent(start, bytes), ExtentUse.Used, block.RequestedBytes, block.Site));
        }
        else
        {
            Add(start, bytes, ExtentUse.Free);
        }

        return isLive;
    }

    public void Count(long slotBytes, long pages, long used, long free)
    {
        _classes.TryGetValue(slotBytes, out SizeClass sum);
        _classes[slotBytes] = new SizeClass(slotBytes, sum.Pages + pages, sum.Used + used, sum.Free + free);
    }

    public HeapLayout Finish(in HeapCounters counters) =>
        new(counters, _extents, [.. _classes.Values]);
}
