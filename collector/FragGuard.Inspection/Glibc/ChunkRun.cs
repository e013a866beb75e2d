namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Adjacent bytes of one use. Used chunks beside each other are one run; free ones stay apart, as the allocator keeps them.
/// </summary>
/// <param name="Start">Address of the first byte.</param>
public readonly record struct ChunkRun(ulong Start, long Bytes, ChunkUse Use)
{
    public ulong End => Start + (ulong)Bytes;
}
