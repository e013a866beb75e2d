using System;

namespace FragGuard.FragTrace.Reports;

/// <summary>One extent of a map, right behind the one before.</summary>
/// <param name="Bytes">At least 1.</param>
public sealed record MapPart(MapUse Use, long Bytes)
{
    /// <summary>All bytes of a used extent, some of a cell.</summary>
    public long UsedBytes { get; init; } = Use == MapUse.Used ? Bytes : 0;

    /// <summary>Index into the map's sites; null when unknown, and of a cell whose extents do not share one.</summary>
    public int? Site { get; init; }

    /// <summary>How long the block had lived at the moment of the map; null when unknown, and of a cell.</summary>
    public long? AgeMs { get; init; }

    /// <summary>The same extent from some byte on: its last ones.</summary>
    /// <param name="bytes">At least 1, and no more than it has.</param>
    internal MapPart Last(long bytes) => this with { Bytes = bytes, UsedBytes = Use == MapUse.Used ? bytes : Math.Min(UsedBytes, bytes) };
}

/// <summary>What the bytes of an extent serve.</summary>
public enum MapUse
{
    Used,
    Free,
    Released,
    Metadata,

    /// <summary>Handed out since anybody looked.</summary>
    Unknown,

    /// <summary>Between two parts of the heap: not memory of it.</summary>
    Gap,

    /// <summary>Several extents too fine to keep apart; it has used and free bytes.</summary>
    Cell,
}
