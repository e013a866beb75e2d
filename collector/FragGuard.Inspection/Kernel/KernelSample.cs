using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Kernel;

/// <summary>One look at the kernel, all zones together.</summary>
/// <param name="At">Since the watch started.</param>
/// <param name="UsablePages">Free pages in blocks of at least each order, from order 0 on.</param>
/// <param name="SlabBytes">Null when meminfo is not known.</param>
/// <param name="CompactStalls">Requests that had to compact themselves, since boot.</param>
/// <param name="CompactedPages">Pages that compaction took up to move, since boot.</param>
/// <param name="DirectReclaims">Requests that had to reclaim memory themselves, since boot.</param>
/// <param name="ReclaimedPages">Pages reclaimed, since boot.</param>
public sealed record KernelSample(
    TimeSpan At, IReadOnlyList<long> UsablePages, long? SlabBytes, long CompactStalls, long CompactedPages, long DirectReclaims,
    long ReclaimedPages);
