namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The free lists of a heap of large or pinned objects, by powers of two. A search goes up from the list its own size
/// belongs to and takes the first gap that fits, in list order.
/// </summary>
internal sealed class UohFreeLists
{
    private readonly UohRules _rules;
    private readonly GapList[] _lists;

    public UohFreeLists(UohRules rules)
    {
        _rules = rules;
        _lists = new GapList[rules.FreeLists];
        for (int i = 0; i < _lists.Length; i++)
            _lists[i] = new GapList();
    }

    /// <summary>Bytes of all gaps on the lists.</summary>
    public long Bytes { get; private set; }

    /// <summary>Number of lists.</summary>
    public int Count => _lists.Length;

    public int ListOf(long bytes) => _rules.ListOf(bytes);

    public void Clear()
    {
        foreach (GapList list in _lists)
            list.Clear();
        Bytes = 0;
    }

    /// <param name="owner">The block the gap follows.</param>
    public void AddLast(int owner, long bytes)
    {
        _lists[_rules.ListOf(bytes)].AddLast(owner, bytes);
        Bytes += bytes;
    }

    public void AddFirst(int owner, long bytes)
    {
        _lists[_rules.ListOf(bytes)].AddFirst(owner, bytes);
        Bytes += bytes;
    }

    /// <summary>Takes the first gap for an object off its list.</summary>
    /// <returns>The block the gap follows, or −1 when no gap fits.</returns>
    public int Take(long objectBytes, UohBlock[] blocks)
    {
        long needed = _rules.BytesInGap(objectBytes);
        for (int list = _rules.ListOf(objectBytes + _rules.PadBytes); list < _lists.Length; list++)
        {
            int owner = _lists[list].Take(needed, out _);
            if (owner < 0)
                continue;
            Bytes -= blocks[owner].GapBytes;
            return owner;
        }

        return -1;
    }

    /// <summary>Takes the first gap that fits off one list.</summary>
    /// <param name="needed">Bytes to fit.</param>
    /// <param name="position">Where it stood, until a gap is added.</param>
    /// <returns>The block the gap follows, or −1 when no gap fits.</returns>
    public int TakeFrom(int list, long needed, UohBlock[] blocks, out int position)
    {
        int owner = _lists[list].Take(needed, out position);
        if (owner >= 0)
            Bytes -= blocks[owner].GapBytes;
        return owner;
    }

    /// <summary>Puts a gap back to where it was taken from.</summary>
    public void PutBack(int list, int position, long bytes)
    {
        _lists[list].PutBack(position, bytes);
        Bytes += bytes;
    }
}
