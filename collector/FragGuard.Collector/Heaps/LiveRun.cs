using System;

namespace FragGuard.Collector.Heaps;

/// <summary>Objects that follow each other without a hole.</summary>
/// <param name="InnerFreeBytes">Dead bytes inside: gaps too small to be kept apart.</param>
internal readonly record struct LiveRun(ulong Start, ulong Bytes, ulong InnerFreeBytes = 0)
{
    public ulong End => Start + Bytes;

    /// <summary>The part of it before an address that it does not lie behind.</summary>
    public LiveRun Before(ulong end)
    {
        ulong bytes = Math.Min(Bytes, end - Start);
        return new LiveRun(Start, bytes, Math.Min(bytes, InnerFreeBytes));
    }

    /// <summary>
    /// It and one that does not begin before it as one. A gap between them is free; what was free where the other begins
    /// inside of it is in use now, and the rest of that one is new.
    /// </summary>
    public LiveRun With(LiveRun next)
    {
        if (next.Start >= End)
        {
            ulong gap = next.Start - End;
            return new LiveRun(Start, Bytes + gap + next.Bytes, InnerFreeBytes + gap + next.InnerFreeBytes);
        }

        ulong filled = Math.Min(InnerFreeBytes, Math.Min(next.End, End) - next.Start);
        ulong end = Math.Max(End, next.End);
        return new LiveRun(Start, end - Start, InnerFreeBytes - filled);
    }
}
