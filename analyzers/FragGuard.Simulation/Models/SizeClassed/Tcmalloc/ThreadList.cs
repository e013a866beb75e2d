using System;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>The blocks of one class that a thread holds: a stack, its top last.</summary>
internal struct ThreadList
{
    public long[] Places;
    public int Length;

    /// <summary>Shortest length since the cache was last scavenged.</summary>
    public int LowWater;

    /// <summary>Length beyond which a batch is given back.</summary>
    public int MostLength;

    /// <summary>How often the length went beyond that.</summary>
    public int Overages;

    public static ThreadList Empty => new() { Places = [], MostLength = 1 };

    public void Push(long place)
    {
        if (Length == Places.Length)
            Array.Resize(ref Places, Math.Max(4, Length * 2));
        Places[Length++] = place;
    }

    public long Pop()
    {
        long place = Places[--Length];
        if (Length < LowWater)
            LowWater = Length;
        return place;
    }

    /// <summary>Takes the top blocks, the topmost first.</summary>
    public void Pop(long[] places, int count)
    {
        for (int i = 0; i < count; i++)
            places[i] = Places[--Length];
        if (Length < LowWater)
            LowWater = Length;
    }
}
