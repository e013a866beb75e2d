using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>Exact sums over all GCs of a recording, however many of them are kept one by one.</summary>
public sealed class GcTotals
{
    public long Gcs { get; private set; }

    /// <summary>Those of generation 2.</summary>
    public long FullGcs { get; private set; }

    /// <summary>Time the program stood still.</summary>
    public double PauseMs { get; private set; }

    public double MaxPauseMs { get; private set; }

    /// <summary>Most bytes of all generations together right after a GC whose end was seen.</summary>
    public long PeakHeapBytes { get; private set; }

    /// <summary>Most bytes of the large-object heap right after such a GC.</summary>
    public long LohPeakBytes { get; private set; }

    /// <summary>Of how many full GCs one is kept.</summary>
    public long FullGcsPerKept { get; internal set; } = 1;

    public static GcTotals Of(IEnumerable<RecordedGc> gcs)
    {
        GcTotals totals = new();
        foreach (RecordedGc gc in gcs)
            totals.Add(gc);
        return totals;
    }

    internal void Add(RecordedGc gc)
    {
        Gcs++;
        if (gc.Generation >= 2)
            FullGcs++;
        PauseMs += gc.PauseMs;
        MaxPauseMs = Math.Max(MaxPauseMs, gc.PauseMs);
        if (!gc.IsComplete)
            return;

        PeakHeapBytes = Math.Max(PeakHeapBytes, gc.HeapBytesAfter);
        LohPeakBytes = Math.Max(LohPeakBytes, gc.Loh.BytesAfter);
    }
}
