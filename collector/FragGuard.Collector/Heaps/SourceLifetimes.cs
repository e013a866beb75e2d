using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>What became of the sampled objects of one stack and type. All sums are in allocated bytes they stand for.</summary>
internal sealed class SourceLifetimes
{
    private const int Buckets = LifetimeBuckets.Count;

    // The first bucket of times ends at 1/16 of a millisecond.
    private const double MsScale = 16;

    private readonly float[] _diedAfterMs = new float[Buckets];
    private readonly float[] _diedAfterGcs = new float[Buckets];

    /// <summary>Objects drawn at birth, followed or not.</summary>
    public long Samples { get; private set; }

    public double BornBytes { get; private set; }

    public double BornObjects { get; private set; }

    public double[] DiedBytes { get; } = new double[GcLog.Generations];

    public double DiedBytesInAll { get; private set; }

    public double UnknownBytes { get; private set; }

    /// <summary>Alive when a GC last looked.</summary>
    public double LiveBytes { get; set; }

    /// <summary>Born after the last GC that looked.</summary>
    public double UnjudgedBytes { get; set; }

    /// <summary>All that was followed.</summary>
    public double FollowedBytes => DiedBytesInAll + LiveBytes + UnjudgedBytes + UnknownBytes;

    public void Add(SourceLifetimes other)
    {
        Samples += other.Samples;
        BornBytes += other.BornBytes;
        BornObjects += other.BornObjects;
        DiedBytesInAll += other.DiedBytesInAll;
        UnknownBytes += other.UnknownBytes;
        LiveBytes += other.LiveBytes;
        UnjudgedBytes += other.UnjudgedBytes;
        for (int i = 0; i < GcLog.Generations; i++)
            DiedBytes[i] += other.DiedBytes[i];
        for (int i = 0; i < Buckets; i++)
        {
            _diedAfterMs[i] += other._diedAfterMs[i];
            _diedAfterGcs[i] += other._diedAfterGcs[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Born(in SampledObject one)
    {
        Samples++;
        BornBytes += one.Weight;
        BornObjects += one.Objects;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Died(in SampledObject one, double timeMs, int gcs)
    {
        DiedBytes[one.Generation] += one.Weight;
        DiedBytesInAll += one.Weight;
        _diedAfterMs[LifetimeBuckets.Of((timeMs - one.BornMs) * MsScale)] += (float)one.Weight;
        _diedAfterGcs[LifetimeBuckets.OfGcs(gcs - one.BornGc)] += (float)one.Weight;
    }

    public void Lost(in SampledObject one) => UnknownBytes += one.Weight;

    /// <summary>Lifetime that half of the bytes did not survive, in milliseconds; null when at least half are still alive.</summary>
    public double? MedianMs() => Median(_diedAfterMs) / MsScale;

    /// <summary>The same in GCs.</summary>
    public double? MedianGcs() => Median(_diedAfterGcs);

    private double? Median(float[] died)
    {
        double half = (DiedBytesInAll + LiveBytes) / 2;
        double sum = 0;
        for (int i = 0; i < Buckets && half > 0; i++)
        {
            sum += died[i];
            if (sum >= half)
                return LifetimeBuckets.Middle(i);
        }

        return null;
    }
}
