using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>Draws a heap: the program's blocks, free chunks, and what the allocator keeps for itself.</summary>
internal static class LuaJitLayout
{
    /// <param name="heap">The heap.</param>
    /// <param name="used">The program's blocks, in any order.</param>
    public static IReadOnlyList<LayoutExtent> Extents(LuaJitHeap heap, IEnumerable<LayoutExtent> used)
    {
        List<LayoutExtent> extents = new(used);
        foreach (LuaJitSegment segment in heap.Segments)
        {
            for (int chunk = segment.First; chunk != 0; chunk = heap[chunk].Behind)
            {
                if (heap[chunk].IsFree)
                    extents.Add(ExtentOf(heap[chunk], ExtentUse.Free));
                else if (chunk == heap.StateChunk)
                    extents.Add(ExtentOf(heap[chunk], ExtentUse.Metadata));
            }

            extents.Add(new LayoutExtent(
                new Extent(segment.End - segment.FootBytes, segment.FootBytes), ExtentUse.Metadata));
        }

        extents.Sort((one, other) => one.Extent.Start.CompareTo(other.Extent.Start));
        return extents;
    }

    private static LayoutExtent ExtentOf(in LuaJitChunk chunk, ExtentUse use) =>
        new(new Extent(chunk.Start, chunk.Bytes), use);
}
