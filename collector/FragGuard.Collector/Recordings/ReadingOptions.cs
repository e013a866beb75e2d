using System.Collections.Generic;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Recordings;

/// <summary>What a reader of a recording may know besides.</summary>
public sealed record ReadingOptions
{
    public static ReadingOptions Default { get; } = new();

    /// <summary>
    /// Folders with PDBs, or assemblies that hold theirs, searched at any depth by the PDB's id. With none, PDBs are looked
    /// for where the recording says its assemblies were; otherwise nowhere else.
    /// </summary>
    public IReadOnlyList<string> SymbolFolders { get; init; } = [];

    /// <summary>Whether to predict each GC one step ahead; takes time for every survivor of every GC.</summary>
    public bool PredictsGcs { get; init; }

    /// <summary>Of ArrayPool.Shared in the recorded process.</summary>
    public SharedPoolSettings PoolSettings { get; init; } = SharedPoolSettings.Default;
}
