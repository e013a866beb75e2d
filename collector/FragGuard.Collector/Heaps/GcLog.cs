using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Forecasts;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Gathers the GCs of a recording from their events, in the order the recording has them. Sums are exact; one by one it
/// keeps a bounded, even choice.
/// </summary>
/// <param name="maxKept">GCs of generation 2 kept, and as many of the others.</param>
internal sealed class GcLog(int maxKept = GcLog.MaxKept)
{
    public const int Generations = 5;
    public const int MaxKept = 1 << 13;

    // Some events of a GC follow its end.
    private const int MaxOpen = 64;
    private const int MaxUnfinished = 1 << 10;
    private const int MaxThreads = 1 << 12;

    // By number; few are open, and the latest are asked for.
    private readonly List<GcDraft> _open = [];
    private readonly Dictionary<long, GcDraft> _lastOfThread = [];
    private readonly ThinnedSeries<RecordedGc> _fullGcs = new(maxKept);
    private readonly ThinnedSeries<RecordedGc> _youngGcs = new(maxKept);
    private GcDraft? _latest;
    private GcDraft? _background;
    private GcDraft? _full;
    private GcDraft? _young;
    private readonly Dictionary<long, GcDraft> _measured = [];
    private double _suspendedMs = -1;
    private int _startsWhenSuspended;
    private int _starts;

    public void Suspended(double timeMs, bool isForGc)
    {
        _suspendedMs = isForGc ? timeMs : -1;
        _startsWhenSuspended = _starts;
    }

    // A pause with no start in it is one of the phases of the background GC.
    public void Resumed(double timeMs)
    {
        if (_suspendedMs < 0)
            return;

        GcDraft? owner = _starts > _startsWhenSuspended ? _latest : _background ?? _latest;
        if (owner is not null)
            owner.PauseMs += timeMs - _suspendedMs;
        _suspendedMs = -1;
    }

    public void Started(int number, int generation, GcKind kind, string reason, double timeMs)
    {
        _starts++;
        if (_open.Count >= MaxOpen)
            CloseOldest();
        Begin(_latest = new GcDraft(number, generation, kind, reason, timeMs));
        if (kind == GcKind.Background)
            _background = _latest;
        if (generation >= 2)
            _full = _latest;
        else
            _young = _latest;
    }

    public void Stopped(long thread, int number, double timeMs)
    {
        if (DraftOf(number) is not { } gc)
            return;

        gc.StopMs = timeMs;
        if (_lastOfThread.Count >= MaxThreads)
            _lastOfThread.Clear();
        _lastOfThread[thread] = gc;
    }

    /// <summary>
    /// The measures that follow on that thread are those of the latest GC of that age: a background GC may measure itself
    /// while another thread does so for a GC inside it. A full GC that starts as a background one may turn out to be
    /// blocking.
    /// </summary>
    public void Measured(long thread, int generation, bool isConcurrent, bool isCompacting)
    {
        if ((generation >= 2 ? _full : _young) is not { } gc)
            return;

        if (_measured.Count >= MaxThreads)
            _measured.Clear();
        _measured[thread] = gc;
        if (generation >= 2 && !isConcurrent)
            gc.Kind = GcKind.Blocking;
        gc.IsMeasured = true;
        gc.IsCompacting = isCompacting;
    }

    /// <summary>One generation of one heap; heaps add up.</summary>
    public void HeapMeasured(long thread, int generation, GenerationMeasure measure)
    {
        if (!_measured.TryGetValue(thread, out GcDraft? gc))
            return;

        GenerationMeasure sum = gc.Measures[generation];
        gc.Measures[generation] = new GenerationMeasure(
            sum.BytesBefore + measure.BytesBefore,
            sum.BytesAfter + measure.BytesAfter,
            sum.FreeBytesBefore + measure.FreeBytesBefore,
            sum.FreeListBytesAfter + measure.FreeListBytesAfter,
            sum.FreeObjectBytesAfter + measure.FreeObjectBytesAfter);
    }

    /// <summary>Follows the stop of the same GC on the same thread.</summary>
    public void Promoted(long thread, long bytes)
    {
        if (_lastOfThread.TryGetValue(thread, out GcDraft? gc))
            gc.PromotedBytes = bytes;
    }

    /// <summary>What the GC's own lists of regions and survivors make of the heap right after it.</summary>
    public void Reconstructed(int number, IReadOnlyList<GenerationFigures> generations)
    {
        if (DraftOf(number) is { } gc)
            gc.Reconstruction = generations;
    }

    /// <summary>What a model said of the GC.</summary>
    public void Predicted(int number, GcPrediction prediction)
    {
        if (DraftOf(number) is { } gc)
            gc.Prediction = prediction;
    }

    public GcTotals Totals { get; } = new();

    /// <summary>Called with each GC that no later event adds to.</summary>
    public Action<RecordedGc>? OnClosed { get; init; }

    /// <summary>Ends the log. The GCs kept, in order of their number.</summary>
    public IReadOnlyList<RecordedGc> Build()
    {
        foreach (GcDraft gc in _open)
            Keep(gc.Build());
        _open.Clear();
        Totals.FullGcsPerKept = _fullGcs.Stride;
        return [.. _fullGcs.Kept.Concat(_youngGcs.Kept).OrderBy(gc => gc.Number)];
    }

    private GcDraft? DraftOf(int number)
    {
        int at = CountBelow(number);
        return at < _open.Count && _open[at].Number == number ? _open[at] : null;
    }

    private void Begin(GcDraft gc)
    {
        int at = CountBelow(gc.Number);
        if (at < _open.Count && _open[at].Number == gc.Number)
            _open[at] = gc;
        else
            _open.Insert(at, gc);
    }

    private int CountBelow(int number)
    {
        int count = _open.Count;
        while (count > 0 && _open[count - 1].Number >= number)
            count--;
        return count;
    }

    private void CloseOldest()
    {
        for (int i = 0; i < _open.Count; i++)
        {
            GcDraft gc = _open[i];
            bool isOpen = gc.StopMs is null || gc == _full || gc == _young || gc == _latest;
            if (isOpen && _open.Count < MaxUnfinished)
                continue;

            _open.RemoveAt(i);
            Keep(gc.Build());
            return;
        }
    }

    private void Keep(RecordedGc gc)
    {
        Totals.Add(gc);
        OnClosed?.Invoke(gc);
        (gc.Generation >= 2 ? _fullGcs : _youngGcs).Add(gc);
    }

    /// <summary>The GCs that events may still add to, in order of their number.</summary>
    public IReadOnlyList<RecordedGc> Open => [.. _open.Select(gc => gc.Build())];

    /// <summary>The GC whose measures came last on that thread; null before the first.</summary>
    public RecordedGc? LastMeasured(long thread) => _measured.GetValueOrDefault(thread)?.Build();

    /// <summary>One GC as far as it is known; null when it never started, or is closed.</summary>
    public RecordedGc? Find(int number) => DraftOf(number)?.Build();
}
