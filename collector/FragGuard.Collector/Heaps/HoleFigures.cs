using System;

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

    /// <summary>From an address to the end of the last run, all of it known, without pads: runs that lie apart, and holes between them.</summary>
    /// <param name="runs">At least one, none of them before the address.</param>
    public static HoleFigures Of(LiveRuns runs, ulong start)
    {
        ulong first = runs.Span[0].Start - start;
        return new HoleFigures
        {
            LiveBytes = (long)(runs.Bytes - runs.InnerFreeBytes),
            FreeBytes = (long)(runs.Span[^1].End - start - runs.Bytes + runs.InnerFreeBytes),
            UnplacedFreeBytes = (long)runs.InnerFreeBytes,
            Holes = runs.Count - 1 + (first > 0 ? 1 : 0),
            LargestHoleBytes = (long)Math.Max(runs.LargestGapBytes, first),
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
