namespace FragGuard.Collector.Pools;

/// <summary>Why a pool made a new array; values as in the runtime's ArrayPoolEventSource.</summary>
internal enum PoolAllocationReason
{
    /// <summary>To fill an empty slot of the pool.</summary>
    Pooled = 0,

    /// <summary>The pool never keeps that length.</summary>
    OverMaximumSize = 1,

    /// <summary>The pool had none left.</summary>
    PoolExhausted = 2,
}
