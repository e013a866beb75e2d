namespace FragGuard.Collector.Pools;

/// <summary>What told the element type of a pool, whose own events do not name it.</summary>
public enum ElementSource
{
    /// <summary>Nothing did: lengths cannot be turned into bytes.</summary>
    None = 0,

    /// <summary>Sampled allocations of the thread that had just missed the pool, of arrays of that very length.</summary>
    Allocation = 1,

    /// <summary>The pool's own generic type, in the stack of a rent.</summary>
    Stack = 2,
}
