using System.Collections.Generic;

namespace FragGuard.Collector.Events;

/// <summary>
/// Counts events that were attempted and are not in the recording: every thread numbers its events from 1, stored or not.
/// A number that goes back belongs to a new thread with an old id.
/// </summary>
internal sealed class LossCount
{
    private readonly Dictionary<long, uint> _last = [];

    public long Lost { get; private set; }

    public void Saw(long thread, uint number) => Advance(thread, number, isStored: true);

    /// <summary>A sequence point: the thread has numbered at least this many.</summary>
    public void Reached(long thread, uint number) => Advance(thread, number, isStored: false);

    private void Advance(long thread, uint number, bool isStored)
    {
        uint last = _last.GetValueOrDefault(thread);
        int step = unchecked((int)(number - last));
        if (isStored)
            Lost += step > 0 ? step - 1 : number - 1L;
        else if (step > 0)
            Lost += step;
        if (isStored || step > 0)
            _last[thread] = number;
    }
}
