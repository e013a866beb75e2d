namespace FragGuard.Simulation.Models.Nginx;

/// <summary>What one page of a slab pool serves.</summary>
internal enum SlabPageUse : byte
{
    /// <summary>Part of a free run.</summary>
    Free,

    /// <summary>First page of a block of whole pages.</summary>
    BlockStart,

    /// <summary>A later page of a block of whole pages.</summary>
    BlockRest,

    /// <summary>Cut into slots of one size class.</summary>
    Cut,
}
