using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>
/// What one array pool did for one array length while it was recorded. Rents and returns are known only to recordings of
/// level Verbose: what depends on them is null in others.
/// </summary>
public sealed record PoolUse
{
    /// <summary>Identity of the pool object within the recording.</summary>
    public required int PoolId { get; init; }

    public required PoolKind Kind { get; init; }

    public required PoolElement Element { get; init; }

    /// <summary>Array length in elements.</summary>
    public required long Length { get; init; }

    /// <summary>Whether rents and returns were recorded, not only what the pool missed, dropped and trimmed.</summary>
    public required bool KnowsRents { get; init; }

    /// <summary>Rents; null when they were not recorded.</summary>
    public required long? Rented { get; init; }

    /// <summary>Returns; null when they were not recorded.</summary>
    public required long? Returned { get; init; }

    /// <summary>Returns of arrays whose rent was not seen: rented before the recording, or returned twice.</summary>
    public required long? ReturnedUnseen { get; init; }

    /// <summary>Rented during the recording and not returned when it ended; null when rents were not recorded.</summary>
    public required long? Outstanding { get; init; }

    /// <summary>Rents that were counted and not followed: more than a million arrays were out at once.</summary>
    public required long Unfollowed { get; init; }

    /// <summary>Arrays made to fill the pool's own slots.</summary>
    public required long AllocatedPooled { get; init; }

    /// <summary>Arrays made because the pool never keeps that length.</summary>
    public required long AllocatedOverMaximumSize { get; init; }

    /// <summary>Arrays made because the pool had none left.</summary>
    public required long AllocatedPoolExhausted { get; init; }

    /// <summary>Arrays given to the GC because the pool was full.</summary>
    public required long DroppedFull { get; init; }

    /// <summary>Arrays given to the GC because the pool never keeps that length.</summary>
    public required long DroppedOverMaximumSize { get; init; }

    /// <summary>Arrays the pool gave to the GC by itself.</summary>
    public required long Trimmed { get; init; }

    /// <summary>Fewest arrays the pool can have kept unused when the recording ended, if it was still alive.</summary>
    public required long IdleAtLeast { get; init; }

    /// <summary>Most arrays the pool can have kept unused when the recording ended; null when the recording sets no limit.</summary>
    public required long? IdleAtMost { get; init; }

    /// <summary>Most arrays of this length the pool ever keeps.</summary>
    public required PoolBound Bound { get; init; }

    /// <summary>At most 64 moments, the last one the end of the recording; empty when rents were not recorded.</summary>
    public required IReadOnlyList<PoolMoment> Timeline { get; init; }

    public bool IsShared => Kind == PoolKind.Shared;

    /// <summary>Rents the pool had no array for.</summary>
    public long Allocated => AllocatedPooled + AllocatedOverMaximumSize + AllocatedPoolExhausted;

    public long Dropped => DroppedFull + DroppedOverMaximumSize;

    /// <summary>Share of the rents that the pool had an array for; null when nothing was rented or rents were not recorded.</summary>
    public double? HitRatio => Rented is > 0 and { } rented ? System.Math.Max(0, 1 - ((double)Allocated / rented)) : null;

    /// <summary>Bytes of that many arrays without their headers; null when the size of an element is unknown.</summary>
    public long? BytesOf(long? arrays) => Element.Bytes is { } bytes && arrays is { } count ? count * Length * bytes : null;
}
