namespace FragGuard.Simulation.Models.Glibc;

/// <summary>glibc's tunables as the model takes them.</summary>
/// <param name="MmapThresholdBytes">mmap_threshold.</param>
/// <param name="TrimThresholdBytes">trim_threshold.</param>
/// <param name="TopPadBytes">top_pad.</param>
/// <param name="MovesThresholds">Whether none of the three was set, so that the thresholds follow freed mappings.</param>
/// <param name="CacheCount">tcache_count.</param>
/// <param name="MaxFastWords">Largest chunk of a fastbin, from mxfast; 0 for none.</param>
/// <param name="ArenaLimit">Most arenas, the main one included.</param>
internal sealed record GlibcTunables(
    long MmapThresholdBytes,
    long TrimThresholdBytes,
    long TopPadBytes,
    bool MovesThresholds,
    int CacheCount,
    int MaxFastWords,
    int ArenaLimit);
