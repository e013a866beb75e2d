namespace FragGuard.Simulation.Models.Linux;

/// <summary>What compaction did since the start; the names of /proc/vmstat in the docs.</summary>
public sealed class CompactionCounts
{
    /// <summary>Requests that had to wait for compaction of the zone (compact_stall).</summary>
    public long Stalls { get; internal set; }

    /// <summary>Stalls after which the request was granted (compact_success).</summary>
    public long Successes { get; internal set; }

    /// <summary>Stalls after which it was not (compact_fail).</summary>
    public long Failures { get; internal set; }

    /// <summary>Requests that might have been helped, but recent failures said not to try.</summary>
    public long Deferred { get; internal set; }

    /// <summary>Runs not begun because too little memory is free or fragmentation is not to blame.</summary>
    public long Skipped { get; internal set; }

    /// <summary>Pages moved (pgmigrate_success).</summary>
    public long PagesMigrated { get; internal set; }

    /// <summary>Pages for which no target was found (pgmigrate_fail).</summary>
    public long PagesNotMigrated { get; internal set; }

    /// <summary>Movable pages passed over because they are pinned.</summary>
    public long PinnedPages { get; internal set; }

    /// <summary>Pages the migrate scanner passed (compact_migrate_scanned).</summary>
    public long MigrateScanned { get; internal set; }

    /// <summary>Pages the free scanner passed (compact_free_scanned).</summary>
    public long FreeScanned { get; internal set; }
}
