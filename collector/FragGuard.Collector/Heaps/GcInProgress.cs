using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>A GC between its start and its end.</summary>
internal sealed class GcInProgress(long thread, int number, int generation, GcKind kind, double startMs, SurvivorExtents survivors)
{
    /// <summary>The thread that announced it, and lists the regions it starts with.</summary>
    public long Thread { get; } = thread;

    public int Number { get; } = number;

    public int Generation { get; } = generation;

    /// <summary>A full GC that starts as a background one may turn out to be blocking.</summary>
    public GcKind Kind { get; set; } = kind;

    public double StartMs { get; } = startMs;

    /// <summary>Null until the list is complete.</summary>
    public IReadOnlyList<GenerationExtent>? RegionsBefore { get; set; }

    public SurvivorExtents Survivors { get; } = survivors;

    /// <summary>Whether the heap has been told of the survivors.</summary>
    public bool IsPlaced { get; set; }
}
