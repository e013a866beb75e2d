using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>One region of the heap and what is known to live in it.</summary>
internal sealed class HeapRegion(GenerationExtent extent)
{
    public GenerationExtent Extent { get; set; } = extent;

    public LiveRuns Runs { get; set; } = new();

    /// <summary>Up to here what is not live is free; from here on it is unknown.</summary>
    public ulong KnownEnd { get; set; } = extent.Start;

    public HoleFigures Figures { get; private set; }

    /// <summary>Whether <see cref="Figures"/> are older than the rest.</summary>
    public bool IsChanged { get; set; } = true;

    /// <summary>Whether it is nothing but runs that lie apart, at least one, and holes between them: known to its end, without pads.</summary>
    public bool IsPlain => HasPlainRuns && KnownEnd >= Extent.UsedEnd;

    // The same up to the end of the last run.
    private bool HasPlainRuns => PadBytesOf(Extent.Generation) == 0 && Runs.Span is [var first, ..] runs
        && first.Start >= Extent.Start && runs[^1].End <= Math.Min(KnownEnd, Extent.UsedEnd);

    /// <summary>Forgets what it held: it is another region now.</summary>
    public void Become(GenerationExtent another)
    {
        Extent = another;
        Runs.Clear();
        KnownEnd = another.Start;
        Figures = default;
        IsChanged = true;
    }

    /// <summary>Counts again; after every change.</summary>
    public void Measure()
    {
        Figures = HasPlainRuns ? MeasurePlain() : MeasureOneByOne(Runs.Span, PadBytesOf(Extent.Generation));
        IsChanged = false;
    }

    /// <summary>What it is now: nothing that happens later shows in it.</summary>
    public RegionDraft Draft() => new(Extent, KnownEnd, Runs.Span.ToArray(), Figures);

    /// <summary>The same with these runs.</summary>
    public RegionDraft Draft(LiveRuns runs) => new(Extent, KnownEnd, runs.Span.ToArray(), Figures);

    private HoleFigures MeasurePlain()
    {
        HoleFigures figures = HoleFigures.Of(Runs, Extent.Start);
        figures.AddGap(Runs.Span[^1].End, Extent.UsedEnd, KnownEnd, padBytes: 0);
        return figures;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private HoleFigures MeasureOneByOne(ReadOnlySpan<LiveRun> runs, ulong padBytes)
    {
        HoleFigures figures = default;
        ulong at = Extent.Start;
        foreach (LiveRun run in runs)
        {
            if (run.Start >= Extent.UsedEnd)
                break;

            // A background GC may cut off the end of a region that nothing lives in any more.
            figures.AddGap(at, run.Start, KnownEnd, padBytes);
            figures.AddLive(run.Before(Extent.UsedEnd));
            at = run.End;
        }

        figures.AddGap(at, Extent.UsedEnd, KnownEnd, padBytes: 0);
        return figures;
    }

    /// <summary>Bytes before every run that belong to it and are no hole: large objects follow a free object of that size.</summary>
    public static ulong PadBytesOf(int generation) => generation == GenerationExtent.LargeObjects ? 32UL : 0;
}
