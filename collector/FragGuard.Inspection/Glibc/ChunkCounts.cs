using System;

namespace FragGuard.Inspection.Glibc;

/// <summary>Chunks by use; all bytes include headers.</summary>
/// <param name="UsedChunks">Handed to the program, and the caches' own records.</param>
/// <param name="FreeChunks">In lists of free chunks.</param>
/// <param name="MetadataBytes">Records, fence posts, and memory that others took from the program's break.</param>
/// <param name="UnparsedBytes">Could not be read as chunks.</param>
public readonly record struct ChunkCounts(
    long UsedChunks, long UsedBytes, long FreeChunks, long FreeBytes, long FastBinChunks, long FastBinBytes,
    long ThreadCacheChunks, long ThreadCacheBytes, long TopBytes, long MetadataBytes, long UnparsedBytes)
{
    /// <summary>What glibc keeps with a used chunk: its size.</summary>
    public const int HeaderBytes = 8;

    public static ChunkCounts operator +(ChunkCounts left, ChunkCounts right) => new(
        left.UsedChunks + right.UsedChunks, left.UsedBytes + right.UsedBytes,
        left.FreeChunks + right.FreeChunks, left.FreeBytes + right.FreeBytes,
        left.FastBinChunks + right.FastBinChunks, left.FastBinBytes + right.FastBinBytes,
        left.ThreadCacheChunks + right.ThreadCacheChunks, left.ThreadCacheBytes + right.ThreadCacheBytes,
        left.TopBytes + right.TopBytes, left.MetadataBytes + right.MetadataBytes, left.UnparsedBytes + right.UnparsedBytes);

    /// <summary>
    /// The counts when used chunks turn out to be in fastbins or in threads' caches. A damaged size can hide many chunks
    /// in one; what is left of it counts as one chunk.
    /// </summary>
    internal ChunkCounts WithCached(CachedTally cached)
    {
        long left = UsedBytes - cached.Bytes;
        return this with
        {
            UsedChunks = Math.Max(left > 0 ? 1 : 0, UsedChunks - cached.Chunks),
            UsedBytes = left,
            FastBinChunks = FastBinChunks + cached.FastBinChunks,
            FastBinBytes = FastBinBytes + cached.FastBinBytes,
            ThreadCacheChunks = ThreadCacheChunks + cached.ThreadCacheChunks,
            ThreadCacheBytes = ThreadCacheBytes + cached.ThreadCacheBytes,
        };
    }
}
