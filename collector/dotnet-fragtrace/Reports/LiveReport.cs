using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>monitor --json</c> prints on each line.</summary>
/// <param name="TimeMs">Since the session began.</param>
/// <param name="Heap">The heap after the last GC; null before the first.</param>
/// <param name="Generations">Empty before the first GC.</param>
/// <param name="Pools">Null when the profile leaves pools out.</param>
public sealed record LiveReport(
    string Schema,
    double TimeMs,
    int ProcessId,
    LiveQuality Quality,
    LiveHeap? Heap,
    IReadOnlyList<LiveGenerationRow> Generations,
    LiveGcs Gcs,
    LiveAllocations Allocations,
    LivePoolsRow? Pools)
{
    public const string CurrentSchema = "fragguard.live/1";
}

/// <param name="BehindMs">Age of the last event.</param>
/// <param name="UnknownRatio">Share of the heap of which nobody said whether it lives; null when the profile does not tell.</param>
public sealed record LiveQuality(long EventsRead, long EventsLost, double LostRatio, double BehindMs, double? UnknownRatio);

/// <param name="LayoutGc">GC that holes belong to; null when the profile does not tell.</param>
public sealed record LiveHeap(long Bytes, long LiveBytes, long FreeBytes, double Fragmentation, LiveGc Gc, int? LayoutGc);

public sealed record LiveGc(int Number, int Generation, string Kind, string Reason, bool IsCompacting, double PauseMs);

public sealed record LiveGenerationRow(
    string Generation,
    long Bytes,
    long LiveBytes,
    long FreeBytes,
    double Fragmentation,
    long? Holes,
    long? LargestHoleBytes,
    double? UnknownRatio);

public sealed record LiveGcs(LiveGcCounts Total, LiveGcCounts Recent, double RecentMs);

public sealed record LiveGcCounts(long Gen0, long Gen1, long Gen2, double PauseMs, double LongestPauseMs);

public sealed record LiveAllocations(
    string Method,
    double WindowMs,
    double BytesPerSecond,
    double? ErrorRatio,
    double TotalBytes,
    int OtherTypes,
    IReadOnlyList<LiveTypeRow> Types);

public sealed record LiveTypeRow(string Type, double BytesPerSecond, double Share, long Samples, double? ErrorRatio);

public sealed record LivePoolsRow(
    LivePoolCounts Total, LivePoolCounts Recent, double RecentMs, IReadOnlyList<LivePoolRow> Top);

public sealed record LivePoolCounts(
    long MissesPooled,
    long MissesOverMaximumSize,
    long MissesExhausted,
    long DropsFull,
    long DropsOverMaximumSize,
    long Trims);

/// <param name="IdleAtMost">Null when the pool may hold arrays of before the session.</param>
/// <param name="KeepsAtMost">Null when the session does not tell.</param>
public sealed record LivePoolRow(
    string Pool, long Length, long Misses, long Drops, long Trims, long? IdleAtMost, long? KeepsAtMost);
