using System;
using System.Globalization;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Live;

/// <summary>Figures of a look as people read them.</summary>
internal static class LiveWords
{
    public static string Clock(TimeSpan elapsed) => elapsed.Days > 0
        ? elapsed.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
        : elapsed.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>A rate with its 95 % interval, where one is known.</summary>
    public static string Rate(double bytesPerSecond, double? errorRatio) =>
        $"{Amounts.Bytes(bytesPerSecond)}/s{(errorRatio is { } error ? " ± " + Amounts.Percent(error) : "")}";

    public static string Gcs(LiveMoment moment)
    {
        GcActivity gcs = moment.RecentGcs;
        return $"{Amounts.Gcs(gcs.Count)} in {Amounts.Milliseconds(moment.RecentMs)}, "
            + $"paused {Amounts.Percent(gcs.PauseMs / moment.RecentMs)}, longest {Amounts.Milliseconds(gcs.LongestPauseMs)}";
    }

    public static string Counts(PoolCounts counts) =>
        $"{Amounts.Count(counts.Misses)} missed, {Amounts.Count(counts.Drops)} dropped, {Amounts.Count(counts.Trims)} trimmed";
}
