namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>32 MiB of address space cut into slices, or one block beyond 16 MiB.</summary>
internal struct Segment
{
    public long Start;

    /// <summary>Bytes of the mapping.</summary>
    public long Bytes;

    /// <summary>Pages in use.</summary>
    public int Used;

    /// <summary>The thread that allocates from it; −1 when it is cached or not mapped.</summary>
    public int Thread;

    /// <summary>When slices waiting to be given back go; 0 when none wait.</summary>
    public long DecommitAt;

    /// <summary>When the pages of a cached segment go; 0 for never.</summary>
    public long ExpiresAt;

    /// <summary>Bytes of a single block's segment outside the block.</summary>
    public long MetadataBytes;

    /// <summary>Bytes of a single block that occupy memory.</summary>
    public long TouchedBytes;

    public bool IsMapped;
    public bool IsSingleBlock;
}
