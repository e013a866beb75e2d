namespace FragGuard.Inspection.Glibc;

/// <summary>A freed chunk that looks used to its neighbours.</summary>
internal readonly record struct CachedChunk
{
    private readonly ulong _bytesAndUse;

    public CachedChunk(ulong start, ulong bytes, ChunkUse use)
    {
        Start = start;
        _bytesAndUse = bytes | (ulong)use;
    }

    /// <summary>Its address.</summary>
    public ulong Start { get; }

    /// <summary>Its size, header included: a multiple of 16.</summary>
    public ulong Bytes => _bytesAndUse & ~15UL;

    /// <summary><see cref="ChunkUse.FastBin"/> or <see cref="ChunkUse.ThreadCache"/>.</summary>
    public ChunkUse Use => (ChunkUse)(_bytesAndUse & 15);
}
