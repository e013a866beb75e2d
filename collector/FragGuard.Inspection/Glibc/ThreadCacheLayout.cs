using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Where the fields of a thread's cache are (<c>tcache_perthread_struct</c>, malloc/malloc.c): a number for each bin, then
/// the newest block of each.
/// </summary>
/// <param name="NumberBytes">Bytes of one number.</param>
/// <param name="CountsRoom">The number says how many more blocks the bin takes, not how many it has.</param>
internal sealed record ThreadCacheLayout(string Versions, int Bins, int NumberBytes, bool CountsRoom)
{
    /// <summary>Bins of one chunk size each, from 32 bytes on in steps of 16; any further ones hold larger chunks.</summary>
    public const int SmallBins = 64;

    public static IReadOnlyList<ThreadCacheLayout> All { get; } =
    [
        new("2.26 to 2.29", SmallBins, 1, CountsRoom: false),
        new("2.30 to 2.41", SmallBins, 2, CountsRoom: false),
        new("2.42 and later", SmallBins + 12, 2, CountsRoom: true),
    ];

    public int EntriesAt => Bins * NumberBytes;

    /// <summary>Bytes of all fields.</summary>
    public int Bytes => EntriesAt + (Bins * 8);

    /// <summary>Size of the chunk that has it.</summary>
    public ulong ChunkBytes => (ulong)(Bytes + 8 + 15) / 16 * 16;
}
