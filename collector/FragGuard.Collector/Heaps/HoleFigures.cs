using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>What a region, or several, consist of.</summary>
internal struct HoleFigures
{
    /// <summary>Bytes of live runs.</summary>
    public long LiveBytes;

    /// <summary>Bytes known to be free, pads included.</summary>
    public long FreeBytes;

    /// <summary>Bytes nobody has spoken of since they were handed out.</summary>
    public long UnknownBytes;

    /// <summary>Free bytes whose place is not kept.</summary>
    public long UnplacedFreeBytes;

    public long Holes;

    public long LargestHoleBytes;

    /// <summary>Of a region that is known to its end, without pads: nothing but runs that lie apart, and holes between them.</summary>
    /// <param name="runs">At least one, all of them inside.</param>
    // Optimized from its first call: a call lasts as long as a region has runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static HoleFigures Of(ReadOnlySpan<LiveRun> runs, GenerationExtent extent)
    {
        ulong inRuns = 0;
        ulong innerFree = 0;
        ulong largest = 0;
        ulong at = runs[0].Start;
        foreach (ref readonly LiveRun run in runs)
        {
            inRuns += run.Bytes;
            innerFree += run.InnerFreeBytes;
            largest = Math.Max(largest, run.Start - at);
            at = run.End;
        }

        ulong first = runs[0].Start - extent.Start;
        ulong last = extent.UsedEnd - at;
        return new HoleFigures
        {
            LiveBytes = (long)(inRuns - innerFree),
            FreeBytes = (long)(extent.UsedBytes - inRuns + innerFree),
            UnplacedFreeBytes = (long)innerFree,
            Holes = runs.Length - 1 + (first > 0 ? 1 : 0) + (last > 0 ? 1 : 0),
            LargestHoleBytes = (long)Math.Max(largest, Math.Max(first, last)),
        };
    }

    public void AddLive(LiveRun run)
    {
        LiveBytes += (long)(run.Bytes - run.InnerFreeBytes);
        FreeBytes += (long)run.InnerFreeBytes;
        UnplacedFreeBytes += (long)run.InnerFreeBytes;
    }

    /// <summary>A gap between live runs; the part from <paramref name="knownEnd"/> on is unknown.</summary>
    public void AddGap(ulong start, ulong end, ulong knownEnd, ulong padBytes)
    {
        if (end <= start)
            return;

        ulong known = Math.Min(end, Math.Max(start, knownEnd)) - start;
        UnknownBytes += (long)(end - start - known);
        FreeBytes += (long)known;
        ulong hole = known == end - start ? known - Math.Min(known, padBytes) : known;
        if (hole == 0)
            return;

        Holes++;
        LargestHoleBytes = Math.Max(LargestHoleBytes, (long)hole);
    }

    public void Add(HoleFigures other)
    {
        LiveBytes += other.LiveBytes;
        FreeBytes += other.FreeBytes;
        UnknownBytes += other.UnknownBytes;
        UnplacedFreeBytes += other.UnplacedFreeBytes;
        Holes += other.Holes;
        LargestHoleBytes = Math.Max(LargestHoleBytes, other.LargestHoleBytes);
    }
}
