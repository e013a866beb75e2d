using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Heaps;

/// <summary>The measured large-object heap right after a full GC.</summary>
/// <param name="GcNumber">The GC it follows.</param>
/// <param name="TimeMs">When that GC ended.</param>
/// <param name="Layout">Regions laid side by side: gaps between regions are not part of the heap.</param>
public sealed record LohSnapshot(int GcNumber, double TimeMs, HeapLayout Layout);
