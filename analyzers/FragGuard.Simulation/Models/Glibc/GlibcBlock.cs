using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>What the model knows of a live block, packed so that a slot of the table of live blocks takes 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct GlibcBlock
{
    /// <summary>Address of the program's bytes; <see cref="GlibcHeap.None"/> when the program was given none.</summary>
    public long Address;

    /// <summary>Words of the chunk; 0 for a mapping.</summary>
    public int ChunkWords;

    /// <summary>Requested bytes, unless the block is a mapping.</summary>
    public uint RequestedBytes;

    public int Site;
}
