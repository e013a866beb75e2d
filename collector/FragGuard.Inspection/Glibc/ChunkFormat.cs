using System.Runtime.CompilerServices;

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

    /// <summary>Of a header that ends a heap or a part of it and is no chunk.</summary>
    public const ulong FencePost = 16;

    /// <summary>Whether a chunk of that size can be there, with a fence post or the top behind it.</summary>
    /// <param name="size">Bytes, without flags.</param>
    /// <param name="room">From its start to the region's end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSize(ulong size, ulong room) =>
        size >= LeastBytes && size % Alignment == 0 && size <= room && room - size >= FencePost;
}
