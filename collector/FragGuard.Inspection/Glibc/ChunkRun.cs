namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Adjacent bytes of one use. Used chunks beside each other are one run; free ones stay apart, as the allocator keeps them.
/// </summary>
public readonly record struct ChunkRun
{
    private const int UseBits = 4;

    private readonly long _bytesAndUse;

    public ChunkRun(ulong start, long bytes, ChunkUse use)
    {
        Start = start;
        _bytesAndUse = (bytes << UseBits) | (long)use;
    }

    /// <summary>Address of the first byte.</summary>
    public ulong Start { get; }

    public long Bytes => _bytesAndUse >> UseBits;

    public ChunkUse Use => (ChunkUse)(_bytesAndUse & ((1 << UseBits) - 1));

    public ulong End => Start + (ulong)Bytes;
}
