namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Gives the entries of a scan their places in the order of use. Only links on which both ends agree are followed, so nothing
/// is followed in a circle. Where the order broke while the dictionary went on, its other end is followed as well; entries
/// between both, with at least one neighbour that agrees, have no known place and stand there in the order of addresses.
/// </summary>
internal sealed class LuaDictOrder
{
    private readonly LuaDictLinks _links;

    private LuaDictOrder(LuaDictLinks links) => _links = links;

    /// <summary>Entries that have a place now.</summary>
    public int Entries { get; private set; }

    /// <summary>Entries whose place in the order is not known.</summary>
    public int Unordered { get; private set; }

    /// <summary>The links lead from the head through all entries back to the head.</summary>
    public bool IsWhole { get; private set; }

    /// <param name="links">The entries.</param>
    /// <param name="first">Number of the most recently used one, or <see cref="LuaDictLinks.Head"/>.</param>
    /// <param name="last">Number of the least recently used one.</param>
    public static LuaDictOrder Of(LuaDictLinks links, int first, int last)
    {
        LuaDictOrder order = new(links);
        order.Follow(first, last);
        if (!order.IsWhole)
            order.FindTheOthers(last);
        return order;
    }

    private void Follow(int first, int last)
    {
        int before = LuaDictLinks.Head;
        int at = first >= 0 && !_links.NamesHead(first) ? LuaDictLinks.NoEntry : first;
        while (at >= 0)
        {
            int after = _links.After(at);
            _links.Place(at, Entries++);
            before = at;
            at = after;
        }

        IsWhole = at == LuaDictLinks.Head && last == before;
    }

    private void FindTheOthers(int last)
    {
        int firstOfEnd = FirstOfEnd(last);
        for (int at = firstOfEnd; at >= 0; at = _links.After(at))
            _links.Mark(at);
        for (int number = 0; number < _links.Slots; number++)
        {
            if (!_links.Waits(number) || _links.IsMarked(number) || !_links.AgreesWithNeighbour(number))
                continue;
            _links.Place(number, Entries++);
            Unordered++;
        }

        for (int at = firstOfEnd; at >= 0;)
        {
            int after = _links.After(at);
            _links.Place(at, Entries++);
            at = after;
        }
    }

    /// <summary>The entry from which links lead to the least recently used one: links are known in one direction only, so every piece is tried.</summary>
    private int FirstOfEnd(int last)
    {
        if (last < 0 || !_links.Waits(last) || _links.After(last) != LuaDictLinks.Head)
            return LuaDictLinks.NoEntry;
        if (!_links.FollowsOther(last))
            return last;
        for (int number = 0; number < _links.Slots; number++)
        {
            if (_links.Waits(number) && !_links.FollowsOther(number) && LastOfPiece(number) == last)
                return number;
        }

        return LuaDictLinks.NoEntry;
    }

    private int LastOfPiece(int number)
    {
        int after;
        while ((after = _links.After(number)) >= 0)
            number = after;
        return number;
    }
}
