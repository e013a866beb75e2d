using System;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>
/// Sizes of chunks and the bins they belong to, in words of 8 bytes. A chunk begins with one word that belongs to the
/// chunk before it while that is in use, and one word with its own size.
/// </summary>
internal static class ChunkSizes
{
    public const int WordBytes = 8;
    public const int WordShift = 3;

    /// <summary>From the start of a chunk to the program's bytes.</summary>
    public const int HeaderBytes = 16;

    /// <summary>Smallest chunk: 32 bytes.</summary>
    public const int MinWords = 4;

    /// <summary>Chunks below this, 1 024 bytes, have a bin for each size.</summary>
    public const int SmallLimitWords = 128;

    public const int CacheBins = 64;

    /// <summary>Largest chunk of a thread's cache: 1 040 bytes.</summary>
    public const int MaxCachedWords = 130;

    public const int FastBins = 10;
    public const int Bins = 128;

    /// <summary>Words of the chunk that serves a request.</summary>
    /// <param name="bytes">Requested bytes, not negative.</param>
    public static long OfRequest(long bytes) =>
        bytes <= 24 ? MinWords : (long)(((ulong)bytes + 23) >> 4 << 1);

    /// <summary>Bin of a thread's cache; beyond the last one for chunks above 1 040 bytes.</summary>
    public static int CacheBinOf(int words) => (words >> 1) - 2;

    public static int FastBinOf(int words) => (words >> 1) - 2;

    public static int SmallBinOf(int words) => words >> 1;

    /// <summary>Bin of a chunk of 1 024 bytes or more: 33 bins 64 bytes apart, then 512, 4 Ki, 32 Ki and 256 Ki, and one for the rest.</summary>
    public static int LargeBinOf(int words) =>
        words >> 3 <= 48 ? 48 + (words >> 3)
        : words >> 6 <= 20 ? 91 + (words >> 6)
        : words >> 9 <= 10 ? 110 + (words >> 9)
        : words >> 12 <= 4 ? 119 + (words >> 12)
        : words >> 15 <= 2 ? 124 + (words >> 15)
        : 126;

    public static int BinOf(int words) => words < SmallLimitWords ? SmallBinOf(words) : LargeBinOf(words);

    public static long AlignUp(long bytes, long alignment) => (bytes + alignment - 1) & -alignment;

    public static int ToInt(long words) => (int)Math.Min(words, int.MaxValue - 1023);
}
