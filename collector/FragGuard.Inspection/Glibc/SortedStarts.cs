using System;

namespace FragGuard.Inspection.Glibc;

/// <summary>Where things that lie one behind the other begin, in order. Neighbours are often asked for one after the other.</summary>
internal sealed class SortedStarts(ulong[] starts)
{
    private int _last;

    /// <summary>Index of the last one that does not begin behind a value; -1 when all do.</summary>
    public int IndexOf(ulong value)
    {
        int index = _last;
        if (index >= starts.Length || value < starts[index] || (index + 1 < starts.Length && value >= starts[index + 1]))
            index = Search(value);
        _last = Math.Max(0, index);
        return index;
    }

    private int Search(ulong value)
    {
        int index = Array.BinarySearch(starts, value);
        return index < 0 ? ~index - 1 : index;
    }
}
