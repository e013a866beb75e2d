using System;
using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Metrics;

namespace FragGuard.FragTrace.Reports;

/// <summary>The metrics of the simulated heap after one operation.</summary>
/// <param name="Operation">0-based number of the operation.</param>
public sealed record SeriesRow(
    long Operation,
    long LiveRequestedBytes,
    long GrantedBytes,
    long CommittedBytes,
    long ResidentBytes,
    long FreeBytes,
    long LargestFreeBytes,
    double Internal,
    double External,
    IReadOnlyDictionary<string, double> Unusable,
    double OverheadNow,
    double Trapped,
    double ResidentRatio)
{
    internal SeriesRow(long operation, FragmentationMetrics metrics)
        : this(
            operation, metrics.LiveRequestedBytes, metrics.GrantedBytes, metrics.CommittedBytes, metrics.ResidentBytes,
            metrics.FreeBytes, metrics.LargestFreeBytes, metrics.Internal, metrics.External, UnusableOf(metrics),
            metrics.OverheadNow, metrics.Trapped, metrics.ResidentRatio)
    {
    }

    /// <summary>Share of the free bytes that blocks of some sizes cannot use, by the size as text.</summary>
    internal static Dictionary<string, double> UnusableOf(FragmentationMetrics metrics)
    {
        Dictionary<string, double> unusable = new(StringComparer.Ordinal);
        foreach ((long bytes, double ratio) in metrics.Unusable)
            unusable[bytes.ToString(CultureInfo.InvariantCulture)] = ratio;
        return unusable;
    }
}
