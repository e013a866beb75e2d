using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Events;

/// <summary>Runs of events by the time of their next one: a binary heap. Of equal times the run with the smaller number comes first.</summary>
internal sealed class RunHeads
{
    private Head[] _heads = new Head[64];

    public int Count { get; private set; }

    /// <summary>The run to be handed out next, if there is any.</summary>
    public ref readonly Head First => ref _heads[0];

    /// <param name="place">Where the run is kept.</param>
    public void Add(long ticks, int number, int place)
    {
        if (Count == _heads.Length)
            Array.Resize(ref _heads, 2 * Count);
        Rise(Count++, new Head(ticks, number, place));
    }

    public void RemoveFirst()
    {
        Head last = _heads[--Count];
        if (Count > 0)
            Sink(last);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rise(int at, Head head)
    {
        for (int parent = (at - 1) / 2; at > 0 && head.IsBefore(_heads[parent]); parent = (at - 1) / 2)
        {
            _heads[at] = _heads[parent];
            at = parent;
        }

        _heads[at] = head;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sink(Head head)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child + 1 < Count && _heads[child + 1].IsBefore(_heads[child]))
                child++;
            if (child >= Count || !_heads[child].IsBefore(head))
                break;

            _heads[at] = _heads[child];
            at = child;
        }

        _heads[at] = head;
    }

    public readonly struct Head(long ticks, int number, int place)
    {
        public readonly long Ticks = ticks;

        public readonly int Number = number;

        public readonly int Place = place;

        public bool IsBefore(Head other) => Ticks < other.Ticks || (Ticks == other.Ticks && Number < other.Number);
    }
}
