using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// gperftools' size classes with 8 KiB pages: sizes an eighth of a doubling apart, spans of so many pages that at most
/// an
/// eighth is left over and that a quarter of a batch fits, and sizes that would share both merged into the larger.
/// </summary>
internal static class TcmallocSizeClasses
{
    public const int PageBytes = 8_192;

    /// <summary>Largest size with a class; beyond that a block has whole pages.</summary>
    public const long Largest = 256 << 10;

    private const int SmallestAlignment = 16;
    private const long BatchBytes = 65_536;
    private const int MostInBatch = 32;
    private const int FewestInBatch = 2;

    private static readonly List<Class> Classes = AllClasses();
    private static readonly byte[] Lookup = LookupTable();

    /// <summary>Number of classes; the first one, of size 0, holds nothing.</summary>
    public static int Count => Classes.Count;

    public static long[] Bytes { get; } = Classes.ConvertAll(one => one.Bytes).ToArray();

    /// <summary>Pages of one span by class.</summary>
    public static int[] SpanPages { get; } = Classes.ConvertAll(one => one.Pages).ToArray();

    /// <summary>Blocks of one span by class.</summary>
    public static int[] SpanBlocks { get; } = Classes.ConvertAll(one => one.Blocks).ToArray();

    /// <summary>Blocks that move between a thread's and the central list at once, by class.</summary>
    public static int[] BatchBlocks { get; } = Classes.ConvertAll(one => one.Bytes == 0 ? 0 : BatchOf(one.Bytes)).ToArray();

    /// <param name="bytes">Requested bytes, up to <see cref="Largest"/>.</param>
    public static int Of(long bytes) => Lookup[IndexOf(bytes)];

    private static int IndexOf(long bytes) =>
        bytes <= 1_024 ? (int)((bytes + 7) >> 3) : (int)((bytes + 127 + (120 << 7)) >> 7);

    private static int BatchOf(long bytes) =>
        (int)Math.Min(Math.Max(BatchBytes / bytes, FewestInBatch), MostInBatch);

    private static int AlignmentOf(long bytes) => bytes switch
    {
        > Largest => PageBytes,
        >= 128 => Math.Min((1 << Bits.Highest(bytes)) / 8, PageBytes),
        >= SmallestAlignment => SmallestAlignment,
        _ => 8,
    };

    private static List<Class> AllClasses()
    {
        List<Class> classes = [new Class(0, 0, 0)];
        int alignment;
        for (long bytes = 8; bytes <= Largest; bytes += alignment)
        {
            alignment = AlignmentOf(bytes);
            int pages = SpanPagesOf(bytes);
            int blocks = (int)(pages * (long)PageBytes / bytes);
            Class last = classes[classes.Count - 1];
            Class next = new(bytes, pages, blocks);
            if (last.Pages == pages && last.Blocks == blocks)
                classes[classes.Count - 1] = next;
            else
                classes.Add(next);
        }

        return classes;
    }

    private static int SpanPagesOf(long bytes)
    {
        long span = 0;
        do
        {
            span += PageBytes;
            while (span % bytes > span >> 3)
                span += PageBytes;
        }
        while (span / bytes < BatchOf(bytes) / 4);
        return (int)(span / PageBytes);
    }

    private static byte[] LookupTable()
    {
        byte[] table = new byte[IndexOf(Largest) + 1];
        long bytes = 0;
        for (int i = 1; i < Classes.Count; i++)
        {
            for (; bytes <= Classes[i].Bytes; bytes += 8)
                table[IndexOf(bytes)] = (byte)i;
        }

        return table;
    }

    private readonly record struct Class(long Bytes, int Pages, int Blocks);
}
