namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>The blocks of one class that a thread holds: a stack.</summary>
internal struct ThreadList
{
    /// <summary>The block on top; of no meaning when there is none.</summary>
    public long Top;

    public int Length;

    /// <summary>Shortest length since the cache was last scavenged.</summary>
    public int LowWater;

    /// <summary>Length beyond which a batch is given back.</summary>
    public int MostLength;

    /// <summary>How often the length went beyond that.</summary>
    public int Overages;

    public static ThreadList Empty => new() { MostLength = 1 };

    public void Push(CachedBlocks blocks, long place)
    {
        blocks.Push(ref Top, place);
        Length++;
    }

    public long Pop(CachedBlocks blocks)
    {
        if (--Length < LowWater)
            LowWater = Length;
        return blocks.Pop(ref Top);
    }

    /// <summary>Takes the top blocks, the topmost first.</summary>
    public void Pop(CachedBlocks blocks, long[] places, int count)
    {
        for (int i = 0; i < count; i++)
            places[i] = blocks.Pop(ref Top);
        Length -= count;
        if (Length < LowWater)
            LowWater = Length;
    }
}
