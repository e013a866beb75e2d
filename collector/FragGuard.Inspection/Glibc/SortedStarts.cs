using System;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Where things that lie one behind the other begin, in order. Neighbours are often asked for one after the other. Several threads may ask
/// at once; they write nothing as long as all ask for the same one.
/// </summary>
internal sealed class SortedStarts(ulong[] starts)
{
    private int _last;

    /// <summary>Index of the last one that does not begin behind a value; -1 when all do.</summary>
    public int IndexOf(ulong value)
    {
        int last = _last;
        if (last < starts.Length && value >= starts[last] && (last + 1 == starts.Length || value < starts[last + 1]))
            return last;
        int index = Search(value);
        if (index >= 0)
            _last = index;
        return index;
    }

    private int Search(ulong value)
    {
        int index = Array.BinarySearch(starts, value);
        return index < 0 ? ~index - 1 : index;
    }
}
