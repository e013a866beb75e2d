using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// The part of a run that figures are taken from: the full GCs after the first one whose live bytes, those of large objects
/// and those of the whole heap, reach <see cref="FullShare"/> of the most that any full GC saw. That first one still looks
/// back on the heap filling up, when little had died; so does the one after it where the first was a background GC, which
/// counts all that is allocated while it runs as living.
/// </summary>
public static class SteadyState
{
    public const double FullShare = 0.9;

    /// <summary>Full GCs below which a mean over them says nothing.</summary>
    public const int LeastFullGcs = 3;

    private static readonly string[] Generations = ["gen0", "gen1", "gen2", "loh", "poh"];

    /// <summary>The full GCs of the steady state, in order; empty when no full GC was seen to its end.</summary>
    public static IReadOnlyList<RecordedGc> FullGcs(IEnumerable<RecordedGc> collections)
    {
        RecordedGc[] full = collections.Where(gc => gc.Generation == 2 && gc.IsComplete).ToArray();
        if (full.Length == 0)
            return full;
        long mostLarge = full.Max(LohLiveBytes);
        long most = full.Max(LiveBytes);
        RecordedGc[] filled = full.SkipWhile(gc => LohLiveBytes(gc) < FullShare * mostLarge || LiveBytes(gc) < FullShare * most).ToArray();
        return filled is [{ Kind: GcKind.Background }, _, .. RecordedGc[] later] ? later : [.. filled.Skip(1)];
    }

    public static HeapSummary Summarize(IReadOnlyList<RecordedGc> collections) =>
        Summarize(collections, GcTotals.Of(collections));

    /// <param name="collections">The GCs kept one by one: means are taken over these.</param>
    /// <param name="totals">All GCs.</param>
    public static HeapSummary Summarize(IReadOnlyList<RecordedGc> collections, GcTotals totals)
    {
        IReadOnlyList<RecordedGc> steady = FullGcs(collections);
        return new HeapSummary(
            Gcs: (int)Math.Min(int.MaxValue, totals.Gcs),
            FullGcs: (int)Math.Min(int.MaxValue, totals.FullGcs),
            SteadyStateGcs: (int)Math.Min(totals.FullGcs, steady.Count * totals.FullGcsPerKept),
            PeakHeapBytes: totals.PeakHeapBytes,
            MeanHeapBytes: Mean(steady, gc => gc.HeapBytesAfter),
            LiveBytes: Mean(steady, LiveBytes),
            LohPeakBytes: totals.LohPeakBytes,
            LohMeanBytes: Mean(steady, gc => gc.Loh.BytesAfter),
            LohLiveBytes: Mean(steady, LohLiveBytes),
            LohFragmentation: steady.Count == 0 ? 0 : steady.Average(gc => gc.Loh.Fragmentation),
            TotalPauseMs: totals.PauseMs,
            MaxPauseMs: totals.MaxPauseMs)
        {
            Generations = steady.Count == 0 ? [] : [.. Generations.Select((name, i) => new GenerationSummary(
                name,
                Mean(steady, gc => gc.MeasureOf(i).BytesAfter),
                Mean(steady, gc => gc.MeasureOf(i).FreeBytesAfter),
                steady.Average(gc => gc.MeasureOf(i).Fragmentation)))],
        };
    }

    private static long LohLiveBytes(RecordedGc gc) => gc.Loh.BytesAfter - gc.Loh.FreeBytesAfter;

    private static long LiveBytes(RecordedGc gc) => gc.HeapBytesAfter - gc.Gen0.FreeBytesAfter - gc.Gen1.FreeBytesAfter
        - gc.Gen2.FreeBytesAfter - gc.Loh.FreeBytesAfter - gc.Poh.FreeBytesAfter;

    private static long Mean(IReadOnlyList<RecordedGc> gcs, Func<RecordedGc, long> bytesOf) =>
        gcs.Count == 0 ? 0 : (long)gcs.Average(gc => (double)bytesOf(gc));
}
