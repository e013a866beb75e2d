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

    /// <summary>Whether the recording began before the program did.</summary>
    public bool SawStart { get; init; }

    /// <summary>First to last event.</summary>
    public required double DurationMs { get; init; }

    public required long EventsRead { get; init; }

    /// <summary>Events the target dropped because its buffer was full.</summary>
    public required long EventsLost { get; init; }

    /// <summary>
    /// Why the recording was not read to an end mark at its end, and where that is, to follow "the recording"; everything
    /// before was read. Null when it was.
    /// </summary>
    public string? Damage { get; init; }

    /// <summary>Whether the recording is damaged, ends without its end mark or goes on behind it.</summary>
    public bool IsTruncated => Damage is not null;

    /// <summary>What was left out to read the recording in bounded memory, or because its format hides it: a sentence each.</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];

    /// <summary>
    /// GCs in order of their number: all of them, or of a recording with very many an even choice of each kind.
    /// </summary>
    public required IReadOnlyList<RecordedGc> Collections { get; init; }

    /// <summary>Exact sums over all GCs.</summary>
    public GcTotals CollectionTotals { get => field ?? GcTotals.Of(Collections); init; }

    public required LargeObjectHistory LargeObjects { get; init; }

    /// <summary>Where the bytes of the heap were, how long objects lived and what was pinned.</summary>
    public HeapHistory Heap { get; init; } = HeapHistory.None;

    public required IReadOnlyList<PoolUse> Pools { get; init; }

    public required IReadOnlyList<RentSite> RentSites { get; init; }

    /// <summary>The same by the code that called <see cref="RentSites"/>, directly or not: one array counts for each caller.</summary>
    public IReadOnlyList<RentSite> RentCallers { get; init; } = [];

    /// <summary>Where arrays came back to pools; empty when returns were not recorded.</summary>
    public IReadOnlyList<ReturnSite> ReturnSites { get; init; } = [];

    /// <summary>The same by the code that called <see cref="ReturnSites"/>, directly or not.</summary>
    public IReadOnlyList<ReturnSite> ReturnCallers { get; init; } = [];

    public required IReadOnlyList<CacheUse> Caches { get; init; }

    /// <summary>Recyclable memory streams; null when none told of itself.</summary>
    public StreamUse? Streams { get; init; }

    /// <summary>Memory pools of ASP.NET Core, by owner.</summary>
    public IReadOnlyList<MemoryPoolUse> MemoryPools { get; init; } = [];
}
