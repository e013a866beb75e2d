using System;

namespace FragGuard.Collector.Heaps;

/// <summary>One generation over one GC, summed over all heaps of the process, as the runtime measured it.</summary>
/// <param name="BytesBefore">Size before the GC, free space included.</param>
/// <param name="BytesAfter">Size after the GC, free space included.</param>
/// <param name="FreeBytesBefore">Free list and free objects before the GC.</param>
/// <param name="FreeListBytesAfter">Free space the allocator can hand out.</param>
/// <param name="FreeObjectBytesAfter">Free space too small or not yet on the free list.</param>
public readonly record struct GenerationMeasure(
    long BytesBefore, long BytesAfter, long FreeBytesBefore, long FreeListBytesAfter, long FreeObjectBytesAfter)
{
    /// <summary>All free space after the GC, at most its size: .NET 8 at times measures free objects in a generation of no bytes.</summary>
    public long FreeBytesAfter => Math.Min(FreeListBytesAfter + FreeObjectBytesAfter, Math.Max(0, BytesAfter));

    /// <summary>Share of the size after the GC that is free; 0 when the generation is empty.</summary>
    public double Fragmentation => BytesAfter <= 0 ? 0 : (double)FreeBytesAfter / BytesAfter;
}
