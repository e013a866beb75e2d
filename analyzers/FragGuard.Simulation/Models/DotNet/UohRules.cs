using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Where the heaps of large and of pinned objects differ (the runtime calls both user old heaps, UOH).</summary>
/// <param name="PadBytes">The filler in front of every object.</param>
/// <param name="FreeLists">Number of free lists.</param>
/// <param name="FirstListBits">Gaps below 2^(this + 1) bytes are on the first free list.</param>
internal sealed record UohRules(long PadBytes, int FreeLists, int FirstListBits)
{
    private const int DoubleMantissaBits = 52;
    private const int DoubleExponentBias = 1_023;

    /// <summary>Lists from 64 KiB to 2 MiB; a pad lets a compaction move every object alone.</summary>
    public static UohRules LargeObjects { get; } = new(LohLayout.PadBytes, FreeLists: 7, FirstListBits: 15);

    /// <summary>Lists from 256 bytes to 32 MiB; nothing ever moves.</summary>
    public static UohRules PinnedObjects { get; } = new(PadBytes: 0, FreeLists: 19, FirstListBits: 7);

    /// <summary>
    /// Bytes a gap must have, or exceed by a smallest object. Twice the pad: a gap between two live objects ends in the
    /// pad of the second one.
    /// </summary>
    public long BytesInGap(long objectBytes) => objectBytes + (2 * PadBytes);

    /// <summary>Bytes that must be left at the end of a region.</summary>
    public long BytesAtEnd(long objectBytes) => objectBytes + (2 * PadBytes) + LohLayout.MinObjectBytes;

    /// <remarks>Takes the power of two from the exponent of the number in double precision.</remarks>
    public int ListOf(long bytes)
    {
        int power = (int)(BitConverter.DoubleToInt64Bits(bytes) >> DoubleMantissaBits) - DoubleExponentBias;
        return Math.Min(Math.Max(power - FirstListBits, 0), FreeLists - 1);
    }

    /// <summary>A gap is filled exactly, or a smallest object must fit into what is left of it.</summary>
    public static bool Fits(long gapBytes, long neededBytes) =>
        gapBytes == neededBytes || gapBytes >= neededBytes + LohLayout.MinObjectBytes;
}
