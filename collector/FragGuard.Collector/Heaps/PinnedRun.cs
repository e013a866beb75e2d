using System;

namespace FragGuard.Collector.Heaps;

/// <summary>The live run that a pinned object lies in, and the holes around it.</summary>
/// <param name="NextStart">Start of the run after it in the same region; 0 when there is none.</param>
internal readonly record struct PinnedRun(
    ulong Start, ulong End, ulong NextStart, ulong NextEnd, double HoleBefore, double HoleAfter)
{
    /// <summary>Null when no run of generations 0 to 2 holds the address: pinned-heap objects block nobody.</summary>
    public static PinnedRun? Of(HeapState heap, ulong address)
    {
        if (heap.Find(address) is not { Extent.Generation: < GenerationExtent.LargeObjects } region)
            return null;

        ReadOnlySpan<LiveRun> runs = region.Runs.Span;
        int at = region.Runs.IndexOf(address);
        if (at < 0)
            return null;

        ulong before = at == 0 ? region.Extent.Start : runs[at - 1].End;
        bool isLast = at + 1 == runs.Length;
        ulong after = isLast ? Math.Max(runs[at].End, region.Extent.UsedEnd) : runs[at + 1].Start;
        return new PinnedRun(
            runs[at].Start, runs[at].End, isLast ? 0 : runs[at + 1].Start, isLast ? 0 : runs[at + 1].End,
            runs[at].Start - before, after - runs[at].End);
    }
}
