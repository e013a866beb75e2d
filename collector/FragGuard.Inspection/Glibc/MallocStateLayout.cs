using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Where the fields of glibc's arena record (<c>struct malloc_state</c>, malloc/malloc.c) are on 64-bit machines, as
/// offsets in bytes. Which layout a process has is found by checking, not by its version.
/// </summary>
/// <param name="Versions">The versions that have it.</param>
/// <param name="FastBinsAt">First of <paramref name="FastBins"/> list heads.</param>
/// <param name="FastBins">0 since fastbins were removed.</param>
/// <param name="BinsAt">127 pairs of list ends.</param>
internal sealed record MallocStateLayout(
    string Versions, int FastBinsAt, int FastBins, int TopAt, int LastRemainderAt, int BinsAt, int NextAt,
    int AttachedThreadsAt, int SystemBytesAt, int MostSystemBytesAt, int Bytes)
{
    /// <summary>Pairs of list ends: the unsorted list, 62 small bins and 63 large ones, and one that stays empty.</summary>
    public const int Bins = 127;

    public const int FlagsAt = 4;

    public static IReadOnlyList<MallocStateLayout> All { get; } =
    [
        new("2.27 to 2.42", 16, 10, 96, 104, 112, 2160, 2176, 2184, 2192, 2200),
        new("2.43 and later", 8, 0, 8, 16, 24, 2072, 2088, 2096, 2104, 2112),
    ];

    /// <summary>
    /// Address of the list head of a bin as its chunks see it: the two pointers lie where a chunk has its own.
    /// </summary>
    public ulong HeadOf(ulong arena, int bin) => arena + (ulong)(BinsAt + (bin * 16)) - 16;
}
