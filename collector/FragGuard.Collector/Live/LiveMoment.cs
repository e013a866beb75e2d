using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Live;

/// <summary>One look at a process that is watched.</summary>
public sealed record LiveMoment
{
    /// <summary>Since the session began.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required long EventsRead { get; init; }

    /// <summary>Events the target dropped because its buffer was full.</summary>
    public required long EventsLost { get; init; }

    /// <summary>Time of the last event, since the session began: how far behind the figures are is the rest.</summary>
    public required double LastEventMs { get; init; }

    /// <summary>The GC that the generations were measured at; null before the first.</summary>
    public required RecordedGc? LastGc { get; init; }

    /// <summary>The GC that the holes were put together at; null when the profile does not tell, and before the first.</summary>
    public required int? LayoutGc { get; init; }

    /// <summary>Generations 0 to 4; empty before the first GC.</summary>
    public required IReadOnlyList<LiveGeneration> Generations { get; init; }

    /// <summary>Sizes of generations 0 to 4 after each of the last GCs, the oldest first.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Trend { get; init; }

    /// <summary>GCs since the session began.</summary>
    public required GcActivity Gcs { get; init; }

    /// <summary>GCs that started in the last <see cref="RecentMs"/>.</summary>
    public required GcActivity RecentGcs { get; init; }

    public required double RecentMs { get; init; }

    public required LiveAllocation Allocation { get; init; }

    /// <summary>Null when the profile leaves pools out.</summary>
    public required LivePools? Pools { get; init; }

    /// <summary>Lost / all events; 0 before the first.</summary>
    public double LostRatio => EventsRead + EventsLost == 0 ? 0 : (double)EventsLost / (EventsRead + EventsLost);
}
