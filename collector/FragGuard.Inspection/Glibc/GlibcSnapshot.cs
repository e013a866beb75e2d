using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Glibc;

/// <summary>What glibc's malloc holds in one process, at about one moment.</summary>
/// <param name="Versions">The glibc versions whose records look like these.</param>
/// <param name="Arenas">The main one first.</param>
/// <param name="UnreadArenas">Further ones that were damaged or changed so much that nothing of them could be read.</param>
/// <param name="Mapped">Chunks that are mappings, as far as they were found.</param>
/// <param name="MappedCount">Their number by glibc's own count; null when that was not found.</param>
/// <param name="MappedBytes">Their bytes by glibc's own count; null when that was not found.</param>
/// <param name="ThreadCaches">Caches of threads that hold at least one block.</param>
/// <param name="BrokenLists">Lists of cached chunks that could not be followed to their end; what they hold counts as used.</param>
/// <param name="ArenaMax">The most arenas it may make, as it was told; 0 when it follows from the processors; null when unknown.</param>
public sealed record GlibcSnapshot(
    string Versions, IReadOnlyList<ArenaSnapshot> Arenas, int UnreadArenas, IReadOnlyList<MappedChunk> Mapped, int? MappedCount,
    long? MappedBytes, int ThreadCaches, int BrokenLists, long? ArenaMax)
{
    public ChunkCounts Counts { get; } = Arenas.Aggregate(default(ChunkCounts), (sum, arena) => sum + arena.Counts);

    /// <summary>What of all heaps is in memory, and why; mappings are not among them.</summary>
    public ResidentSplit Resident { get; } = Arenas.Aggregate(default(ResidentSplit), (sum, arena) => sum + arena.Resident);

    /// <summary>Whether the prediction of <c>malloc_trim(0)</c> covers all heaps.</summary>
    public bool KnowsTrim => Arenas.All(arena => arena.Heaps.All(heap => heap.Trim.Ranges is not null));

    /// <summary>
    /// The most that a limit of so many arenas could save of what is in memory now, if the same live blocks lived in those
    /// arenas that hold most of them and all free memory of the others were gone. A bound, not a simulation: what really
    /// happens depends on the order of calls.
    /// </summary>
    public long MostSavedByArenaLimit(int arenas) =>
        Arenas.OrderByDescending(arena => arena.Resident.LiveBytes).Skip(arenas).Sum(arena => arena.Resident.FreeBytes);

    /// <summary>Bytes all arenas hold from the system: <c>arena</c> of <c>mallinfo2</c>.</summary>
    public long SystemBytes => Arenas.Sum(arena => arena.SystemBytes);

    /// <summary>Free by glibc's count, tops and fastbins included and caches not: <c>fordblks</c>.</summary>
    public long GlibcFreeBytes => Counts.FreeBytes + Counts.FastBinBytes + Counts.TopBytes;

    /// <summary>In use by glibc's count, its records and what is in threads' caches included: <c>uordblks</c>.</summary>
    public long GlibcUsedBytes => SystemBytes - GlibcFreeBytes;

    /// <summary>Bytes the arenas hold that could not be read as chunks.</summary>
    public long UnparsedBytes => Counts.UnparsedBytes
        + Arenas.Sum(arena => System.Math.Max(0, arena.SystemBytes - arena.Heaps.Sum(heap => heap.Bytes)));

    public bool IsConsistent => UnreadArenas == 0 && Arenas.All(arena => arena.IsConsistent);
}
