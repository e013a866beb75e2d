namespace FragGuard.Inspection.Glibc;

/// <summary>Looks at the used chunks that a walk meets.</summary>
internal interface IUsedChunks
{
    /// <summary>Smaller ones are of no interest to it.</summary>
    ulong LeastBytes { get; }

    /// <summary>Larger ones are of no interest to it.</summary>
    ulong MostBytes { get; }

    /// <param name="chunk">Its address: that of the word before its size.</param>
    /// <param name="size">Its size in bytes, header included.</param>
    /// <param name="memory">The heap it is in.</param>
    void Meet(ulong chunk, ulong size, HeapMemory memory);
}
