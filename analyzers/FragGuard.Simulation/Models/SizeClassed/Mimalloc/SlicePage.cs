namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// One slice of a segment. The first slice of a span speaks for all of it: a page of equal blocks, or free slices.
/// Lists of
/// blocks hold the numbers of blocks within the page, and end with −1.
/// </summary>
internal struct SlicePage
{
    public const long Free = 0;
    public const long Inner = 1;

    /// <summary>Slices of the span; 0 inside a span.</summary>
    public int SliceCount;

    /// <summary>Slices between the start of the span and this one; kept for the last slice of a span.</summary>
    public int SliceOffset;

    /// <summary>Bytes of one block; <see cref="Free"/> for free slices, <see cref="Inner"/> inside a span.</summary>
    public long BlockBytes;

    /// <summary>Blocks put on a list so far, and blocks there is room for.</summary>
    public int Capacity;
    public int Reserved;

    /// <summary>Blocks in use, those that other threads freed included.</summary>
    public int Used;

    public int FirstFree;

    /// <summary>Blocks freed since <see cref="FirstFree"/> was last refilled.</summary>
    public int FirstFreed;

    /// <summary>Blocks freed by other threads.</summary>
    public int FirstFreedElsewhere;

    /// <summary>Where the page's list links start.</summary>
    public int Links;

    /// <summary>Looks at the retired pages left before an empty page goes; 0 for a page that is not retired.</summary>
    public int RetireCountdown;

    public int Next;
    public int Previous;

    /// <summary>The thread whose heap has the page.</summary>
    public int Thread;

    public bool IsFull;

    /// <summary>Whether another thread's free already waits in the owner's list.</summary>
    public bool HasDelayedFree;
}
