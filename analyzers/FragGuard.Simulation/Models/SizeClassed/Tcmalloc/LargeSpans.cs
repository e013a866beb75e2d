using System;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>Free spans of more than a MiB, shortest and then lowest first.</summary>
internal sealed class LargeSpans
{
    private readonly SpanTable _spans;
    private int[] _members = new int[8];
    private int _count;

    public LargeSpans(SpanTable spans) => _spans = spans;

    /// <summary>The shortest and lowest span, or −1.</summary>
    public int First => _count == 0 ? -1 : _members[0];

    /// <returns>The shortest and lowest span of at least so many pages, or −1.</returns>
    public int BestFit(long pages)
    {
        int index = IndexOf(pages, -1);
        return index < _count ? _members[index] : -1;
    }

    public void Add(int span)
    {
        if (_count == _members.Length)
            Array.Resize(ref _members, _count * 2);
        int index = IndexOf(_spans[span].Length, _spans[span].Start);
        Array.Copy(_members, index, _members, index + 1, _count - index);
        _members[index] = span;
        _count++;
    }

    public void Remove(int span)
    {
        int index = IndexOf(_spans[span].Length, _spans[span].Start);
        _count--;
        Array.Copy(_members, index + 1, _members, index, _count - index);
    }

    /// <returns>Index of the first span that is not shorter, or of the same length and lower.</returns>
    private int IndexOf(long length, long start)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            ref Span span = ref _spans[_members[middle]];
            if (span.Length < length || (span.Length == length && span.Start < start))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
