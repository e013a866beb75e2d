using System;

namespace FragGuard.Collector.Sessions;

/// <summary>What a running recording shows of itself.</summary>
/// <param name="Elapsed">Since the session started.</param>
/// <param name="RecordedBytes">Bytes in the recording file.</param>
/// <param name="Events">Events seen by the live analysis.</param>
/// <param name="EventsLost">Events the target dropped, as far as the live analysis saw.</param>
/// <param name="Collections">GCs ended.</param>
/// <param name="HeapBytes">All generations at the last GC.</param>
/// <param name="LohBytes">The large-object heap at the last GC.</param>
/// <param name="IsAnalysisComplete">
/// False once the live analysis fell behind, failed, or met damage or a missing end: the recording goes on, and every figure but
/// <paramref name="RecordedBytes"/> and <paramref name="Elapsed"/> stands still.
/// </param>
public sealed record LiveFigures(
    TimeSpan Elapsed,
    long RecordedBytes,
    long Events,
    long EventsLost,
    int Collections,
    long HeapBytes,
    long LohBytes,
    bool IsAnalysisComplete);
