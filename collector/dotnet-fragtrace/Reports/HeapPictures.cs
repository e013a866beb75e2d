using System;

namespace FragGuard.FragTrace.Reports;

/// <summary>Words that all forms of the report use for the heap.</summary>
internal static class HeapPictures
{
    /// <summary>More than this is no estimate worth a number.</summary>
    private const double LargestError = 3;

    public static string Title(HeapPicture picture)
    {
        string moment = string.Equals(picture.Moment, "worst", StringComparison.Ordinal)
            ? "The heap when it wasted most"
            : "The heap at the end";
        string collected = picture.Collected >= 2 ? "full" : $"gen{Amounts.Count(picture.Collected)}";
        return $"{moment}: after {picture.Kind} {collected} GC {Amounts.Count(picture.Gc)} at {Amounts.Milliseconds(picture.TimeMs)}";
    }

    public static string Interval(NeighbourRow row) => row is { LowHoleBytes: { } low, HighHoleBytes: { } high }
        ? $"{Amounts.Bytes(low)} to {Amounts.Bytes(high)}"
        : "–";

    /// <summary>The wider half of the 95 % interval; a dash where the estimator has none.</summary>
    public static string Error(LifetimeRow row)
    {
        if (row.HighBytes is not { } high || row.Bytes <= 0)
            return "–";

        double error = (high / row.Bytes) - 1;
        return error > LargestError ? ">300 %" : Amounts.Percent(error);
    }

    public static string Median(LifetimeRow row) => row.MedianMs is { } ms && row.MedianGcs is { } gcs
        ? $"{Amounts.Milliseconds(ms)}, {Amounts.Gcs((long)Math.Round(gcs))}"
        : "–";
}
