using System;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Live;

namespace FragGuard.FragTrace.Reports;

/// <summary>A look at a watched process as the object of one line.</summary>
internal static class LiveReportBuilder
{
    public static LiveReport Build(LiveMoment moment, int processId) => new(
        LiveReport.CurrentSchema,
        moment.Elapsed.TotalMilliseconds,
        processId,
        new LiveQuality(moment.EventsRead, moment.EventsLost, moment.LostRatio, BehindMs(moment), UnknownRatio(moment)),
        moment.LastGc is { } gc ? HeapOf(moment, gc) : null,
        [.. moment.Generations.Select(one => new LiveGenerationRow(
            one.Name, one.SizeBytes, one.LiveBytes, one.FreeBytes, one.Fragmentation, one.Holes, one.LargestHoleBytes,
            one.UnknownRatio))],
        new LiveGcs(CountsOf(moment.Gcs), CountsOf(moment.RecentGcs), moment.RecentMs),
        AllocationsOf(moment.Allocation),
        moment.Pools is { } pools ? PoolsOf(pools) : null);

    /// <summary>Share of the heap of which nobody said whether it lives; null when the profile does not tell.</summary>
    public static double? UnknownRatio(LiveMoment moment)
    {
        if (!moment.Generations.Any(one => one.UnknownRatio is not null))
            return null;

        double bytes = moment.Generations.Sum(one => (double)one.SizeBytes);
        return bytes <= 0 ? 0 : moment.Generations.Sum(one => one.SizeBytes * (one.UnknownRatio ?? 1)) / bytes;
    }

    private static double BehindMs(LiveMoment moment) => Math.Max(0, moment.Elapsed.TotalMilliseconds - moment.LastEventMs);

    private static LiveHeap HeapOf(LiveMoment moment, RecordedGc gc)
    {
        long bytes = moment.Generations.Sum(one => one.SizeBytes);
        long freeBytes = moment.Generations.Sum(one => one.FreeBytes);
        return new LiveHeap(
            bytes, bytes - freeBytes, freeBytes, bytes <= 0 ? 0 : (double)freeBytes / bytes,
            new LiveGc(gc.Number, gc.Generation, gc.Kind.ToString(), gc.Reason, gc.IsCompacting, gc.PauseMs), moment.LayoutGc);
    }

    private static LiveGcCounts CountsOf(GcActivity gcs) =>
        new(gcs.Gen0, gcs.Gen1, gcs.Gen2, gcs.PauseMs, gcs.LongestPauseMs);

    private static LiveAllocations AllocationsOf(LiveAllocation allocation) => new(
        allocation.Method.ToString(), allocation.WindowMs, allocation.BytesPerSecond, allocation.ErrorRatio,
        allocation.TotalBytes, allocation.OtherTypes,
        [.. allocation.Types.Select(one => new LiveTypeRow(
            one.Type, one.BytesPerSecond, one.Share, one.Samples, one.ErrorRatio))]);

    private static LivePoolsRow PoolsOf(LivePools pools) => new(
        CountsOf(pools.Total), CountsOf(pools.Recent), pools.WindowMs,
        [.. pools.Top.Select(one => new LivePoolRow(
            NameOf(one), one.Length, one.Misses, one.Drops, one.Trims, one.IdleAtMost, one.KeepsAtMost))]);

    private static LivePoolCounts CountsOf(PoolCounts counts) => new(
        counts.MissesPooled, counts.MissesOverMaximumSize, counts.MissesExhausted, counts.DropsFull,
        counts.DropsOverMaximumSize, counts.Trims);

    /// <summary>As reports name it.</summary>
    public static string NameOf(LivePool pool) =>
        FormattableString.Invariant($"{PoolRows.Word(pool.Kind)} #{pool.PoolId:x}");
}
