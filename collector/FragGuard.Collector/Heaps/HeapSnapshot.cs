using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The measured heap right after a GC.</summary>
/// <param name="Moment">Why it was kept.</param>
/// <param name="GcNumber">The GC it follows.</param>
/// <param name="Collected">Oldest generation that GC collected: 2 is all.</param>
/// <param name="Kind">After a background GC the program had already gone on allocating.</param>
/// <param name="TimeMs">When that GC ended.</param>
/// <param name="Generations">
/// 0, 1, 2, 3 for large objects, 4 for pinned ones: all of them, or the one that <paramref name="Moment"/> is about.
/// </param>
public sealed record HeapSnapshot(
    HeapMomentKind Moment,
    int GcNumber,
    int Collected,
    GcKind Kind,
    double TimeMs,
    IReadOnlyList<GenerationLayout> Generations);
