using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Events;

/// <summary>
/// Counts events that were attempted and are not in the recording: every thread numbers its events from 1, stored or not.
/// A number that goes back belongs to a new thread with an old id.
/// </summary>
internal sealed class LossCount
{
    // Threads that ended are forgotten from this many on.
    private const int ManyThreads = 1 << 16;
    private const int MaxThreads = 1 << 20;

    private Dictionary<long, uint> _last = [];
    private Dictionary<long, uint>? _alive;
    private long _thread;
    private uint _number;

    public long Lost { get; private set; }

    /// <summary>An event of the recording.</summary>
    public void Saw(long thread, uint number)
    {
        if (thread != _thread)
            TurnTo(thread);
        uint last = _number;
        _number = number;
        if (number != last + 1)
            Lost += NumberGap(last, number);
    }

    /// <summary>A sequence point begins: it lists every thread that can still send events.</summary>
    public void BeginPoint() => _alive = _last.Count >= ManyThreads ? [] : null;

    /// <summary>The thread has numbered at least this many at the sequence point.</summary>
    public void Reached(long thread, uint number)
    {
        TurnTo(thread);
        int step = unchecked((int)(number - _number));
        if (step > 0)
        {
            Lost += step;
            _number = number;
        }

        if (_alive is not null)
            _alive[thread] = _number;
    }

    public void EndPoint()
    {
        if (_alive is not { } alive)
            return;

        _last = alive;
        _number = alive.GetValueOrDefault(_thread);
        _alive = null;
    }

    private static long NumberGap(uint last, uint number)
    {
        int step = unchecked((int)(number - last));
        return step > 0 ? step - 1 : Math.Max(0, number - 1L);
    }

    private void TurnTo(long thread)
    {
        if (_number != 0)
            _last[_thread] = _number;
        if (!_last.TryGetValue(thread, out _number) && _last.Count >= MaxThreads)
            throw new RecordingDamagedException("it has too many threads");
        _thread = thread;
    }
}
