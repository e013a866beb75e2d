using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Metrics;

/// <summary>Running sums behind <see cref="RunMetrics"/>, and a history that halves its resolution whenever it is full.</summary>
internal sealed class RunTally
{
    private readonly HeapSample[] _history = new HeapSample[Simulator.HistorySamples];
    private int _samples;
    private long _stride = 1;
    private long _nextSample;
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

        if (index == _nextSample)
            Sample(index, counters);
    }

    /// <summary>The samples, the last event among them.</summary>
    public IReadOnlyList<HeapSample> History(long operations, in HeapCounters final)
    {
        List<HeapSample> history = new(_samples + 1);
        for (int i = 0; i < _samples; i++)
            history.Add(_history[i]);
        if (operations > 0 && (_samples == 0 || _history[_samples - 1].Index != operations - 1))
            history.Add(new HeapSample(operations - 1, final));
        return history;
    }

    /// <summary>
    /// Keeps every <see cref="_stride"/>-th event, one place left for the last; every second sample goes when it is full.
    /// </summary>
    private void Sample(long index, in HeapCounters counters)
    {
        if (_samples == _history.Length - 1)
        {
            _stride *= 2;
            _samples = (_samples + 1) / 2;
            for (int i = 1; i < _samples; i++)
                _history[i] = _history[2 * i];
        }

        if (index % _stride == 0)
            _history[_samples++] = new HeapSample(index, counters);
        _nextSample = ((index / _stride) + 1) * _stride;
    }
}
