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
}
