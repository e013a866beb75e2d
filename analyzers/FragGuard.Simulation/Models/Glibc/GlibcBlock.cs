namespace FragGuard.Simulation.Models.Glibc;

/// <summary>What the model knows of a live block.</summary>
internal struct GlibcBlock
{
    /// <summary>Address of the program's bytes; <see cref="GlibcHeap.None"/> when the program was given none.</summary>
    public long Address;

    /// <summary>Requested bytes.</summary>
    public long RequestedBytes;

    public int Site;
}
