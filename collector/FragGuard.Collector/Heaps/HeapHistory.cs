using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>What a recording tells of the heap beyond its size: where things are, how long they live, what is pinned.</summary>
public sealed record HeapHistory
{
    /// <summary>A recording that says nothing of it.</summary>
    public static HeapHistory None { get; } = new();

    /// <summary>What <see cref="HoleNeighbour.Site"/>, <see cref="ObjectLifetime.Site"/> and the layouts index.</summary>
    public IReadOnlyList<AllocationSite> Sites { get; init; } = [];

    /// <summary>Worst, last, then the worst of each generation; empty when GCs listed no regions.</summary>
    public IReadOnlyList<HeapSnapshot> Snapshots { get; init; } = [];

    /// <summary>Each generation that ever had a byte, over the run; empty when GCs listed no regions.</summary>
    public IReadOnlyList<GenerationTrack> Tracks { get; init; } = [];

    /// <summary>The heap kept for that reason; null when there is none.</summary>
    public HeapSnapshot? Find(HeapMomentKind moment) => Snapshots.FirstOrDefault(one => one.Moment == moment);

    /// <summary>The generation, 0 to 4, when it had most free bytes; null when it never had any, or nothing is known.</summary>
    public HeapSnapshot? WorstOf(int generation) => Snapshots.FirstOrDefault(
        one => one.Moment == HeapMomentKind.WorstOfGeneration && one.Generations[0].Figures.Generation == generation);

    /// <summary>How the objects behind <see cref="Lifetimes"/> and the neighbours were chosen.</summary>
    public SampleKind Samples { get; init; }

    /// <summary>Who allocated how much, by whole call stacks, and when.</summary>
    public AllocationHistory Allocations { get; init; } = AllocationHistory.None;

    /// <summary>Per site and type, most bytes first.</summary>
    public IReadOnlyList<ObjectLifetime> Lifetimes { get; init; } = [];

    /// <summary>Share of the sampled bytes that no GC has judged, or that was lost sight of.</summary>
    public double UnknownLifetimeRatio { get; init; }

    /// <summary>Whether GCs told what was pinned.</summary>
    public bool HasPins { get; init; }

    /// <summary>Per type and site, most hole bytes first.</summary>
    public IReadOnlyList<PinUse> Pins { get; init; } = [];

    /// <summary>Pins in no figure: one GC found too many, or did not list its regions.</summary>
    public long OmittedPins { get; init; }
}
