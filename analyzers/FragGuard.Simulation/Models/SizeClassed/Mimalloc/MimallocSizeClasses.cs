using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// mimalloc's size classes on a 64-bit system: 8 bytes, multiples of 16 to 64, then four for each doubling to 128 KiB.
/// Beyond that a block has whole slices to itself.
/// </summary>
internal static class MimallocSizeClasses
{
    public const long SliceBytes = 65_536;
    public const long MediumPageBytes = 8 * SliceBytes;
    public const long SegmentBytes = 512 * SliceBytes;
    public const int SlicesPerSegment = 512;

    /// <summary>Largest block of a page of one slice.</summary>
    public const long LargestSmall = SliceBytes / 4;

    /// <summary>Largest block of a page of 8 slices.</summary>
    public const long LargestMedium = MediumPageBytes / 4;

    /// <summary>Largest block inside a common segment.</summary>
    public const long LargestInSegment = SegmentBytes / 2;

    /// <summary>Largest block found without looking through a queue.</summary>
    public const long LargestDirect = 1_024;

    /// <summary>Number of the queue of pages with a single block.</summary>
    public const int SingleBlockBin = 73;

    /// <summary>Number of the queue of full pages.</summary>
    public const int FullBin = SingleBlockBin + 1;

    private const long LargestStaggered = 1_024;
    private const long StaggerBytes = 3 * 128;
    private const long ExtensionBytes = 4_096;
    private const int FewestExtension = 4;

    private static readonly byte[] DirectBins =
        Enumerable.Range(0, (int)(LargestDirect / 8) + 1).Select(words => (byte)BinOfWords(words)).ToArray();

    /// <summary>Block bytes by bin; 0 where no size has the bin.</summary>
    public static long[] BlockBytes { get; } = AllBlockBytes();

    public static int BinOf(long bytes) =>
        bytes <= LargestDirect ? DirectBins[(bytes + 7) / 8] : BinOfWords((bytes + 7) / 8);

    /// <summary>Bytes a single block is rounded up to, before it is rounded up to slices.</summary>
    public static long SingleBlockBytes(long bytes)
    {
        long unit = bytes switch
        {
            < 512L << 10 => 4_096,
            < 2L << 20 => 64L << 10,
            < 8L << 20 => 256L << 10,
            < 32L << 20 => 1L << 20,
            _ => 4L << 20,
        };
        return Bits.AlignUp(bytes, unit);
    }

    /// <summary>Bytes between the start of a page and its first block.</summary>
    public static long FirstBlockOffset(long blockBytes) => blockBytes is >= 8 and <= LargestStaggered ? StaggerBytes : 0;

    /// <summary>Blocks that become usable at once, to touch no more memory than is needed.</summary>
    public static int ExtensionOf(long blockBytes) =>
        Math.Max(FewestExtension, (int)(ExtensionBytes / blockBytes));

    private static int BinOfWords(long words)
    {
        if (words <= 1)
            return 1;
        if (words <= 8)
            return (int)((words + 1) & ~1L);
        if (words > LargestMedium / 8)
            return SingleBlockBin;
        words--;
        int bit = Bits.Highest(words);
        return (bit << 2) + (int)((words >> (bit - 2)) & 3) - 3;
    }

    private static long[] AllBlockBytes()
    {
        long[] bytes = new long[FullBin + 1];
        foreach (long words in Candidates())
            bytes[BinOfWords(words)] = words * 8;
        return bytes;
    }

    private static IEnumerable<long> Candidates()
    {
        for (long words = 1; words <= LargestMedium / 8; words++)
            yield return words;
    }
}
