namespace FragGuard.Simulation.Traces;

/// <summary>What one event of a trace asks of the allocator. The first group speaks of blocks, the last of cache entries.</summary>
public enum AllocationEventKind : byte
{
    Allocate,
    Free,
    Reallocate,

    /// <summary>The allocator gives back what it can: malloc_trim, or a full blocking GC of generation 2.</summary>
    Trim,

    /// <summary>The following events run on thread <see cref="AllocationEvent.Id"/>.</summary>
    Thread,

    /// <summary>The clock reads <see cref="AllocationEvent.Milliseconds"/> since the start of the trace.</summary>
    Time,

    Set,
    SafeSet,
    Add,
    SafeAdd,
    Replace,
    Increment,
    Get,
    Delete,
    FlushAll,

    /// <summary>Frees at most <see cref="AllocationEvent.Bytes"/> expired entries; 0 frees all of them.</summary>
    FlushExpired,
}
