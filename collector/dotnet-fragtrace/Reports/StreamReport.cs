using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// What recyclable memory streams did, all managers of the process together. What needs each stream to be recorded is null
/// where it was not.
/// </summary>
public sealed record StreamReport
{
    /// <summary>Managers made during the recording.</summary>
    public required long Managers { get; init; }

    /// <summary>Of the first of them; null when none was made.</summary>
    public int? BlockBytes { get; init; }

    public long? Created { get; init; }

    public long? Disposed { get; init; }

    public required long DisposedTwice { get; init; }

    /// <summary>Never disposed.</summary>
    public required long Finalized { get; init; }

    public long? Outstanding { get; init; }

    public long? CopiedToArray { get; init; }

    public long? CopiedToArrayBytes { get; init; }

    public required long OverCapacity { get; init; }

    /// <summary>Buffers made for one stream that no pool keeps.</summary>
    public long? NeverPooled { get; init; }

    /// <summary>The small pool, then the large one.</summary>
    public required IReadOnlyList<StreamPoolRow> Pools { get; init; }

    /// <summary>The code that creates streams: most never disposed first, at most 50.</summary>
    public IReadOnlyList<StreamSiteRow> Sites { get; init; } = [];
}

/// <summary>The blocks or the large buffers of recyclable streams.</summary>
/// <param name="Pool">small or large.</param>
/// <param name="DiscardedEnoughFree">Times, not buffers: blocks that come back together count once.</param>
/// <param name="InUseBytes">When an event last told; null when none did. The same for the two that follow.</param>
public sealed record StreamPoolRow(
    string Pool, long Made, long DiscardedTooLarge, long DiscardedEnoughFree, long? InUseBytes, long? PeakInUseBytes, long? FreeBytes);

/// <summary>Streams that one place in the code creates under one tag.</summary>
public sealed record StreamSiteRow(
    string Site, string Tag, long Created, long Disposed, long Finalized, long Outstanding);

/// <summary>Memory pools of ASP.NET Core, counted in bytes from when the recording began to listen.</summary>
/// <param name="IsSinceStart">Whether that was the start of the process: otherwise pooled is a change and may be below zero.</param>
public sealed record MemoryPoolRow(
    string Owner, bool IsSinceStart, long PooledBytes, long PeakPooledBytes, long AllocatedBytes, long EvictedBytes,
    long RentedBytes, IReadOnlyList<MemoryPoolRowMoment> Timeline);

/// <summary>The same at one moment.</summary>
public sealed record MemoryPoolRowMoment(
    double TimeMs, long PooledBytes, long AllocatedBytes, long EvictedBytes, long RentedBytes);
