using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The holes of one region, by address, each with the ends of its neighbours.</summary>
internal readonly struct RegionHoles(HeapRegion region)
{
    /// <param name="LeftEnd">Where the object before the hole ends; 0 at the start of the region.</param>
    /// <param name="RightStart">Where the object after it starts; 0 at the end of the region.</param>
    public readonly record struct Hole(ulong Bytes, ulong LeftEnd, ulong RightStart);

    public IEnumerable<Hole> All()
    {
        HeapRegion home = region;
        ulong pad = HeapRegion.PadBytesOf(home.Extent.Generation);
        ulong at = home.Extent.Start;
        ulong left = 0;
        for (int i = 0; i < home.Runs.Count; i++)
        {
            LiveRun run = home.Runs.Span[i];
            if (run.Start >= home.Extent.UsedEnd)
                break;

            ulong bytes = Gap(at, run.Start, home.KnownEnd);
            bytes = bytes == run.Start - at ? bytes - Math.Min(bytes, pad) : bytes;
            if (bytes > 0)
                yield return new Hole(bytes, left, run.Start);
            at = left = run.End;
        }

        ulong rest = Gap(at, home.Extent.UsedEnd, home.KnownEnd);
        if (rest > 0)
            yield return new Hole(rest, left, 0);
    }

    private static ulong Gap(ulong start, ulong end, ulong knownEnd)
    {
        ulong knownTo = Math.Min(end, knownEnd);
        return knownTo > start ? knownTo - start : 0;
    }
}
