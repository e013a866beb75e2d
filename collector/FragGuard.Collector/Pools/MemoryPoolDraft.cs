using System;

namespace FragGuard.Collector.Pools;

/// <summary>The memory pools of one owner while their readings still come in.</summary>
internal sealed class MemoryPoolDraft
{
    private const int MaxMoments = 512;

    private readonly Timeline<MemoryPoolMoment> _timeline = new(MaxMoments);
    private MemoryPoolMoment _now;
    private long _peakBytes;

    public void Read(double timeMs, MemoryPoolFigure figure, long bytes)
    {
        // The figures of one reading follow each other; one that comes again begins the next.
        if (figure == MemoryPoolFigure.Pooled && _timeline.IsDue)
            _timeline.Add(_now);
        _now = figure switch
        {
            MemoryPoolFigure.Pooled => _now with { TimeMs = timeMs, PooledBytes = bytes },
            MemoryPoolFigure.Allocated => _now with { TimeMs = timeMs, AllocatedBytes = bytes },
            MemoryPoolFigure.Evicted => _now with { TimeMs = timeMs, EvictedBytes = bytes },
            _ => _now with { TimeMs = timeMs, RentedBytes = bytes },
        };
        _peakBytes = Math.Max(_peakBytes, _now.PooledBytes);
    }

    public MemoryPoolUse Build(string owner, bool isSinceStart) => new(
        owner, isSinceStart, _now.PooledBytes, _peakBytes, _now.AllocatedBytes, _now.EvictedBytes, _now.RentedBytes,
        _timeline.Build(_now));
}
