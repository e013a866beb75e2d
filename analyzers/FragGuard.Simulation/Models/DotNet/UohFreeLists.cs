namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The free lists of a heap of large or pinned objects, by powers of two. A search goes up from the list its own size
/// belongs to and takes the first gap that fits, in list order.
/// </summary>
internal sealed class UohFreeLists
{
    private readonly UohRules _rules;
    private readonly GapList[] _lists;

    /// <summary>The lists that hold a gap, a bit each.</summary>
    private uint _filled;

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
        _filled = 0;
        Bytes = 0;
    }

    /// <param name="owner">The block the gap follows.</param>
    public void AddLast(int owner, long bytes)
    {
        int list = _rules.ListOf(bytes);
        _lists[list].AddLast(owner, bytes);
        Came(list, bytes);
    }

    public void AddFirst(int owner, long bytes)
    {
        int list = _rules.ListOf(bytes);
        _lists[list].AddFirst(owner, bytes);
        Came(list, bytes);
    }

    /// <summary>Takes the first gap for an object off its list.</summary>
    /// <returns>The block the gap follows, or −1 when no gap fits.</returns>
    public int Take(long objectBytes, UohBlock[] blocks)
    {
        long needed = _rules.BytesInGap(objectBytes);
        int list = _rules.ListOf(objectBytes + _rules.PadBytes);
        GapList gaps = _lists[list];
        if (gaps.Most >= needed)
        {
            int owner = gaps.TakeFirst(needed, out _);
            if (owner >= 0)
                return Took(list, gaps, owner, blocks);
        }

        for (uint larger = _filled & (uint.MaxValue - 1) << list; larger != 0; larger &= larger - 1)
        {
            list = Bits.Lowest(larger);
            gaps = _lists[list];
            int owner = gaps.TakeEarly(needed);
            if (owner >= 0)
                return Took(list, gaps, owner, blocks);
        }

        return -1;
    }

    /// <summary>Takes the first gap that fits off one list.</summary>
    /// <param name="needed">Bytes to fit.</param>
    /// <param name="position">Where it stood, until a gap is added.</param>
    /// <returns>The block the gap follows, or −1 when no gap fits.</returns>
    public int TakeFrom(int list, long needed, UohBlock[] blocks, out int position)
    {
        GapList gaps = _lists[list];
        int owner = gaps.Take(needed, out position);
        return owner < 0 ? owner : Took(list, gaps, owner, blocks);
    }

    /// <summary>Puts a gap back to where it was taken from.</summary>
    public void PutBack(int list, int position, long bytes)
    {
        _lists[list].PutBack(position, bytes);
        Came(list, bytes);
    }

    private void Came(int list, long bytes)
    {
        _filled |= 1u << list;
        Bytes += bytes;
    }

    private int Took(int list, GapList gaps, int owner, UohBlock[] blocks)
    {
        Bytes -= blocks[owner].GapBytes;
        if (gaps.Count == 0)
            _filled &= ~(1u << list);
        return owner;
    }
}
