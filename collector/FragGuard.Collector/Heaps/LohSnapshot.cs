using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Heaps;

/// <summary>The measured large-object heap right after a full GC.</summary>
/// <param name="GcNumber">The GC it follows.</param>
/// <param name="Kind">
/// After a blocking GC the layout is exact. Beside a background GC the program goes on allocating: of the large objects
/// under 100 KiB it makes meanwhile, every second one is counted as free.
/// </param>
/// <param name="TimeMs">When that GC ended.</param>
/// <param name="Layout">
/// Regions laid side by side: gaps between regions are not part of the heap. Sites index those of
/// <see cref="LargeObjectHistory.Trace"/>.
/// </param>
public sealed record LohSnapshot(int GcNumber, GcKind Kind, double TimeMs, HeapLayout Layout);
