using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// At most so many of a series, evenly spread: when it is full every second one is let go, and from then on twice as few
/// are taken.
/// </summary>
internal sealed class ThinnedSeries<T>(int capacity)
{
    private readonly List<T> _kept = [];
    private long _offered;

    public IReadOnlyList<T> Kept => _kept;

    /// <summary>One of how many is kept.</summary>
    public long Stride { get; private set; } = 1;

    public void Add(T one)
    {
        if (TakesNext())
            Keep(one);
    }

    /// <summary>Whether the next of the series is kept, for what costs something to make; if so, it is to be given to <see cref="Keep"/>.</summary>
    public bool TakesNext()
    {
        long index = _offered++;
        if (index % Stride != 0)
            return false;

        if (_kept.Count == capacity)
            Thin();
        return index % Stride == 0;
    }

    public void Keep(T one) => _kept.Add(one);

    private void Thin()
    {
        for (int i = 0; 2 * i < _kept.Count; i++)
            _kept[i] = _kept[2 * i];
        _kept.RemoveRange((_kept.Count + 1) / 2, _kept.Count / 2);
        Stride *= 2;
    }
}
