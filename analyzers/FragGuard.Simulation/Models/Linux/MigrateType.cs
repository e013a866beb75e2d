namespace FragGuard.Simulation.Models.Linux;

/// <summary>What can be done with the pages of a page block; numbered as the kernel numbers them.</summary>
public enum MigrateType : byte
{
    /// <summary>Pages that stay where they are.</summary>
    Unmovable,

    /// <summary>Pages that compaction may move.</summary>
    Movable,

    /// <summary>Pages that stay but can be dropped.</summary>
    Reclaimable,
}
