using System;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>Sizes and shares of the operations of a random stream.</summary>
/// <param name="Slots">Number of blocks that may be live; about half of them are.</param>
/// <param name="ReallocatePercent">Share of resizes among the operations on live blocks.</param>
/// <param name="AlignedPercent">Share of aligned requests among the new blocks.</param>
/// <param name="MaxAlignmentShift">Logarithm of the largest alignment.</param>
/// <param name="TrimsIn20000">Trims in 20 000 operations.</param>
/// <param name="Sizes">The ranges of sizes, each with its weight; within one every binary order of magnitude is as likely.</param>
internal sealed record GlibcMix(
    int Slots, int ReallocatePercent, int AlignedPercent, int MaxAlignmentShift, int TrimsIn20000,
    params (long Min, long Max, int Weight)[] Sizes)
{
    public static GlibcMix Small { get; } = new(20_000, 10, 2, 8, 1, (0, 128, 60), (64, 1_100, 35), (1_000, 20_000, 5));

    public static GlibcMix Large { get; } = new(4_000, 10, 2, 12, 1, (0, 200, 20), (900, 5_000, 40), (2_000, 120_000, 40));

    public static GlibcMix Mapped { get; } = new(
        400, 20, 2, 12, 1, (0, 1_000, 400), (20_000, 140_000, 500), (100_000, 600_000, 99), (1L << 20, 40L << 20, 1));

    public static GlibcMix Resized { get; } = new(
        3_000, 80, 1, 10, 1, (1, 300, 30), (200, 5_000, 50), (4_000, 60_000, 19), (60_000, 400_000, 1));

    public static GlibcMix Aligned { get; } = new(5_000, 10, 60, 16, 1, (0, 300, 50), (200, 3_000, 40), (2_000, 60_000, 10));

    public static GlibcMix Tiny { get; } = new(60_000, 5, 1, 6, 1, (0, 170, 100));

    public static GlibcMix Few { get; } = new(60, 20, 5, 12, 20, (0, 200, 40), (100, 2_000, 40), (1_000, 200_000, 20));

    /// <summary>The sizes of <see cref="Small"/> and <see cref="Large"/> without mappings or alignments above a page.</summary>
    public static GlibcMix Shared { get; } = new(
        3_000, 15, 5, 12, 1, (0, 200, 50), (100, 1_500, 35), (1_000, 30_000, 14), (50_000, 130_000, 1));

    /// <summary>Blocks that fill heaps of 64 MiB when nothing is mapped.</summary>
    public static GlibcMix Bulky { get; } = new(
        120, 20, 2, 12, 20, (0, 1_000, 20), (5_000, 500_000, 40), (300_000, 20L << 20, 40));

    public long Draw(SeededRandom random)
    {
        int total = 0;
        foreach ((_, _, int weight) in Sizes)
            total += weight;
        long draw = random.Next(1, total);
        foreach ((long min, long max, int weight) in Sizes)
        {
            draw -= weight;
            if (draw <= 0)
                return (long)((min + 1) * Math.Pow((max + 1.0) / (min + 1), random.NextRatio())) - 1;
        }

        throw new InvalidOperationException("The weights add up to their total.");
    }
}
