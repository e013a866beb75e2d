using System;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>Every span in one flat table, linked in address order.</summary>
internal sealed class SpanTable
{
    private Span[] _spans = new Span[64];
    private int _count;
    private int _firstUnused = -1;

    /// <summary>The lowest span, or −1.</summary>
    public int Lowest { get; private set; } = -1;

    /// <summary>The highest span, or −1.</summary>
    public int Highest { get; private set; } = -1;

    public ref Span this[int span] => ref _spans[span];

    /// <summary>Adds pages behind all others.</summary>
    public int Append(long pages)
    {
        int span = Take();
        long start = Highest < 0 ? 0 : _spans[Highest].Start + _spans[Highest].Length;
        _spans[span] = new Span { Start = start, Length = pages, Before = Highest, After = -1, Next = -1, Previous = -1 };
        if (Highest >= 0)
            _spans[Highest].After = span;
        else
            Lowest = span;
        Highest = span;
        return span;
    }

    /// <summary>Cuts a span in two; it keeps the first pages.</summary>
    /// <returns>The rest, in the same state.</returns>
    public int Split(int span, long firstPages)
    {
        int rest = Take();
        ref Span first = ref _spans[span];
        _spans[rest] = new Span
        {
            Start = first.Start + firstPages,
            Length = first.Length - firstPages,
            Before = span,
            After = first.After,
            Next = -1,
            Previous = -1,
            State = first.State,
        };
        if (first.After >= 0)
            _spans[first.After].Before = rest;
        else
            Highest = rest;
        first.After = rest;
        first.Length = firstPages;
        return rest;
    }

    /// <summary>Joins a span with the one behind it, which is no more.</summary>
    public void MergeWithNext(int span)
    {
        ref Span first = ref _spans[span];
        int next = first.After;
        first.Length += _spans[next].Length;
        first.After = _spans[next].After;
        if (first.After >= 0)
            _spans[first.After].Before = span;
        else
            Highest = span;
        _spans[next].After = _firstUnused;
        _firstUnused = next;
    }

    private int Take()
    {
        if (_firstUnused >= 0)
        {
            int reused = _firstUnused;
            _firstUnused = _spans[reused].After;
            return reused;
        }

        if (_count == _spans.Length)
            Array.Resize(ref _spans, _count * 2);
        return _count++;
    }
}
