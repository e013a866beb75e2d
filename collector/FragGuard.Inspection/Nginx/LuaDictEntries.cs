using System;
using System.Collections;
using System.Collections.Generic;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// The entries of a dictionary in their order of use. Their slots are put into that order when the first one is asked for: whoever
/// does not need it goes through the records.
/// </summary>
internal sealed class LuaDictEntries(LuaDictRecords records) : IReadOnlyList<LuaDictRecord>
{
    private readonly Lazy<int[]> _slots = new(records.ByUse);

    public int Count => records.Count;

    public LuaDictRecord this[int index] => records.At(_slots.Value[index])!.Value;

    public IEnumerator<LuaDictRecord> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
