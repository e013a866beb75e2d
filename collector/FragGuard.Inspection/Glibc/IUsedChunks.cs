namespace FragGuard.Inspection.Glibc;

/// <summary>Looks at the used chunks that a walk meets.</summary>
internal interface IUsedChunks
{
    /// <param name="chunk">Its address: that of the word before its size.</param>
    /// <param name="size">Its size in bytes, header included.</param>
    /// <param name="memory">The heap it is in.</param>
    void Meet(ulong chunk, ulong size, HeapMemory memory);
}
