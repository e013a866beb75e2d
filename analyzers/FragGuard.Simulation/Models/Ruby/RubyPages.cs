using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>
/// All pages, and where they lie. Mapped pages take the highest gap that holds the page and its alignment, as the kernel
/// places mappings from the top down: two adjoining places must be free. Addresses count downwards from the model's base.
/// </summary>
internal sealed class RubyPages
{
    private const int None = -1;

    private readonly Stack<int> _unused = new();
    private readonly SortedSet<long> _holes = new();
    private RubyPage[] _pages = new RubyPage[64];
    private int _known;
    private long _mapped;

    /// <summary>Numbers ever given to pages.</summary>
    public int Known => _known;

    /// <summary>Pages held from the system.</summary>
    public long Count { get; private set; }

    /// <summary>Pages ever mapped below the base, those given back included: the length of their address range.</summary>
    public long MappedPlaces => _mapped;

    public ref RubyPage this[int page] => ref _pages[page];

    /// <summary>A number for a new page.</summary>
    public int Add()
    {
        Count++;
        if (_unused.Count > 0)
            return _unused.Pop();
        if (_known == _pages.Length)
            Array.Resize(ref _pages, _known * 2);
        return _known++;
    }

    public void Remove(int page)
    {
        Count--;
        _pages[page].Slots = 0;
        _unused.Push(page);
    }

    /// <summary>The place of a new mapping, 0 for the highest.</summary>
    public long Map()
    {
        long found = None;
        long before = None - 1;
        foreach (long hole in _holes)
        {
            if (hole == before + 1)
            {
                found = before;
                break;
            }

            before = hole;
        }

        // The lowest hole adjoins the untouched space below.
        if (found == None && _holes.Count > 0 && _holes.Max == _mapped - 1)
            found = _holes.Max;
        if (found == None)
            return _mapped++;
        _holes.Remove(found);
        return found;
    }

    public void Unmap(long place) => _holes.Add(place);

    /// <summary>The page at the lowest address, or −1.</summary>
    public int Lowest()
    {
        int lowest = None;
        for (int page = 0; page < _known; page++)
        {
            if (_pages[page].Slots > 0 && (lowest == None || _pages[page].Address < _pages[lowest].Address))
                lowest = page;
        }

        return lowest;
    }
}
