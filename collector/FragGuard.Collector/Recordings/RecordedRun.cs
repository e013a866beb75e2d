using System.Collections.Generic;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Streams;

namespace FragGuard.Collector.Recordings;

/// <summary>Everything one recording says. Times are milliseconds since the recording started.</summary>
public sealed record RecordedRun
{
    public required RecordedTarget Target { get; init; }

    /// <summary>First to last event.</summary>
    public required double DurationMs { get; init; }

    public required long EventsRead { get; init; }

    /// <summary>Events the target dropped because its buffer was full.</summary>
    public required long EventsLost { get; init; }

    /// <summary>Whether the recording ends without its end mark; everything before the cut was read.</summary>
    public required bool IsTruncated { get; init; }

    /// <summary>GCs in order of their number.</summary>
    public required IReadOnlyList<RecordedGc> Collections { get; init; }

    public required LargeObjectHistory LargeObjects { get; init; }

    /// <summary>The large-object heap right after full GCs: the one with most free bytes, then the last; one entry if they are the same.</summary>
    public required IReadOnlyList<LohSnapshot> LohLayouts { get; init; }

    public required IReadOnlyList<PoolUse> Pools { get; init; }

    /// <summary>Events of pools and lengths beyond the first 4096 of a recording.</summary>
    public long PoolEventsUnlisted { get; init; }

    public required IReadOnlyList<RentSite> RentSites { get; init; }

    public required IReadOnlyList<CacheUse> Caches { get; init; }

    /// <summary>Recyclable memory streams; null when none told of itself.</summary>
    public StreamUse? Streams { get; init; }

    /// <summary>Memory pools of ASP.NET Core, by owner.</summary>
    public IReadOnlyList<MemoryPoolUse> MemoryPools { get; init; } = [];
}
