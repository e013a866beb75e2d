using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>
/// Puts the events of all threads into the order of time. The runtime writes them in runs of one thread, each in order; an
/// event marked as sorted promises that nothing older follows.
/// </summary>
internal sealed class EventQueue(Action<PendingEvent> dispatch)
{
    private readonly List<PendingEvent> _events = [];
    private readonly List<Run> _runs = [];
    private readonly PriorityQueue<int, (long Ticks, int Run)> _heads = new();
    private long _runThread;

    public bool IsEmpty => _runs.Count == 0;

    public void Add(long captureThread, in PendingEvent pending)
    {
        bool continues = _runs.Count > 0 && captureThread == _runThread && _events[^1].Ticks <= pending.Ticks;
        _events.Add(pending);
        _runThread = captureThread;
        if (continues)
            CollectionsMarshal.AsSpan(_runs)[^1].End++;
        else
            _runs.Add(new Run { Next = _events.Count - 1, End = _events.Count });
    }

    /// <summary>Dispatches everything not younger than that.</summary>
    public void DispatchUpTo(long ticks)
    {
        if (_runs.Count == 1)
            DispatchRun(ref CollectionsMarshal.AsSpan(_runs)[0], ticks);
        else
            Merge(ticks);
        if (_runs.TrueForAll(static run => run.Next == run.End))
        {
            _runs.Clear();
            _events.Clear();
        }
    }

    private void DispatchRun(ref Run run, long ticks)
    {
        while (run.Next < run.End && _events[run.Next].Ticks <= ticks)
            dispatch(_events[run.Next++]);
    }

    // Equal times keep the order of the file.
    private void Merge(long ticks)
    {
        Span<Run> runs = CollectionsMarshal.AsSpan(_runs);
        for (int i = 0; i < runs.Length; i++)
            Offer(runs, i, ticks);
        while (_heads.TryDequeue(out int first, out _))
        {
            ref Run run = ref runs[first];
            long limit = _heads.TryPeek(out int second, out (long Ticks, int Run) next)
                ? Math.Min(ticks, second > first ? next.Ticks : next.Ticks - 1)
                : ticks;
            DispatchRun(ref run, limit);
            Offer(runs, first, ticks);
        }
    }

    private void Offer(Span<Run> runs, int index, long ticks)
    {
        Run run = runs[index];
        if (run.Next < run.End && _events[run.Next].Ticks <= ticks)
            _heads.Enqueue(index, (_events[run.Next].Ticks, index));
    }

    /// <summary>Events of one thread in order; those before <see cref="Next"/> are dispatched.</summary>
    private struct Run
    {
        public int Next;
        public int End;
    }
}
