namespace FragGuard.Simulation.Models.DotNet;

/// <summary>What one block of a large object heap region holds.</summary>
internal enum LohBlockState : byte
{
    /// <summary>An object the program can reach.</summary>
    Live,

    /// <summary>An object the program dropped; it keeps its place until a full GC has found and swept it.</summary>
    Dead,

    /// <summary>A dropped object that the current full GC has found.</summary>
    Doomed,

    /// <summary>A gap on a free list.</summary>
    Free,

    /// <summary>A pad or a remainder too small for the free lists; it joins a gap at the next full GC or stays.</summary>
    Lost,
}

/// <summary>A run of bytes in a region; the blocks of a region follow each other without a hole.</summary>
internal sealed class LohBlock
{
    /// <param name="start">Offset from the base of the heap's address space.</param>
    /// <param name="bytes">Length, a multiple of 8.</param>
    public LohBlock(LohBlockState state, long start, long bytes)
    {
        State = state;
        Start = start;
        Bytes = bytes;
    }

    public LohBlockState State { get; set; }

    public long Start { get; set; }

    public long Bytes { get; set; }

    public long RequestedBytes { get; set; }

    /// <summary>Index into the trace's sites, or −1 when unknown.</summary>
    public int Site { get; set; } = -1;

    /// <summary>The block that follows in the region.</summary>
    public LohBlock? Next { get; set; }

    /// <summary>The gap that follows on the same free list.</summary>
    public LohBlock? NextFree { get; set; }
}
