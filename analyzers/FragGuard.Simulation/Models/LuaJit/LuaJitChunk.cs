namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// One chunk: a run of bytes between two boundary tags, its own header included. Chunks of a segment follow each other
/// without a hole. Chunk 0 does not exist and stands for none.
/// </summary>
internal struct LuaJitChunk
{
    /// <summary>Parent of a chunk that is the root of its tree.</summary>
    public const int IsRoot = -1;

    /// <summary>Address of its first byte.</summary>
    public long Start;

    /// <summary>Length, a multiple of 8.</summary>
    public long Bytes;

    /// <summary>The chunk right before it in its segment; 0 at the segment's base.</summary>
    public int Before;

    /// <summary>The chunk right behind it; 0 where its segment ends.</summary>
    public int Behind;

    /// <summary>Neighbour in a bin's list, or in the ring of chunks of one size in a tree.</summary>
    public int Forward;

    public int Back;

    /// <summary>Subtree of sizes whose next bit is 0.</summary>
    public int Left;

    /// <summary>Subtree of sizes whose next bit is 1.</summary>
    public int Right;

    /// <summary>Parent in the tree, <see cref="IsRoot"/>, or 0 for a chunk that hangs in the ring of another.</summary>
    public int Parent;

    public bool IsFree;

    /// <summary>Whether it is a mapping of its own.</summary>
    public bool IsDirect;
}
