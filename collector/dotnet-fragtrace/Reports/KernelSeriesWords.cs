using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>Looks and marks of a watch in words.</summary>
internal static class KernelSeriesWords
{
    /// <summary>Orders of which rules of thumb speak, and the order of huge pages.</summary>
    public static readonly IReadOnlyList<int> Orders = [0, 4, 6, 9];

    public static string Line(KernelSampleRow sample, KernelSampleRow? before)
    {
        IEnumerable<string> usable = Orders.Where(order => order < sample.UsableBytes.Count)
            .Select(order => FormattableString.Invariant($"order {order}: {Amounts.Bytes(sample.UsableBytes[order])}"));
        string slab = sample.SlabBytes is { } bytes ? $"  Slab {Amounts.Bytes(bytes)}" : "";
        return $"{Clock(sample.TimeMs)}  usable at {string.Join(", ", usable)}{slab}"
            + $"  compact stalls +{Amounts.Count(sample.CompactStalls - (before ?? sample).CompactStalls)}"
            + $"  direct reclaims +{Amounts.Count(sample.DirectReclaims - (before ?? sample).DirectReclaims)}";
    }

    public static string Line(KernelRecoveryRow recovery) =>
        $"{Clock(recovery.TimeMs)}  recovery: {What(recovery)}, by {Cause(recovery.Cause)}";

    public static string Line(KernelSlabStepRow step) =>
        $"{Clock(step.ToMs)}  Slab grew by {Amounts.Bytes(step.GrownBytes)} since {Clock(step.FromMs)}; suspects: {Suspects(step)}";

    public static string What(KernelRecoveryRow recovery) => FormattableString.Invariant(
        $"usable at order {recovery.Order} from {Amounts.Bytes(recovery.FromBytes)} to {Amounts.Bytes(recovery.ToBytes)}");

    public static string Cause(string cause) => cause switch
    {
        "compaction" => "compaction",
        "reclaim" => "reclaim",
        "compactionAndReclaim" => "compaction and reclaim",
        _ => "memory that its owners freed",
    };

    public static string Suspects(KernelSlabStepRow step) => step.Suspects switch
    {
        null => "not known, slabinfo may not be read",
        { Count: 0 } => "no cache grew",
        { } suspects => string.Join(", ", suspects.Select(suspect => $"{suspect.Name} (+{Amounts.Bytes(suspect.GrownBytes)})")),
    };

    public static string Clock(double milliseconds)
    {
        TimeSpan time = TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, 1e12));
        return FormattableString.Invariant($"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
    }

    /// <summary>
    /// How fast usable memory at an order went, in bytes an hour; negative when it became less, no number for a watch of
    /// less than a minute, which says nothing of an hour.
    /// </summary>
    public static double HourlyChange(KernelSeriesRow series, int order) => series.SpanMs < 60_000
        ? double.NaN
        : (series.Samples[^1].UsableBytes[order] - series.Samples[0].UsableBytes[order]) * 3_600_000.0 / series.SpanMs;
}
