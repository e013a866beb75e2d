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
    private readonly RunHeads _heads = new();

    /// <summary>Runs that wait or have waited since the queue was last empty.</summary>
    public int Runs => _runs.Count;

    public bool IsEmpty => _heads.Count == 0;

    public void Add(in EventRun run)
    {
        _heads.Add(run.Header.Ticks, _runs.Count);
        _runs.Add(run);
    }

    /// <summary>Dispatches everything not younger than that.</summary>
    public void DispatchUpTo(long ticks)
    {
        Span<EventRun> runs = CollectionsMarshal.AsSpan(_runs);
        while (_heads.Count > 0 && _heads.First.Ticks <= ticks)
        {
            int first = _heads.First.Run;
            _heads.RemoveFirst();
            ref EventRun run = ref runs[first];
            DispatchRun(ref run, Limit(first, ticks));
            if (run.Left > 0)
                _heads.Add(run.Header.Ticks, first);
        }

        if (_heads.Count == 0)
            _runs.Clear();
    }

    // A run is dispatched up to where another one has its turn.
    private long Limit(int first, long ticks)
    {
        if (_heads.Count == 0)
            return ticks;

        ref readonly RunHeads.Head next = ref _heads.First;
        return Math.Min(ticks, next.Run > first ? next.Ticks : next.Ticks - 1);
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
