using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a watch saw.</summary>
/// <param name="Looks">Looks that were made; those listed are fewer when the series was thinned.</param>
/// <param name="SpanMs">Time from the first look to the last one.</param>
/// <param name="Samples">At most a few hundred, in order.</param>
/// <param name="Recoveries">Times at which more memory became usable at an order.</param>
/// <param name="SlabSteps">Times at which Slab grew by a step.</param>
public sealed record KernelSeriesRow(
    long Looks, double SpanMs, IReadOnlyList<KernelSampleRow> Samples, IReadOnlyList<KernelRecoveryRow> Recoveries,
    IReadOnlyList<KernelSlabStepRow> SlabSteps);

/// <summary>One look: all zones together.</summary>
/// <param name="TimeMs">Since the watch started.</param>
/// <param name="UsableBytes">Free bytes in blocks of at least each order, from order 0 on.</param>
/// <param name="SlabBytes">Slab of meminfo; null when it is not known.</param>
public sealed record KernelSampleRow(double TimeMs, IReadOnlyList<long> UsableBytes, long? SlabBytes, long CompactStalls, long DirectReclaims);

/// <summary>More memory became usable at an order.</summary>
/// <param name="Order">The smallest order at which it did.</param>
/// <param name="Cause">compaction, reclaim, compaction and reclaim, or freed: what the counters say happened meanwhile.</param>
public sealed record KernelRecoveryRow(double TimeMs, int Order, long FromBytes, long ToBytes, string Cause);

/// <summary>Slab grew by a step.</summary>
/// <param name="Suspects">The caches that grew most meanwhile; null when slabinfo may not be read.</param>
public sealed record KernelSlabStepRow(double FromMs, double ToMs, long GrownBytes, IReadOnlyList<KernelSuspectRow>? Suspects);

/// <summary>A slab cache that grew.</summary>
public sealed record KernelSuspectRow(string Name, long GrownBytes, long GrownObjects);
