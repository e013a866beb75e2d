using System.Collections.Generic;

namespace FragGuard.Collector.Live;

/// <summary>What a process allocates.</summary>
/// <param name="WindowMs">Length of the window that all but <paramref name="TotalBytes"/> is taken over.</param>
/// <param name="BytesPerSecond">Estimate.</param>
/// <param name="ErrorRatio">Half of the 95 % interval, relative to the estimate; null when nobody knows.</param>
/// <param name="Types">The types with most bytes, the first one leading.</param>
/// <param name="OtherTypes">Types that are not among them.</param>
/// <param name="TotalBytes">Estimate of all bytes since the session began.</param>
public sealed record LiveAllocation(
    AllocationMethod Method,
    double WindowMs,
    double BytesPerSecond,
    double? ErrorRatio,
    IReadOnlyList<AllocatedType> Types,
    int OtherTypes,
    double TotalBytes);
