namespace FragGuard.Simulation.Models.DotNet;

/// <summary>All GC heaps right after one GC.</summary>
/// <param name="Index">0-based index of the event in which the GC ran.</param>
/// <param name="Generation">The oldest generation that was collected.</param>
/// <param name="Compacted">Whether small objects were moved.</param>
public readonly record struct GcHeapSample(
    long Index,
    int Generation,
    bool Compacted,
    GcGenerationSize Youngest,
    GcGenerationSize Middle,
    GcGenerationSize Oldest,
    GcGenerationSize Large,
    GcGenerationSize Pinned);
