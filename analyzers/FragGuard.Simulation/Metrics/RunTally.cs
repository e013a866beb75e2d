using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Metrics;

/// <summary>Running sums behind <see cref="RunMetrics"/>, and a history that halves its resolution whenever it is full.</summary>
internal sealed class RunTally
{
    private readonly List<HeapSample> _history = new(Simulator.HistorySamples);
    private long _stride = 1;
    private long _peakLiveBytes;
    private long _peakCommittedBytes;
    private long _failedWithSpace;
    private double _overheadSum;
    private long _overheadCount;

    public long Refused { get; private set; }

    public long Evicted { get; private set; }

    public RunMetrics Metrics => new(
        _peakLiveBytes,
        _peakCommittedBytes,
        FragmentationMetrics.Ratio(_peakCommittedBytes - _peakLiveBytes, _peakLiveBytes),
        _overheadCount == 0 ? 0 : _overheadSum / _overheadCount,
        _failedWithSpace);

    public void Count(long index, EventOutcome outcome, in HeapCounters counters)
    {
        Evicted += outcome.Evicted;
        if (outcome.Answer == EventAnswer.NoMemory)
        {
            Refused++;
            if (counters.FreeBytes >= outcome.RefusedBytes)
                _failedWithSpace++;
        }

        _peakLiveBytes = Math.Max(_peakLiveBytes, counters.LiveRequestedBytes);
        _peakCommittedBytes = Math.Max(_peakCommittedBytes, counters.CommittedBytes);
        if (counters.LiveRequestedBytes > 0)
        {
            _overheadSum += (double)(counters.CommittedBytes - counters.LiveRequestedBytes)
                / counters.LiveRequestedBytes;
            _overheadCount++;
        }

        if (index % _stride != 0)
            return;
        if (_history.Count == Simulator.HistorySamples - 1)
            HalveResolution();
        if (index % _stride == 0)
            _history.Add(new HeapSample(index, counters));
    }

    public IReadOnlyList<HeapSample> History(long operations, in HeapCounters final)
    {
        if (operations > 0 && (_history.Count == 0 || _history[_history.Count - 1].Index != operations - 1))
            _history.Add(new HeapSample(operations - 1, final));
        return _history;
    }

    private void HalveResolution()
    {
        _stride *= 2;
        _history.RemoveAll(sample => sample.Index % _stride != 0);
    }
}
