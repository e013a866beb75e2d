using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Events;

/// <summary>
/// Puts the events of all threads into the order of time. The runtime writes them in runs of one thread, each in order; an
/// event marked as sorted promises that nothing older follows. Equal times keep the order of the file.
/// </summary>
internal sealed class EventQueue(PendingEventHandler dispatch, EventBlocks blocks)
{
    private readonly RunHeads _heads = new();
    private readonly Stack<int> _free = [];
    private EventRun[] _runs = new EventRun[64];
    private int _used;

    /// <summary>Runs that wait or have waited since the queue was last empty.</summary>
    public int Runs { get; private set; }

    /// <summary>Adds a run, which becomes a reader of its block.</summary>
    public void Add(in EventRun run)
    {
        run.Block.Readers++;
        int place = FreePlace();
        _heads.Add(run.Header.Ticks, Runs++, place);
        _runs[place] = run;
    }

    /// <summary>Dispatches everything not younger than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DispatchUpTo(long ticks)
    {
        while (_heads.Count > 0 && _heads.First.Ticks <= ticks)
        {
            RunHeads.Head first = _heads.First;
            _heads.RemoveFirst();
            ref EventRun run = ref _runs[first.Place];
            DispatchRun(ref run, Limit(first.Number, ticks));
            if (run.Left > 0)
                _heads.Add(run.Header.Ticks, first.Number, first.Place);
            else
                Remove(first.Place);
        }

        if (_heads.Count == 0)
            Runs = 0;
    }

    // The place of a run that is over is taken by the next one: those that wait stay close together.
    private int FreePlace()
    {
        if (_free.TryPop(out int place))
            return place;
        if (_used == _runs.Length)
            Array.Resize(ref _runs, 2 * _used);
        return _used++;
    }

    private void Remove(int place)
    {
        blocks.Leave(_runs[place].Block);
        _free.Push(place);
    }

    // A run is dispatched up to where another one has its turn.
    private long Limit(int first, long ticks)
    {
        if (_heads.Count == 0)
            return ticks;

        ref readonly RunHeads.Head next = ref _heads.First;
        return Math.Min(ticks, next.Number > first ? next.Ticks : next.Ticks - 1);
    }

    // Optimized from its first call: a call lasts as long as a run has events.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DispatchRun(ref EventRun run, long limit)
    {
        ReadOnlySpan<byte> block = run.Block.Buffer.AsSpan(0, run.Block.Bytes);
        bool isCompressed = run.Block.IsCompressed;
        do
        {
            dispatch(run.Header, block.Slice(run.Payload, run.Header.PayloadBytes));
            if (--run.Left == 0)
                return;

            BlockCursor cursor = new(block, run.Next);
            run.Next = run.Header.Read(ref cursor, isCompressed);
            run.Payload = cursor.Position;
        }
        while (run.Header.Ticks <= limit);
    }
}
