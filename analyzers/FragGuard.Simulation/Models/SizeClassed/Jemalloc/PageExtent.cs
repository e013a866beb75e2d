namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>A run of whole pages that jemalloc handles as one, and that is never merged across a mapping.</summary>
internal struct PageExtent
{
    public long Start;
    public long Bytes;

    /// <summary>Age of the mapping it was cut from: smaller is older.</summary>
    public long Serial;

    /// <summary>
    /// Extents that end where this one starts and start where it ends, in the same mapping; −1 for none.
    /// </summary>
    public int Before;
    public int After;

    /// <summary>Neighbours in the order in which extents were freed; −1 for none.</summary>
    public int FreedEarlier;
    public int FreedLater;

    /// <summary>
    /// In the heap that orders the extent among its like: the first of those right below it; the next of those below the
    /// same one; the one before it among those, or else the one above it; −1 for none.
    /// </summary>
    public int FirstBelow;
    public int NextBeside;
    public int BeforeInHeap;

    /// <summary>Of an active extent: the class of its slots, or its own.</summary>
    public int SizeClass;

    /// <summary>Of a slab: slots that neither a block nor a thread's cache holds.</summary>
    public int FreeSlots;

    public int Arena;
    public PageExtentState State;
    public bool IsSlab;
}
