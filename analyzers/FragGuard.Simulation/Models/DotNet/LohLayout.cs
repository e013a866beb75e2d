namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Sizes that the large object heap of a 64-bit runtime lays its objects out by, all in bytes.</summary>
internal static class LohLayout
{
    /// <summary>Array header: sync block, method table and length.</summary>
    public const long HeaderBytes = 24;

    /// <summary>Smallest object, and so the smallest hole that can be formatted as a free object.</summary>
    public const long MinObjectBytes = 24;

    /// <summary>The filler in front of every object.</summary>
    public const long PadBytes = 32;

    /// <summary>Smallest gap that goes on a free list.</summary>
    public const long MinFreeBytes = 48;

    /// <summary>Smallest object of the large object heap, header included and rounding not, unless configured otherwise.</summary>
    public const long ThresholdBytes = 85_000;

    /// <summary>Reserved at the start of a region, before its first block.</summary>
    public const long RegionHeaderBytes = 40;

    public const long OsPageBytes = 4096;

    public static long ObjectBytes(long requestedBytes) => (requestedBytes + HeaderBytes + 7) & ~7L;

    /// <summary>
    /// Whether an object goes into a gap. It needs its own pad and room for one more after it, and then either nothing
    /// or a smallest object must be left: a gap between two live objects ends in the pad of the second one.
    /// </summary>
    public static bool Fits(long gapBytes, long objectBytes)
    {
        long rest = gapBytes - objectBytes - (2 * PadBytes);
        return rest == 0 || rest >= MinObjectBytes;
    }

    public static long AlignToPage(long bytes) => (bytes + OsPageBytes - 1) & ~(OsPageBytes - 1);
}
