using System;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>
/// All pages, and where they lie. Mapped pages take the highest gap that holds the page and its alignment, as the kernel
/// places mappings from the top down: two adjoining places must be free. Addresses count downwards from the model's base.
/// </summary>
internal sealed class RubyPages
{
    private const int None = -1;

    private RubyPage[] _pages = new RubyPage[64];

    /// <summary>Bit p is set while place p is a hole: mapped once, and given back.</summary>
    private ulong[] _holes = new ulong[1];
    private int _known;
    private int _firstUnused = None;
    private int _mapped;

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
        int unused = _firstUnused;
        if (unused != None)
        {
            _firstUnused = _pages[unused].Next;
            return unused;
        }

        if (_known == _pages.Length)
            Array.Resize(ref _pages, _known * 2);
        return _known++;
    }

    public void Remove(int page)
    {
        Count--;
        _pages[page].Slots = 0;
        _pages[page].Next = _firstUnused;
        _firstUnused = page;
    }

    /// <summary>The place of a new mapping, 0 for the highest.</summary>
    public long Map()
    {
        for (int word = 0; word <= (_mapped - 1) >> 6; word++)
        {
            ulong next = word + 1 < _holes.Length ? _holes[word + 1] : 0;
            ulong pairs = _holes[word] & ((_holes[word] >> 1) | (next << 63));
            if (pairs == 0)
                continue;
            int found = (word << 6) + Bits.Lowest(pairs);
            Fill(found);
            return found;
        }

        // The lowest hole adjoins the untouched space below.
        if (_mapped > 0 && IsHole(_mapped - 1))
        {
            Fill(_mapped - 1);
            return _mapped - 1;
        }

        if (_mapped >> 6 == _holes.Length)
            Array.Resize(ref _holes, _holes.Length * 2);
        return _mapped++;
    }

    public void Unmap(long place) => _holes[place >> 6] |= 1UL << (int)(place & 63);

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

    private bool IsHole(int place) => (_holes[place >> 6] >> (place & 63) & 1) != 0;

    private void Fill(int place) => _holes[place >> 6] &= ~(1UL << (place & 63));
}
