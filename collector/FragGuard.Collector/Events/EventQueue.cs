using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Events;

/// <summary>
/// Puts the events of all threads into the order of time. The runtime writes them in runs of one thread, each in order; an
/// event marked as sorted promises that nothing older follows. Equal times keep the order of the file.
/// </summary>
internal sealed class EventQueue(PendingEventHandler dispatch)
{
    private readonly List<EventRun> _runs = [];
    private readonly PriorityQueue<int, (long Ticks, int Run)> _heads = new();

    /// <summary>Runs that wait or have waited since the queue was last empty.</summary>
    public int Runs => _runs.Count;

    public bool IsEmpty => _heads.Count == 0;

    public void Add(in EventRun run)
    {
        _heads.Enqueue(_runs.Count, (run.Header.Ticks, _runs.Count));
        _runs.Add(run);
    }

    /// <summary>Dispatches everything not younger than that.</summary>
    public void DispatchUpTo(long ticks)
    {
        Span<EventRun> runs = CollectionsMarshal.AsSpan(_runs);
        while (_heads.TryPeek(out int first, out (long Ticks, int Run) head) && head.Ticks <= ticks)
        {
            _heads.Dequeue();
            long limit = _heads.TryPeek(out int second, out (long Ticks, int Run) next)
                ? Math.Min(ticks, second > first ? next.Ticks : next.Ticks - 1)
                : ticks;
            ref EventRun run = ref runs[first];
            DispatchRun(ref run, limit);
            if (run.Left > 0)
                _heads.Enqueue(first, (run.Header.Ticks, first));
        }

        if (_heads.Count == 0)
            _runs.Clear();
    }

    // Optimized from its first call: a call lasts as long as a run has events.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DispatchRun(ref EventRun run, long limit)
    {
        ReadOnlySpan<byte> block = run.Block.AsSpan(0, run.BlockBytes);
        do
        {
            dispatch(run.Header, block.Slice(run.Payload, run.Header.PayloadBytes));
            if (--run.Left == 0)
                return;

            BlockCursor cursor = new(block, run.Next);
            run.Next = run.Header.Read(ref cursor, run.IsCompressed);
            run.Payload = cursor.Position;
        }
        while (run.Header.Ticks <= limit);
    }
}
