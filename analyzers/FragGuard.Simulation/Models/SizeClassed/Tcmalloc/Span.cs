namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>A run of pages: a large block, blocks of one class, or free.</summary>
internal struct Span
{
    /// <summary>First page, and number of pages.</summary>
    public long Start;
    public long Length;

    /// <summary>Neighbours in address order; −1 at the ends of the heap.</summary>
    public int Before;
    public int After;

    /// <summary>Neighbours in the list the span is on; −1 at its ends.</summary>
    public int Next;
    public int Previous;

    /// <summary>Class of its blocks; 0 for a large block.</summary>
    public int SizeClass;

    /// <summary>Blocks that are not on the span's free list.</summary>
    public int Used;

    public int FirstFree;

    /// <summary>Where the links of its free list start.</summary>
    public int Links;

    public SpanState State;
}
