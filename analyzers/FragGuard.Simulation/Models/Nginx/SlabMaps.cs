using System;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// Bitmaps of pages with more than 64 slots, in one array. Each takes as many words as the smallest class needs; given
/// back ones are taken first, so that the array grows with the most that were ever in use at once.
/// </summary>
internal sealed class SlabMaps
{
    private readonly int _words;
    private ulong[] _maps = [];
    private int _unused;
    private int _firstReturned = -1;

    /// <param name="words">Words of one bitmap.</param>
    public SlabMaps(int words) => _words = words;

    /// <summary>The words of every bitmap, until the next one is taken.</summary>
    public ulong[] Words => _maps;

    /// <returns>Index of the first of the words, which hold anything.</returns>
    public int Take()
    {
        if (_firstReturned >= 0)
        {
            int returned = _firstReturned;
            _firstReturned = (int)_maps[returned] - 1;
            return returned;
        }

        int taken = _unused;
        _unused += _words;
        if (_unused > _maps.Length)
            Array.Resize(ref _maps, Math.Max(_unused, _maps.Length * 2));
        return taken;
    }

    public void Return(int map)
    {
        _maps[map] = (ulong)(_firstReturned + 1);
        _firstReturned = map;
    }
}
