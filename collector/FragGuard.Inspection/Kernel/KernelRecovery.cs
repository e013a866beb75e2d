using System;

namespace FragGuard.Inspection.Kernel;

/// <summary>More memory became usable at an order.</summary>
/// <param name="Order">Of the orders at which it did, the one that gained most; of equals the largest.</param>
/// <param name="FromPages">Usable pages at the lowest point before.</param>
/// <param name="Cause">What the counters say happened since that point.</param>
public sealed record KernelRecovery(TimeSpan At, int Order, long FromPages, long ToPages, RecoveryCause Cause);

/// <summary>What happened while memory became usable.</summary>
public enum RecoveryCause
{
    /// <summary>Neither of the others: its owners gave memory back.</summary>
    Freed,

    Compaction,

    Reclaim,

    CompactionAndReclaim,
}
