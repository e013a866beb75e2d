using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Sizes of lifetimes, four to a doubling: bucket 0 holds up to 1, bucket i more than 2^((i−1)/4) and up to 2^(i/4), the last
/// one everything longer. What is an edge but for rounding belongs to the lower bucket.
/// </summary>
internal static class LifetimeBuckets
{
    public const int Count = 128;

    private const int PerDoubling = 4;
    private const double Rounding = 1e-9;
    private const int FractionBits = 52;
    private const int ExponentOfOne = 1_023;

    private static readonly double[] Ends = AllEnds();

    // Most objects die within so many GCs.
    private static readonly int[] OfFewGcs = FirstGcs();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Of(double lifetime)
    {
        if (!(lifetime > 1))
            return 0;

        // No bucket of a smaller power of two goes so far.
        int first = PerDoubling * ((int)(BitConverter.DoubleToUInt64Bits(lifetime) >> FractionBits) - ExponentOfOne);
        if (first >= Count)
            return Count - 1;

        int bucket = first;
        foreach (double end in Ends.AsSpan(first, PerDoubling))
            bucket += lifetime > end ? 1 : 0;
        return Math.Min(bucket, Count - 1);
    }

    public static int OfGcs(int gcs) => (uint)gcs < (uint)OfFewGcs.Length ? OfFewGcs[gcs] : Of(gcs);

    /// <summary>A lifetime amid the bucket.</summary>
    public static double Middle(int bucket) => bucket == 0 ? 1 : Math.Pow(2, (bucket - 0.5) / PerDoubling);

    private static double[] AllEnds()
    {
        double[] ends = new double[Count];
        for (int i = 0; i < ends.Length; i++)
            ends[i] = Math.Pow(2, (i + Rounding) / PerDoubling);
        return ends;
    }

    private static int[] FirstGcs()
    {
        int[] buckets = new int[64];
        for (int gcs = 0; gcs < buckets.Length; gcs++)
            buckets[gcs] = Of(gcs);
        return buckets;
    }
}
