namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>Spans in the order they came, the latest first.</summary>
internal struct SpanList
{
    private int _first;
    private int _last;

    public static SpanList Empty { get; } = new() { _first = -1, _last = -1 };

    /// <summary>The latest span, or −1.</summary>
    public readonly int First => _first;

    /// <summary>The span that has been on the list longest, or −1.</summary>
    public readonly int Last => _last;

    public void Add(SpanTable spans, int span)
    {
        ref Span added = ref spans[span];
        added.Previous = -1;
        added.Next = _first;
        if (_first >= 0)
            spans[_first].Previous = span;
        else
            _last = span;
        _first = span;
    }

    public void Remove(SpanTable spans, int span)
    {
        ref Span removed = ref spans[span];
        if (removed.Previous >= 0)
            spans[removed.Previous].Next = removed.Next;
        else
            _first = removed.Next;
        if (removed.Next >= 0)
            spans[removed.Next].Previous = removed.Previous;
        else
            _last = removed.Previous;
    }
}
