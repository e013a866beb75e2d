namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// One object of a heap of large or pinned objects, with the bytes between it and the next one. The first block of a
/// region is an empty one before all objects.
/// </summary>
internal struct UohBlock
{
    /// <summary>What <see cref="DeathAge"/> is while the program can reach the object.</summary>
    public const int Never = int.MaxValue;

    /// <summary>Offset from the base of the heap's address space.</summary>
    public long Start;

    /// <summary>Length of the object, a multiple of 8.</summary>
    public long Bytes;

    public long RequestedBytes;

    /// <summary>
    /// Bytes up to the next block: a gap on a free list from <see cref="LohLayout.MinFreeBytes"/> on, otherwise a pad, a
    /// lost remainder or both.
    /// </summary>
    public long GapBytes;

    /// <summary>The block that follows in the region, or in the chain of unused blocks; −1 for none.</summary>
    public int Next;

    /// <summary>Index into the trace's sites, or −1 when unknown.</summary>
    public int Site;

    /// <summary>How many markings were over when the program dropped the object.</summary>
    public int DeathAge;

    public readonly bool IsLive => DeathAge == Never;
}
