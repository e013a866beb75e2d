using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Idle arrays, last in first out, linked through themselves.</summary>
internal struct PooledArrayStack
{
    /// <summary>The array pushed last; null when there is none.</summary>
    public PooledArray? Top { get; private set; }

    public int Count { get; private set; }

    /// <summary>The arrays, from the top down.</summary>
    public readonly IEnumerable<PooledArray> Arrays => From(Top);

    public void Push(PooledArray array)
    {
        array.Next = Top;
        Top = array;
        Count++;
    }

    public PooledArray? TryPop()
    {
        PooledArray? array = Top;
        if (array is null)
            return null;
        Top = array.Next;
        array.Next = null;
        Count--;
        return array;
    }

    private static IEnumerable<PooledArray> From(PooledArray? top)
    {
        for (PooledArray? array = top; array is not null; array = array.Next)
            yield return array;
    }
}
