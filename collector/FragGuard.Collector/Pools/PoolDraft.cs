using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>Counts of one pool and length while events still come in.</summary>
internal sealed class PoolDraft
{
    private const int MaxMoments = 64;
    private const int MaxThreads = 256;

    private readonly Timeline<PoolMoment> _timeline = new(MaxMoments);
    private readonly HashSet<long> _threads = [];
    private long _matched;
    private long _unfollowed;
    private long _idle;
    private long _leastIdle;
    private long _lastThread;
    private bool _hasMoreThreads;

    public long Rented { get; private set; }

    public long Returned { get; private set; }

    public long AllocatedPooled { get; private set; }

    public long AllocatedOverMaximumSize { get; private set; }

    public long AllocatedPoolExhausted { get; private set; }

    public long DroppedFull { get; private set; }

    public long DroppedOverMaximumSize { get; private set; }

    public long Trimmed { get; private set; }

    /// <summary>Rented, followed, and not returned.</summary>
    public long Outstanding => Rented - _matched - _unfollowed;

    /// <summary>Rents whose return could not be told from others: too many arrays were out.</summary>
    public long Unfollowed => _unfollowed;

    /// <summary>Returns of arrays whose rent was not seen.</summary>
    public long ReturnedUnseen => Returned - _matched;

    /// <summary>Arrays kept, counted from the recording's beginning; below zero when the pool held some before.</summary>
    public long Idle => _idle;

    /// <summary>The least <see cref="Idle"/> ever was; 0 or below.</summary>
    public long LeastIdle => _leastIdle;

    /// <summary>Different threads that returned arrays; null when there were too many to tell.</summary>
    public int? Threads => _hasMoreThreads ? null : _threads.Count;

    public void AddRent(double timeMs, bool isMiss, bool isFollowed)
    {
        Rented++;
        if (!isFollowed)
            _unfollowed++;
        if (!isMiss)
            ChangeIdle(-1);
        Note(timeMs);
    }

    public void AddReturn(double timeMs, long thread, bool isMatched)
    {
        Returned++;
        if (isMatched)
            _matched++;
        ChangeIdle(1);
        if (thread != _lastThread)
            Meet(thread);
        Note(timeMs);
    }

    public void AddAllocation(PoolAllocationReason reason)
    {
        switch (reason)
        {
            case PoolAllocationReason.Pooled:
                // The rent that follows looks like one of an array that was there.
                AllocatedPooled++;
                ChangeIdle(1);
                break;
            case PoolAllocationReason.OverMaximumSize:
                AllocatedOverMaximumSize++;
                break;
            default:
                AllocatedPoolExhausted++;
                break;
        }
    }

    /// <param name="isOverMaximumSize">Whether the pool never keeps that length.</param>
    public void AddDrop(bool isOverMaximumSize)
    {
        if (isOverMaximumSize)
            DroppedOverMaximumSize++;
        else
            DroppedFull++;
        ChangeIdle(-1);
    }

    public void AddTrim()
    {
        Trimmed++;
        ChangeIdle(-1);
    }

    public IReadOnlyList<PoolMoment> BuildTimeline(double endMs) =>
        Rented + Returned == 0 ? [] : _timeline.Build(new PoolMoment(endMs, Outstanding, _idle));

    private void ChangeIdle(int change)
    {
        _idle += change;
        _leastIdle = Math.Min(_leastIdle, _idle);
    }

    private void Meet(long thread)
    {
        _lastThread = thread;
        if (_threads.Count < MaxThreads)
            _threads.Add(thread);
        else
            _hasMoreThreads |= !_threads.Contains(thread);
    }

    private void Note(double timeMs)
    {
        if (_timeline.IsDue)
            _timeline.Add(new PoolMoment(timeMs, Outstanding, _idle));
    }
}
