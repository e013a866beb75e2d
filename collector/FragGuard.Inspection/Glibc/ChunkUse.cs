namespace FragGuard.Inspection.Glibc;

/// <summary>What a run of a heap's bytes serves.</summary>
public enum ChunkUse
{
    /// <summary>Handed to the program, headers included; also the caches' own records.</summary>
    Used,

    /// <summary>In one of the arena's lists of free chunks.</summary>
    Free,

    /// <summary>Freed, in a fastbin: counted as free by <c>mallinfo2</c>, not joined with its neighbours.</summary>
    FastBin,

    /// <summary>Freed, in a thread's cache: counted as in use by <c>mallinfo2</c>.</summary>
    ThreadCache,

    /// <summary>The arena's free end.</summary>
    Top,

    /// <summary>Records of the heap and the arena, fence posts, and memory that others took from the program's break.</summary>
    Metadata,

    /// <summary>Could not be read as chunks.</summary>
    Unparsed,

    /// <summary>Memory of others between the arena's.</summary>
    Outside,
}
