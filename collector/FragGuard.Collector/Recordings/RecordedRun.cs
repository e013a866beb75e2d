using System.Collections.Generic;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;

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

    /// <summary>
    /// Why the recording was not read to an end mark, and where that is, to follow "the recording"; everything before was
    /// read. Null when it was.
    /// </summary>
    public string? Damage { get; init; }

    /// <summary>Whether the recording is damaged or ends without its end mark.</summary>
    public bool IsTruncated => Damage is not null;

    /// <summary>What was left out to read the recording in bounded memory, or because its format hides it: a sentence each.</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];

    /// <summary>GCs in order of their number.</summary>
    public required IReadOnlyList<RecordedGc> Collections { get; init; }

    public required LargeObjectHistory LargeObjects { get; init; }

    /// <summary>The large-object heap right after full GCs: the one with most free bytes, then the last; one entry if they are the same.</summary>
    public required IReadOnlyList<LohSnapshot> LohLayouts { get; init; }

    public required IReadOnlyList<PoolUse> Pools { get; init; }

    public required IReadOnlyList<RentSite> RentSites { get; init; }

    public required IReadOnlyList<CacheUse> Caches { get; init; }
}
