using System.Collections.Generic;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Snapshots.Caches;

namespace FragGuard.Collector.Snapshots;

/// <summary>All live objects of a process at the end of one full GC, against the regions they lie in.</summary>
public sealed record ObjectSnapshot
{
    public required RecordedTarget Target { get; init; }

    /// <summary>The runtime's count of the GC that took it.</summary>
    public required int GcNumber { get; init; }

    /// <summary>How long the process stood still for it, as far as the recording tells; 0 when it does not.</summary>
    public required double PauseMs { get; init; }

    public required long EventsRead { get; init; }

    public required long EventsLost { get; init; }

    /// <summary>
    /// False when events were lost or the end of the GC is missing: objects that were not seen look like holes, so live
    /// bytes are a lower bound and free bytes an upper one.
    /// </summary>
    public required bool IsExact { get; init; }

    public required long Objects { get; init; }

    /// <summary>Bytes of the heap they take.</summary>
    public required long LiveBytes { get; init; }

    /// <summary>Of these, objects outside all regions: frozen ones such as string literals.</summary>
    public required long OutsideObjects { get; init; }

    public required long OutsideBytes { get; init; }

    /// <summary>Objects whose type's name was not told.</summary>
    public required long UnnamedObjects { get; init; }

    /// <summary>Generations that have regions; empty when the recording lists no regions.</summary>
    public required IReadOnlyList<GenerationMap> Generations { get; init; }

    /// <summary>In address order; of very many the first.</summary>
    public required IReadOnlyList<RegionMap> Regions { get; init; }

    /// <summary>Largest first.</summary>
    public required IReadOnlyList<Hole> LargestHoles { get; init; }

    /// <summary>All types, most bytes first.</summary>
    public required IReadOnlyList<TypeShare> Types { get; init; }

    /// <summary>Names of types, to which the sites of the layouts are indices.</summary>
    public required IReadOnlyList<string> TypeNames { get; init; }

    /// <summary>The largest caches by retained bytes; null when <see cref="WhyNoCaches"/> says why they were not looked for.</summary>
    public required IReadOnlyList<CacheMap>? Caches { get; init; }

    /// <summary>Instances of known cache classes, listed or not.</summary>
    public required long CacheInstances { get; init; }

    public required string? WhyNoCaches { get; init; }

    /// <summary>Bytes of objects that no listed root leads to: 0 unless the runtime keeps some alive in a way it does not list.</summary>
    public required long UnreachedBytes { get; init; }
}
