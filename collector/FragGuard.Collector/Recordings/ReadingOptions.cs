using System.Collections.Generic;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Recordings;

/// <summary>What a reader of a recording may know besides.</summary>
public sealed record ReadingOptions
{
    public static ReadingOptions Default { get; } = new();

    /// <summary>Folders with PDBs, or assemblies that hold theirs, of the recorded program; searched with what is in them.</summary>
    public IReadOnlyList<string> SymbolFolders { get; init; } = [];

    /// <summary>Of ArrayPool.Shared in the recorded process.</summary>
    public SharedPoolSettings PoolSettings { get; init; } = SharedPoolSettings.Default;
}
