using System;

namespace FragGuard.Samples;

/// <summary>The heap right after a collection.</summary>
/// <param name="HeapBytes">GC heap with its free space.</param>
/// <param name="CommittedBytes">What the GC holds from the operating system.</param>
/// <param name="LargeBytes">Large object heap with its free space.</param>
/// <param name="LargeFreeBytes">Free space between large objects.</param>
public readonly record struct HeapSnapshot(long HeapBytes, long CommittedBytes, long LargeBytes, long LargeFreeBytes)
{
    private const int LargeObjectHeap = 3;

    public static HeapSnapshot From(GCMemoryInfo collection)
    {
        GCGenerationInfo large = collection.GenerationInfo[LargeObjectHeap];
        return new HeapSnapshot(
            collection.HeapSizeBytes,
            collection.TotalCommittedBytes,
            large.SizeAfterBytes,
            large.FragmentationAfterBytes);
    }
}
