using System;

namespace FragGuard.Collector.Heaps;

/// <summary>Live runs by address, with the sums of those that lie apart.</summary>
/// <param name="isApart">Whether no two of them touch, nothing in them is free, and the sums are known.</param>
/// <param name="largestGapBytes">Of the gaps between two of them.</param>
internal readonly ref struct RunSequence(ReadOnlySpan<LiveRun> runs, bool isApart, ulong bytes, ulong largestGapBytes)
{
    public ReadOnlySpan<LiveRun> Runs { get; } = runs;

    public bool IsApart { get; } = isApart;

    public ulong Bytes { get; } = bytes;

    public ulong LargestGapBytes { get; } = largestGapBytes;
}
