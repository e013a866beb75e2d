using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>
/// What the memory pools of one owner in ASP.NET Core 10 or later did, from the meter Microsoft.AspNetCore.MemoryPool. All
/// figures begin at 0 when the recording begins to listen; they are totals only where it began with the process.
/// </summary>
/// <param name="Owner">Whose pools they are, such as kestrel; empty when not told.</param>
/// <param name="IsSinceStart">Whether the recording began with the process.</param>
/// <param name="PooledBytes">Lying in the pool unused; without the start, by how much that changed.</param>
/// <param name="PeakPooledBytes">Most of them at a reading, once a second.</param>
/// <param name="AllocatedBytes">Taken from the GC heap because the pool was empty.</param>
/// <param name="EvictedBytes">Given up by the pool.</param>
/// <param name="RentedBytes">Handed out, each time counted.</param>
/// <param name="Timeline">At most 512 readings.</param>
public sealed record MemoryPoolUse(
    string Owner,
    bool IsSinceStart,
    long PooledBytes,
    long PeakPooledBytes,
    long AllocatedBytes,
    long EvictedBytes,
    long RentedBytes,
    IReadOnlyList<MemoryPoolMoment> Timeline);
