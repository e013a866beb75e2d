using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>The settings of the glibc model: the version, the machine's cores and glibc's own tunables.</summary>
internal static class GlibcSettings
{
    private const string Dynamic = "dynamic";
    private const long DefaultThresholdBytes = 128 << 10;
    private const long MaxThresholdBytes = 1L << 60;
    private const int ArenasPerCore = 8;

    /// <summary>glibc counts the cores only once it has more than eight arenas.</summary>
    private const int LeastArenaLimit = 9;

    private static readonly ModelSetting Version =
        new("version", "2.36", "version of glibc: " + GlibcRules.Range);

    private static readonly ModelSetting ArenaMax =
        new("arena_max", "0", "MALLOC_ARENA_MAX: most arenas, the main one included; 0 for eight per core");

    private static readonly ModelSetting Cores =
        new("cores", "4", "cores of the machine, which bound the arenas unless arena_max does");

    private static readonly ModelSetting MmapThreshold = new(
        "mmap_threshold", Dynamic, "bytes from which chunks are mapped; dynamic: 128k, then as large as freed mappings");

    private static readonly ModelSetting TrimThreshold = new(
        "trim_threshold", Dynamic, "bytes of top from which it is cut; dynamic: 128k, then twice the mmap threshold");

    private static readonly ModelSetting TopPad = new(
        "top_pad", Dynamic, "bytes added to each request to the system; dynamic: 128k; any number fixes both thresholds");

    private static readonly ModelSetting CacheCount =
        new("tcache_count", "7", "most blocks of one size in a thread's cache");

    private static readonly ModelSetting MaxFast =
        new("mxfast", "128", "largest request that is served from fastbins, 0 to 160 bytes");

    public static IReadOnlyList<ModelSetting> All { get; } =
        [Version, ArenaMax, Cores, MmapThreshold, TrimThreshold, TopPad, CacheCount, MaxFast];

    /// <exception cref="ModelSettingException">A version that is not modelled, or a value glibc does not take.</exception>
    public static GlibcHeap Heap(ModelSettings settings)
    {
        GlibcRules rules = GlibcRules.Of(settings.Text(Version.Key));
        long? mmapThreshold = Threshold(
            settings, MmapThreshold, rules.TakesAnyMmapThreshold ? MaxThresholdBytes : Arena.HeapBytes / 2);
        long? trimThreshold = Threshold(settings, TrimThreshold, MaxThresholdBytes);
        long? topPad = Threshold(settings, TopPad, MaxThresholdBytes);
        long arenaMax = settings.Whole(ArenaMax.Key, max: 65_536);
        long cores = settings.Whole(Cores.Key, min: 1, max: 4_096);
        return new GlibcHeap(rules, new GlibcTunables(
            mmapThreshold ?? DefaultThresholdBytes,
            trimThreshold ?? DefaultThresholdBytes,
            topPad ?? DefaultThresholdBytes,
            MovesThresholds: mmapThreshold is null && trimThreshold is null && topPad is null,
            (int)settings.Whole(CacheCount.Key, max: rules.MaxCacheCount),
            MaxFastWords(settings.ByteCount(MaxFast.Key, max: 160)),
            (int)(arenaMax > 0 ? arenaMax : Math.Max(LeastArenaLimit, cores * ArenasPerCore))));
    }

    private static long? Threshold(ModelSettings settings, ModelSetting setting, long max) =>
        string.Equals(settings.Text(setting.Key), Dynamic, StringComparison.Ordinal)
            ? null
            : settings.ByteCount(setting.Key, max: max);

    private static int MaxFastWords(long bytes)
    {
        int chunkBytes = (int)(bytes + ChunkSizes.WordBytes) & -ChunkSizes.HeaderBytes;
        return chunkBytes < ChunkSizes.HeaderBytes ? 0 : chunkBytes / ChunkSizes.WordBytes;
    }
}
