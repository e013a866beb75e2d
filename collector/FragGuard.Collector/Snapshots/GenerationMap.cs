using System.Collections.Generic;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Snapshots;

/// <summary>One generation, all heaps of the process together: live objects against the regions they lie in.</summary>
public sealed record GenerationMap
{
    /// <summary>0, 1, 2, 3 for large objects, 4 for pinned ones.</summary>
    public required int Generation { get; init; }

    public required int Regions { get; init; }

    public required long Objects { get; init; }

    /// <summary>Used parts of the regions: live, free and pads.</summary>
    public required long SizeBytes { get; init; }

    public required long LiveBytes { get; init; }

    /// <summary>Everything in the used parts that is no live object and no pad.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>
    /// The 32 bytes before each large object that belong to it: nothing fits there. The runtime's own measure counts them
    /// as free.
    /// </summary>
    public required long PadBytes { get; init; }

    /// <summary>Address space of the regions.</summary>
    public required long ReservedBytes { get; init; }

    public required long Holes { get; init; }

    public required long LargestHoleBytes { get; init; }

    /// <summary>Largest object that the largest hole takes: a large object needs its pad.</summary>
    public required long LargestFitBytes { get; init; }

    /// <summary>Smallest first; sizes that no hole has are left out.</summary>
    public required IReadOnlyList<HoleBucket> HoleSizes { get; init; }

    /// <summary>
    /// Used runs and holes at their addresses. Holes smaller than <see cref="LayoutResolutionBytes"/> are drawn as used.
    /// </summary>
    public required HeapLayout Layout { get; init; }

    /// <summary>0: the layout holds every hole.</summary>
    public required long LayoutResolutionBytes { get; init; }

    /// <summary>The same generation as the runtime's own history event measured it after the GC; null when that event is missing.</summary>
    public GenerationMeasure? Measured { get; init; }
}
