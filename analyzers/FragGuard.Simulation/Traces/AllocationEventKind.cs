namespace FragGuard.Simulation.Traces;

/// <summary>What one event of a trace asks of the allocator. The first group speaks of blocks, the last of cache entries.</summary>
public enum AllocationEventKind : byte
{
    Allocate,
    Free,
    Reallocate,

    /// <summary>The block must not be moved from now on: a pinned handle, a page under direct I/O.</summary>
    Pin,

    /// <summary>Takes back one <see cref="Pin"/>.</summary>
    Unpin,

    /// <summary>The allocator gives back what it can: malloc_trim, or a full blocking GC of generation 2.</summary>
    Trim,

    /// <summary>A blocking garbage collection of generation <see cref="AllocationEvent.Id"/>.</summary>
    Collect,

    /// <summary>
    /// The following events run on thread <see cref="AllocationEvent.Id"/>, on core <see cref="AllocationEvent.Bytes"/>
    /// where cores were recorded.
    /// </summary>
    Thread,

    /// <summary>The clock reads <see cref="AllocationEvent.Milliseconds"/> since the start of the trace.</summary>
    Time,

    Set,
    SafeSet,
    Add,
    SafeAdd,
    Replace,

    /// <summary>
    /// Adds to a number. With <see cref="AllocationEvent.Bytes"/> above 0 a missing entry is created as a number first,
    /// with the time to live the event gives.
    /// </summary>
    Increment,

    Get,

    /// <summary>Gives the entry another time to live; 0 for none.</summary>
    Touch,

    /// <summary>Adds an element of <see cref="AllocationEvent.Bytes"/> at the head of a list.</summary>
    PushLeft,

    /// <summary>Adds an element at the tail of a list.</summary>
    PushRight,

    PopLeft,
    PopRight,
    ListLength,
    Delete,
    FlushAll,

    /// <summary>Frees at most <see cref="AllocationEvent.Bytes"/> expired entries; 0 frees all of them.</summary>
    FlushExpired,
}
