using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// What one array pool did for one array length. Bytes are those of the elements; what depends on rents or on the size of
/// an element is null where the recording does not tell it.
/// </summary>
public sealed record PoolRow
{
    public required string Pool { get; init; }

    /// <summary>shared, created, or unknown.</summary>
    public required string Kind { get; init; }

    /// <summary>Full name; null when unknown.</summary>
    public string? ElementType { get; init; }

    public int? ElementBytes { get; init; }

    /// <summary>stack, allocation (sampled ones that agree), or null when unknown.</summary>
    public string? ElementSource { get; init; }

    /// <summary>Array length in elements.</summary>
    public required long Length { get; init; }

    public long? Rented { get; init; }

    /// <summary>Share of the rents that the pool had an array for.</summary>
    public double? HitRatio { get; init; }

    /// <summary>Arrays made: the three that follow together.</summary>
    public required long Allocated { get; init; }

    /// <summary>Made to fill the pool's own slots.</summary>
    public required long AllocatedPooled { get; init; }

    /// <summary>Made because the pool had none left.</summary>
    public required long AllocatedPoolExhausted { get; init; }

    /// <summary>Made because the pool never keeps that length.</summary>
    public required long AllocatedOverMaximumSize { get; init; }

    public long? Returned { get; init; }

    /// <summary>Returns of arrays whose rent was not seen.</summary>
    public long? ReturnedUnseen { get; init; }

    /// <summary>Arrays given to the GC on return: the two that follow together.</summary>
    public required long Dropped { get; init; }

    public required long DroppedFull { get; init; }

    public required long DroppedOverMaximumSize { get; init; }

    public required long Trimmed { get; init; }

    /// <summary>Rented during the recording and not returned when it ended.</summary>
    public long? Outstanding { get; init; }

    public long? OutstandingBytes { get; init; }

    /// <summary>Fewest arrays kept unused when the recording ended.</summary>
    public required long IdleAtLeast { get; init; }

    /// <summary>Most arrays kept unused when the recording ended; null when nothing limits it.</summary>
    public long? IdleAtMost { get; init; }

    public long? IdleBytesAtLeast { get; init; }

    public long? IdleBytesAtMost { get; init; }

    /// <summary>Most arrays of this length the pool ever keeps; null when unknown.</summary>
    public long? Bound { get; init; }

    /// <summary>False when <see cref="Bound"/> is only the most that was seen.</summary>
    public bool BoundIsExact { get; init; }

    /// <summary>Whether each thread may keep one array more than <see cref="Bound"/>.</summary>
    public bool BoundIsPlusOnePerThread { get; init; }

    public IReadOnlyList<PoolRowMoment> Timeline { get; init; } = [];
}

/// <summary>Arrays of one pool and length at one moment, both counted from the recording's beginning.</summary>
/// <param name="Idle">Kept by the pool; below zero where it hands out what it had before.</param>
public sealed record PoolRowMoment(double TimeMs, long Outstanding, long Idle);
