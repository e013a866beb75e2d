using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Draws the extents of one region; unreachable neighbours are one, so a layout grows with what lives alone.</summary>
internal static class GcExtents
{
    /// <param name="first">The empty block before all objects of the region.</param>
    public static void Add(
        List<LayoutExtent> extents, UohBlock[] blocks, long start, int first, long allocatedEnd, long committedEnd)
    {
        Add(extents, start, LohLayout.RegionHeaderBytes, ExtentUse.Metadata);
        for (int i = first; i >= 0; i = blocks[i].Next)
        {
            UohBlock block = blocks[i];
            if (block.IsLive && i != first)
            {
                extents.Add(new LayoutExtent(
                    new Extent(block.Start, block.Bytes), ExtentUse.Used, block.RequestedBytes, block.Site));
            }
            else
            {
                Add(extents, block.Start, block.Bytes, ExtentUse.Metadata);
            }

            Add(extents, block.Start + block.Bytes, block.GapBytes,
                block.GapBytes >= LohLayout.MinFreeBytes ? ExtentUse.Free : ExtentUse.Metadata);
        }

        Add(extents, allocatedEnd, committedEnd - allocatedEnd, ExtentUse.Metadata);
    }

    private static void Add(List<LayoutExtent> extents, long start, long bytes, ExtentUse use)
    {
        if (bytes <= 0)
            return;
        int last = extents.Count - 1;
        if (use == ExtentUse.Metadata && last >= 0
            && extents[last] is { Use: ExtentUse.Metadata, Extent: { } before } && before.End == start)
        {
            extents[last] = new LayoutExtent(new Extent(before.Start, before.Bytes + bytes), use);
        }
        else
        {
            extents.Add(new LayoutExtent(new Extent(start, bytes), use));
        }
    }
}
