using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>One instance of a cache, from the references between objects alone.</summary>
public sealed record CacheMap
{
    public required CacheKind Kind { get; init; }

    /// <summary>Name of its type.</summary>
    public required string Type { get; init; }

    public required ulong Address { get; init; }

    /// <summary>Null when it cannot be told: a dictionary whose entries hold no reference, or a missing value.</summary>
    public required long? Entries { get; init; }

    /// <summary>The instance and all that only it keeps alive: every way from a root to those objects goes through it.</summary>
    public required long RetainedBytes { get; init; }

    /// <summary>
    /// For each entry the bytes of its value and of all that only this value keeps alive; null when values are inside the
    /// entries, or cannot be told from keys.
    /// </summary>
    public required SizeDistribution? ValueBytes { get; init; }

    /// <summary>Entries whose value something else keeps alive as well: they are not in <see cref="ValueBytes"/>.</summary>
    public required long SharedValues { get; init; }

    /// <summary>What the shortest way to it starts from; null when no root leads to it.</summary>
    public required RootKind? Root { get; init; }

    /// <summary>Name of the static field it starts from; null where it starts elsewhere.</summary>
    public required string? RootName { get; init; }

    /// <summary>Types of the objects on that way, the nearest first; of a long way the first few.</summary>
    public required IReadOnlyList<string> Holders { get; init; }
}
