using System;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>After each failed run compaction is tried on half as many requests, down to one in 64 (mm/compaction.c).</summary>
internal sealed class CompactionDeferral
{
    private const int LargestShift = 6;

    private int _considered;
    private int _shift;
    private int _failedOrder;

    public bool IsDeferred(int order)
    {
        if (order < _failedOrder)
            return false;
        int limit = 1 << _shift;
        _considered = Math.Min(_considered + 1, limit);
        return _considered < limit;
    }

    public void Failed(int order)
    {
        _considered = 0;
        _shift = Math.Min(_shift + 1, LargestShift);
        _failedOrder = Math.Min(_failedOrder, order);
    }

    public void Succeeded(int order)
    {
        _considered = 0;
        _shift = 0;
        _failedOrder = Math.Max(_failedOrder, order + 1);
    }
}
