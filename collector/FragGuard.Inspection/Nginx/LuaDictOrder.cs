using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Gives the entries of a scan their places in the order of use. Only links on which both ends agree are followed, so nothing
/// is followed in a circle. Where the order broke while the dictionary went on, its other end is followed as well; entries
/// between both, with at least one neighbour that agrees, have no known place and stand there in the order of addresses.
/// </summary>
internal sealed class LuaDictOrder
{
    private const int Spacing = 1 << 12;

    private readonly LuaDictLinks _links;
    private readonly LuaDictWalks _walks;

    /// <summary>By their first entries.</summary>
    private readonly Dictionary<int, LuaDictRun> _runs = [];

    private LuaDictOrder(LuaDictLinks links, int spacing)
    {
        _links = links;
        _walks = new LuaDictWalks(links, spacing);
    }

    /// <summary>Entries that have a place now.</summary>
    public int Entries { get; private set; }

    /// <summary>Entries whose place in the order is not known.</summary>
    public int Unordered { get; private set; }

    /// <summary>The links lead from the head through all entries back to the head.</summary>
    public bool IsWhole { get; private set; }

    /// <param name="links">The entries.</param>
    /// <param name="first">Number of the most recently used one, or <see cref="LuaDictLinks.Head"/>.</param>
    /// <param name="last">Number of the least recently used one.</param>
    /// <param name="spacing">Slots between two at which the order is cut into runs; a power of two.</param>
    public static LuaDictOrder Of(LuaDictLinks links, int first, int last, int spacing = Spacing)
    {
        LuaDictOrder order = new(links, spacing);
        order.Follow(first, last);
        if (!order.IsWhole)
            order.FindTheOthers(last);
        return order;
    }

    private void Follow(int first, int last)
    {
        int at = first >= 0 && !_links.NamesHead(first) ? LuaDictLinks.NoEntry : first;
        IEnumerable<int> starts = _walks.Starts();
        _walks.Measure(at >= 0 && !_walks.IsStart(at) ? starts.Prepend(at) : starts, run => _runs.Add(run.First, run));
        List<LuaDictRun> followed = [];
        int before = LuaDictLinks.Head;
        while (at >= 0)
        {
            LuaDictRun run = _runs[at];
            followed.Add(run);
            before = run.Last;
            at = run.After;
        }

        Entries = _walks.Place(followed, 0);
        IsWhole = at == LuaDictLinks.Head && last == before;
    }

    private void FindTheOthers(int last)
    {
        _links.CompleteFollowers();
        List<LuaDictRun> end = RunsOfEnd(last);
        int entriesOfEnd = end.Sum(run => run.Entries);
        Unordered = Between().Count();

        // Those of the end agree with each other, when there is more than one.
        if (entriesOfEnd > 1)
            Unordered -= entriesOfEnd;
        int behind = _walks.Place(end, Entries + Unordered);
        foreach (int number in Between())
            _links.Place(number, Entries++);
        Entries = behind;
    }

    /// <summary>Entries without a place that a neighbour agrees with, in the order of addresses.</summary>
    private IEnumerable<int> Between()
    {
        for (int number = 0; number < _links.Slots; number++)
        {
            if (_links.Waits(number) && _links.AgreesWithNeighbour(number))
                yield return number;
        }
    }

    /// <summary>
    /// The runs that lead to the least recently used entry. Links are known in one direction only, so the first one, where it starts
    /// between two that are known, is looked for from the start of every piece of the order.
    /// </summary>
    private List<LuaDictRun> RunsOfEnd(int last)
    {
        List<LuaDictRun> runs = [];
        if (last < 0 || !_links.Waits(last) || _links.After(last) != LuaDictLinks.Head)
            return runs;
        var byAfter = _runs.Values.Where(run => run.After >= 0).ToDictionary(run => run.After);
        LuaDictRun found = _runs.Values.FirstOrDefault(run => run.Last == last);
        while (found.Entries > 0)
        {
            runs.Add(found);
            found = byAfter.GetValueOrDefault(found.First);
        }

        int first = runs.Count > 0 ? runs[^1].First : LuaDictLinks.NoEntry;
        if (first < 0 || _links.FollowsOther(first))
        {
            _walks.Measure(FirstsOfPieces(), piece =>
            {
                if (first >= 0 ? piece.After == first : piece.Last == last)
                    runs.Add(piece);
            });
        }

        runs.Reverse();
        return runs;
    }

    private IEnumerable<int> FirstsOfPieces()
    {
        for (int number = 0; number < _links.Slots; number++)
        {
            if (_links.Waits(number) && !_links.FollowsOther(number))
                yield return number;
        }
    }
}
