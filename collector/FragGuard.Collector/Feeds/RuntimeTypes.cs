using System.Collections.Generic;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// What is known of types, by the numbers the runtime gives them: addresses, which a hostile recording may give to any text.
/// The few that come again and again are found at once.
/// </summary>
internal sealed class RuntimeTypes<T>
    where T : class
{
    private const int MaxTypes = 1 << 16;
    private const int PlaceBits = 8;

    private readonly Dictionary<ulong, T> _all = [];
    private readonly ulong[] _recentNumbers = new ulong[1 << PlaceBits];
    private readonly T?[] _recent = new T?[1 << PlaceBits];

    public T? Find(ulong number)
    {
        int place = PlaceOf(number);
        if (_recentNumbers[place] == number && _recent[place] is { } recent)
            return recent;
        if (!_all.TryGetValue(number, out T? found))
            return null;

        _recentNumbers[place] = number;
        return _recent[place] = found;
    }

    /// <summary>Says what a type is from now on; false when there is no more room.</summary>
    public bool TrySet(ulong number, T type)
    {
        if (_all.Count >= MaxTypes)
            return false;

        int place = PlaceOf(number);
        _recentNumbers[place] = number;
        _all[number] = _recent[place] = type;
        return true;
    }

    private static int PlaceOf(ulong number) => (int)((number * 0x9E3779B97F4A7C15) >> (64 - PlaceBits));
}
