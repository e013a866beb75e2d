namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>What jemalloc is started with.</summary>
/// <param name="ArenaCount">Arenas that threads are spread over.</param>
/// <param name="DirtyDecayMilliseconds">Time in which free pages are given back; 0 at once, −1 never.</param>
/// <param name="MuzzyDecayMilliseconds">Time for which pages given back lazily are kept; 0 for none, −1 for ever.</param>
/// <param name="UsesThreadCaches">Whether threads cache blocks.</param>
/// <param name="IsCacheOblivious">Whether large blocks get a page more, to start at a random line of the first.</param>
/// <param name="OversizeBytes">Blocks of so many bytes go to an arena of their own; 0 for no such arena.</param>
internal sealed record JemallocOptions(
    int ArenaCount,
    long DirtyDecayMilliseconds,
    long MuzzyDecayMilliseconds,
    bool UsesThreadCaches,
    bool IsCacheOblivious,
    long OversizeBytes)
{
    public static ModelSetting[] Settings { get; } =
    [
        new("narenas", "16", "arenas that threads are spread over; jemalloc takes 4 for each CPU"),
        new("dirty_decay_ms", "10000", "milliseconds in which free pages go back to the system; 0 at once, -1 never"),
        new("muzzy_decay_ms", "0", "milliseconds for which lazily purged pages are kept; 0 for none, -1 for ever"),
        new("tcache", "true", "whether threads cache blocks"),
        new("cache_oblivious", "true", "whether large blocks get a page more, to start at a random line"),
        new("oversize_threshold", "8m", "bytes from which blocks go to an arena of their own; 0 for no such arena"),
    ];

    /// <summary>Bytes a large block's extent is larger than its class.</summary>
    public long LargePadBytes => IsCacheOblivious ? JemallocSizeClasses.PageBytes : 0;

    /// <exception cref="ModelSettingException">A value is impossible.</exception>
    public static JemallocOptions From(ModelSettings settings) => new(
        (int)settings.Whole("narenas", 1, 4_096),
        settings.Whole("dirty_decay_ms", -1, int.MaxValue),
        settings.Whole("muzzy_decay_ms", -1, int.MaxValue),
        settings.Flag("tcache"),
        settings.Flag("cache_oblivious"),
        settings.ByteCount("oversize_threshold"));
}
