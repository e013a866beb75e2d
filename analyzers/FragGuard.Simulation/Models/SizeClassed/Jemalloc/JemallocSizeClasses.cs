using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// jemalloc's size classes on a 64-bit system with 4 KiB pages: 8, then four classes for each doubling, none closer
/// than
/// 16 bytes. Classes below four pages times four are small and live in slabs.
/// </summary>
internal static class JemallocSizeClasses
{
    public const int PageBytes = 4096;

    /// <summary>Largest class served from a slab.</summary>
    public const long LargestSmall = (4 * PageBytes) - (PageBytes / 2);

    /// <summary>Smallest class that is an extent of its own.</summary>
    public const long SmallestLarge = 4 * PageBytes;

    /// <summary>Largest class a thread caches, unless set otherwise.</summary>
    public const long LargestCached = 32_768;

    private const int LookupBytes = 4096;
    private const int LookupUnit = 8;
    private const int GroupShift = 2;
    private const int FewestCached = 20;
    private const int MostCached = 200;

    private static readonly long[] Sizes = AllSizes().ToArray();
    private static readonly long[] PageSizes = Sizes.Where(size => size % PageBytes == 0).ToArray();
    private static readonly byte[] Lookup = LookupTable();

    /// <summary>Number of classes served from slabs.</summary>
    public static int SmallCount { get; } = Array.IndexOf(Sizes, LargestSmall) + 1;

    /// <summary>Number of classes a thread caches.</summary>
    public static int CachedCount { get; } = Array.IndexOf(Sizes, LargestCached) + 1;

    /// <summary>Number of classes that are whole pages: the bins of a queue of free extents.</summary>
    public static int PageSizeCount => PageSizes.Length;

    /// <summary>Bytes of one slab by small class: the least number of pages without a remainder.</summary>
    public static int[] SlabBytes { get; } =
        Sizes.Take(SmallCount).Select(size => (int)LeastCommonMultiple(size, PageBytes)).ToArray();

    /// <summary>Slots of one slab by small class.</summary>
    public static int[] SlabSlots { get; } = SlabBytes.Select((bytes, i) => (int)(bytes / Sizes[i])).ToArray();

    /// <summary>Most blocks a thread caches by class.</summary>
    public static int[] MostCachedBlocks { get; } = Enumerable.Range(0, CachedCount)
        .Select(i => i < SmallCount ? Math.Min(Math.Max(SlabSlots[i] * 2, FewestCached), MostCached) : FewestCached)
        .ToArray();

    public static long BytesOf(int sizeClass) => Sizes[sizeClass];

    /// <param name="bytes">Requested bytes, below the address space; 0 counts as 1.</param>
    public static int Of(long bytes) => bytes <= LookupBytes
        ? Lookup[(bytes + LookupUnit - 1) / LookupUnit]
        : Beyond(bytes);

    /// <summary>Number of the smallest class of whole pages that holds the bytes.</summary>
    public static int PageClassOf(long bytes)
    {
        if (bytes <= PageBytes)
            return 0;
        int log = Bits.Highest(bytes - 1) + 1;
        int group = Math.Max(0, log - 14);
        int deltaShift = group == 0 ? 12 : log - 1 - GroupShift;
        return (int)((group << GroupShift) + (((bytes - 1) >> deltaShift) & 3));
    }

    public static long PageClassBytes(int pageClass) => PageSizes[pageClass];

    private static int Beyond(long bytes)
    {
        int log = Bits.Highest(bytes - 1);
        int group = Lookup[LookupBytes / LookupUnit] + 1 + ((log - 12) << GroupShift);
        return group + (int)(((bytes - 1) >> (log - GroupShift)) & 3);
    }

    private static IEnumerable<long> AllSizes()
    {
        yield return 8;
        for (long size = 16; size <= 64; size += 16)
            yield return size;
        for (long doubling = 64; doubling < 1L << 50; doubling *= 2)
        {
            for (int quarter = 1; quarter <= 4; quarter++)
                yield return doubling + (doubling / 4 * quarter);
        }
    }

    private static long LeastCommonMultiple(long size, long page)
    {
        long bytes = page;
        while (bytes % size != 0)
            bytes += page;
        return bytes;
    }

    private static byte[] LookupTable()
    {
        byte[] table = new byte[(LookupBytes / LookupUnit) + 1];
        int sizeClass = 0;
        for (int i = 0; i < table.Length; i++)
        {
            if (Sizes[sizeClass] < i * LookupUnit)
                sizeClass++;
            table[i] = (byte)sizeClass;
        }

        return table;
    }
}
