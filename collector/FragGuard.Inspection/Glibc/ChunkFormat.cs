namespace FragGuard.Inspection.Glibc;

/// <summary>What all versions of glibc agree on about a chunk of 64-bit programs (malloc/malloc.c, struct malloc_chunk).</summary>
internal static class ChunkFormat
{
    /// <summary>Bits of the word for the size that are none of its.</summary>
    public const ulong FlagBits = 7;

    /// <summary>Bytes before the program's block.</summary>
    public const ulong HeaderBytes = 16;

    /// <summary>Addresses and sizes are multiples of it.</summary>
    public const ulong Alignment = 16;

    /// <summary>Of the smallest chunk, header included.</summary>
    public const ulong LeastBytes = 32;
}
