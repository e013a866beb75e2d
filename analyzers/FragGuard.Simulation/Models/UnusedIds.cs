using System;

namespace FragGuard.Simulation.Models;

/// <summary>
/// Block ids that no trace uses by itself: they count up from the smallest number, and returned ones are taken first, the
/// last returned before the others.
/// </summary>
internal sealed class UnusedIds
{
    /// <summary>No id.</summary>
    public const long None = 0;

    private const int SmallestCapacity = 16;

    private long[] _returned = new long[SmallestCapacity];
    private int _returnedCount;
    private long _next = long.MinValue;

    public long Take() => _returnedCount > 0 ? _returned[--_returnedCount] : _next++;

    public void Return(long id)
    {
        if (_returnedCount == _returned.Length)
            Array.Resize(ref _returned, _returned.Length * 2);
        _returned[_returnedCount++] = id;
    }
}
