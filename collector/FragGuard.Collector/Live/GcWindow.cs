using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Live;

/// <summary>GCs of all time as a sum, and those of the last minute one by one.</summary>
internal sealed class GcWindow
{
    /// <summary>Length of the window once the session is as old.</summary>
    public const double WindowMs = 60_000;

    private const int MaxGcs = 1 << 15;

    private readonly Queue<(double StartMs, int Generation, double PauseMs)> _recent = [];
    private GcActivity _total;

    /// <param name="gc">One that nothing is added to any more.</param>
    public void Add(RecordedGc gc)
    {
        _total = _total.With(gc.Generation, gc.PauseMs);
        _recent.Enqueue((gc.StartMs, gc.Generation, gc.PauseMs));
        if (_recent.Count > MaxGcs)
            _recent.Dequeue();
    }

    /// <param name="later">GCs that came after those added.</param>
    public GcActivity Total(IReadOnlyList<RecordedGc> later)
    {
        GcActivity total = _total;
        foreach (RecordedGc gc in later)
            total = total.With(gc.Generation, gc.PauseMs);
        return total;
    }

    /// <summary>GCs that started in the window; more than 32,768 shorten it.</summary>
    public (GcActivity Activity, double Milliseconds) Recent(double nowMs, IReadOnlyList<RecordedGc> later)
    {
        double startMs = Math.Max(0, nowMs - WindowMs);
        while (_recent.TryPeek(out (double StartMs, int Generation, double PauseMs) oldest) && oldest.StartMs < startMs)
            _recent.Dequeue();
        if (_recent.Count == MaxGcs)
            startMs = Math.Max(startMs, _recent.Peek().StartMs);

        GcActivity activity = default;
        foreach ((double _, int generation, double pauseMs) in _recent)
            activity = activity.With(generation, pauseMs);
        foreach (RecordedGc gc in later)
        {
            if (gc.StartMs >= startMs)
                activity = activity.With(gc.Generation, gc.PauseMs);
        }

        return (activity, Math.Max(1, nowMs - startMs));
    }
}
