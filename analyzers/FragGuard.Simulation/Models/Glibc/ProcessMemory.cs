namespace FragGuard.Simulation.Models.Glibc;

/// <summary>What the arenas of one process share: tunables, thresholds that move, and sums.</summary>
internal sealed class ProcessMemory(GlibcRules rules, GlibcTunables tunables)
{
    private const long MaxDynamicThreshold = 32L << 20;

    private readonly bool _movesThresholds = tunables.MovesThresholds;

    public GlibcRules Rules { get; } = rules;

    public GlibcTunables Tunables { get; } = tunables;

    public MappedChunks Mapped { get; } = new();

    /// <summary>Chunks of at least so many bytes are mapped when no free one fits.</summary>
    public long MmapThresholdBytes { get; private set; } = tunables.MmapThresholdBytes;

    /// <summary>A top chunk of at least so many bytes is trimmed.</summary>
    public long TrimThresholdBytes { get; private set; } = tunables.TrimThresholdBytes;

    /// <summary>Bytes all arenas hold from the system.</summary>
    public long ArenaBytes { get; set; }

    /// <summary>The part of <see cref="ArenaBytes"/> that is the allocator's own: caches, records of heaps, fence posts.</summary>
    public long OwnBytes { get; set; }

    /// <summary>Resident OS pages of all arenas.</summary>
    public long ArenaResidentPages { get; set; }

    /// <summary>C: bytes held from the system.</summary>
    public long CommittedBytes => ArenaBytes + Mapped.Bytes;

    /// <summary>R: bytes of the pages written to and not given back.</summary>
    public long ResidentBytes => (ArenaResidentPages + Mapped.ResidentPageCount) * ResidentPages.PageBytes;

    /// <summary>A mapped chunk is freed: a larger one than the threshold moves the thresholds up.</summary>
    /// <param name="chunkBytes">Size of the chunk, a multiple of 16.</param>
    public void LearnFrom(long chunkBytes)
    {
        const long mappedFlag = 2;
        long field = chunkBytes | mappedFlag;
        if (!_movesThresholds || field <= MmapThresholdBytes || field > MaxDynamicThreshold)
            return;
        MmapThresholdBytes = chunkBytes;
        TrimThresholdBytes = 2 * chunkBytes;
    }
}
