using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.SizeClassed;

/// <summary>
/// A layout in the making. A heap draws its extents in address order; each slot becomes an extent of its own.
/// </summary>
internal sealed class LayoutDrawing
{
    private readonly IReadOnlyDictionary<long, SizeClassedBlock> _blocks;
    private readonly List<LayoutExtent> _extents = new();
    private readonly SortedDictionary<long, SizeClass> _classes = new();

    /// <param name="blocks">The live blocks by their place.</param>
    public LayoutDrawing(IReadOnlyDictionary<long, SizeClassedBlock> blocks) => _blocks = blocks;

    public void Add(long start, long bytes, ExtentUse use)
    {
        if (bytes > 0)
            _extents.Add(new LayoutExtent(new Extent(start, bytes), use));
    }

    /// <returns>Whether the place holds a live block; where it holds none, the bytes are drawn as free.</returns>
    public bool AddPlace(long place, long start, long bytes)
    {
        bool isLive = _blocks.TryGetValue(place, out SizeClassedBlock block);
        if (isLive)
        {
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
