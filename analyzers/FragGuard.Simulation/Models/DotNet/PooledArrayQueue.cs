using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Idle objects, first in first out, linked through themselves.</summary>
internal struct PooledArrayQueue
{
    private PooledArray? _first;
    private PooledArray? _last;

    public int Count { get; private set; }

    /// <summary>The objects, the next to leave first.</summary>
    public readonly IEnumerable<PooledArray> Arrays => From(_first);

    public void Enqueue(PooledArray array)
    {
        array.Next = null;
        if (_last is null)
            _first = array;
        else
            _last.Next = array;
        _last = array;
        Count++;
    }

    public PooledArray? TryDequeue()
    {
        PooledArray? array = _first;
        if (array is null)
            return null;
        _first = array.Next;
        _last = _first is null ? null : _last;
        array.Next = null;
        Count--;
        return array;
    }

    private static IEnumerable<PooledArray> From(PooledArray? first)
    {
        for (PooledArray? array = first; array is not null; array = array.Next)
            yield return array;
    }
}
