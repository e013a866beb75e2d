namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>The constants of the allocator on 64-bit machines, and those that builds may change.</summary>
/// <param name="GranularityBytes">Segments are multiples of it, a power of two.</param>
/// <param name="DirectBytes">Chunks from this size on are mappings of their own.</param>
/// <param name="TrimBytes">Top is trimmed when it grows beyond this.</param>
/// <param name="StateBytes">Bytes of the allocator's own record in its first segment.</param>
internal sealed record LuaJitRules(long GranularityBytes, long DirectBytes, long TrimBytes, long StateBytes)
{
    public const long PageBytes = 4096;

    /// <summary>From the start of a chunk to the program's bytes.</summary>
    public const long PayloadOffset = 16;

    public const long MinChunkBytes = 32;

    /// <summary>Largest request that can be small.</summary>
    public const long MostSmallRequest = 240;

    /// <summary>Bytes at the end of a segment that hold its record and fence posts once it is no longer the newest.</summary>
    public const long FootBytes = 64;

    /// <summary>Fence post of a chunk that is a mapping of its own.</summary>
    public const long DirectFootBytes = 32;

    /// <summary>Frees of large chunks until unused segments are looked for.</summary>
    public const int ReleaseInterval = 255;

    /// <summary>Larger than any request the operating system can grant.</summary>
    public const long MostRequest = 1L << 47;

    private const long HeaderBytes = 8;
    private const long Alignment = 8;
    private const long MinRequest = 23;

    /// <summary>Bytes of the chunk that serves a request, at most <see cref="MostRequest"/>.</summary>
    public static long ChunkBytes(long bytes) => bytes < MinRequest ? MinChunkBytes : Padded(bytes);

    public static long Padded(long bytes) => (bytes + HeaderBytes + Alignment - 1) & -Alignment;

    /// <summary>Bytes of the mapping that serves a chunk of its own.</summary>
    public static long DirectMapBytes(long chunkBytes) =>
        (chunkBytes + 48 + Alignment - 1 + PageBytes - 1) & -PageBytes;

    public long Granular(long bytes) => (bytes + GranularityBytes - 1) & -GranularityBytes;
}
