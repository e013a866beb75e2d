using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>
/// The order of use by its definition, with both links of every entry at hand: what the product finds with one word for each slot
/// must be this.
/// </summary>
internal sealed class LinkedEntries
{
    private readonly SortedDictionary<int, (int Next, int Previous)> _links = [];

    public required int Slots { get; init; }

    public required int First { get; init; }

    public required int Last { get; init; }

    /// <summary>Slots in their order of use, those without a known place between both ends.</summary>
    public List<int> Order { get; } = [];

    public int Unordered { get; private set; }

    public bool IsWhole { get; private set; }

    public void Add(int number, int next, int previous) => _links[number] = (next, previous);

    public LuaDictLinks ToLinks()
    {
        LuaDictLinks links = new(Slots);
        foreach ((int number, (int next, int previous)) in _links)
            links.Add(number, next, previous);
        links.Complete();
        return links;
    }

    public void Follow()
    {
        HashSet<int> met = [];
        int before = LuaDictLinks.Head;
        int at = First;
        while (at >= 0 && _links.TryGetValue(at, out (int Next, int Previous) found) && found.Previous == before && met.Add(at))
        {
            Order.Add(at);
            before = at;
            at = found.Next;
        }

        IsWhole = at == LuaDictLinks.Head && Last == before;
        if (IsWhole)
            return;
        List<int> end = [];
        int after = LuaDictLinks.Head;
        for (at = Last; at >= 0 && _links.TryGetValue(at, out (int Next, int Previous) found) && found.Next == after && met.Add(at); at = found.Previous)
        {
            end.Add(at);
            after = at;
        }

        int[] between = [.. _links.Keys.Where(number => !met.Contains(number) && HasAgreeingNeighbour(number))];
        Unordered = between.Length;
        Order.AddRange(between);
        end.Reverse();
        Order.AddRange(end);
    }

    private bool HasAgreeingNeighbour(int number) =>
        (_links.TryGetValue(_links[number].Previous, out (int Next, int Previous) before) && before.Next == number)
        || (_links.TryGetValue(_links[number].Next, out (int Next, int Previous) after) && after.Previous == number);
}
