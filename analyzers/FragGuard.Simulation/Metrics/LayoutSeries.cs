using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Metrics;

/// <summary>
/// Layouts looked at over a run, at most <see cref="MaxSamples"/> of them kept, evenly spaced while looks are cheap. Taking one costs a look at
/// each extent; where the last layout had more than <see cref="FreeExtents"/>, the next one waits until two events were
/// played for each extent beyond, so a large heap costs no more than half an extent per event.
/// </summary>
public sealed class LayoutSeries
{
    /// <summary>Most samples kept.</summary>
    public const int MaxSamples = 64;

    /// <summary>Extents of a layout that are not counted against the events.</summary>
    public const int FreeExtents = 1 << 14;

    /// <summary>Events played for each further extent looked at.</summary>
    public const int EventsPerExtent = 2;

    private readonly List<LayoutSample> _samples = new(MaxSamples);
    private long _stride = 1;
    private long _next;

    /// <summary>In the order of the events.</summary>
    public IReadOnlyList<LayoutSample> Samples => _samples;

    /// <summary>The layout with the most committed bytes among those looked at, the earliest of several.</summary>
    public HeapLayout? Peak { get; private set; }

    /// <summary>0-based index of the event after which <see cref="Peak"/> was taken.</summary>
    public long PeakIndex { get; private set; }

    /// <summary>Whether the layout after this event belongs to the series.</summary>
    public bool IsDue(long index) => index >= _next;

    /// <summary>Takes the layout after an event; the run's last is taken whether it is due or not.</summary>
    public void Take(long index, HeapLayout layout)
    {
        if (_samples.Count > 0 && _samples[_samples.Count - 1].Index == index)
            return;
        if (Peak is null || layout.Counters.CommittedBytes > Peak.Counters.CommittedBytes)
        {
            Peak = layout;
            PeakIndex = index;
        }

        while (_samples.Count >= MaxSamples)
            HalveResolution();
        _samples.Add(new LayoutSample(index, FragmentationMetrics.From(layout)));
        long earliest = index + 1 + System.Math.Max(0, EventsPerExtent * (layout.Extents.Count - (long)FreeExtents));
        _next = (earliest + _stride - 1) / _stride * _stride;
    }

    private void HalveResolution()
    {
        _stride *= 2;
        int kept = 0;
        foreach (LayoutSample sample in _samples.ToArray())
        {
            if (sample.Index % _stride == 0)
                _samples[kept++] = sample;
        }

        _samples.RemoveRange(kept, _samples.Count - kept);
    }
}
